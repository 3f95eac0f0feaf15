from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import zxingcpp
from PIL import Image, ImageFilter

from qr_engine.artwork import Artwork
from qr_engine.artwork.color import BLACK, WHITE, Color, parse_color
from qr_engine.render.raster.compose import draw_pixels
from qr_engine.scan.conditions import CONDITIONS, WORKING_MODULE_PIXELS, photograph, read_in_conditions
from qr_engine.symbol import Level, encode

if TYPE_CHECKING:
    from collections.abc import Callable

TEXT = "https://example.com/conditions"
QR_CODE = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
LEVELS: tuple[Level, ...] = ("L", "M", "Q", "H")


def draw(
    text: str = TEXT,
    *,
    version: int | None = None,
    level: Level = "M",
    foreground: Color = BLACK,
    background: Color = WHITE,
    module_pixels: int = 8,
) -> Image.Image:
    symbol = encode(text, version=version, error_correction=level, boost=False)
    size = module_pixels * (symbol.size + 8)
    return draw_pixels(Artwork(symbol, margin=4, size=size, foreground=foreground, background=background)).convert("L")


def reader(text: str = TEXT) -> Callable[[Image.Image], bool]:
    """Return whether zxing-cpp reads the text, dark on light only."""

    def read(image: Image.Image) -> bool:
        return any(found.text == text for found in zxingcpp.read_barcodes(image, formats=QR_CODE, try_invert=False))

    return read


def missed(image: Image.Image, module_pixels: float = 8) -> list[str]:
    found = read_in_conditions(photograph(image, module_pixels), reader())
    return [name for name, passed in found.items() if not passed]


@pytest.mark.parametrize("module_pixels", [1, 2, 3, 5, 9])
def test_a_plain_code_is_read_in_every_condition_at_any_size(module_pixels: int) -> None:
    assert missed(draw(module_pixels=module_pixels), module_pixels) == []


@pytest.mark.slow
@pytest.mark.parametrize("level", LEVELS)
def test_nearly_every_plain_code_is_read_in_every_condition(level: Level) -> None:
    texts = {version: "a" * (4 if version == 1 else 7 * version) for version in (1, 2, 3, 4, 5, 7, 10, 15, 22, 31, 40)}
    found = [
        read_in_conditions(photograph(draw(text, version=version, level=level), 8), reader(text))
        for version, text in texts.items()
    ]
    lost = [
        (v, name)
        for v, conditions in zip(texts, found, strict=True)
        for name, passed in conditions.items()
        if not passed
    ]
    assert len(lost) <= 1, lost


@pytest.mark.parametrize(
    ("color", "least"),
    [("#949494", {"dim", "noisy", "shadowed", "glaring"}), ("#c0392b", {"noisy"}), ("#1a237e", set())],
)
def test_the_paler_the_code_the_less_it_bears(color: str, least: set[str]) -> None:
    assert least <= set(missed(draw(foreground=parse_color(color))))


def test_a_code_that_is_soft_already_bears_no_more_blur() -> None:
    assert "blurred" in missed(draw().filter(ImageFilter.GaussianBlur(0.35 * 8)))


def test_a_photograph_has_the_working_size_and_a_white_page_around() -> None:
    image = draw(module_pixels=9, background=parse_color("#888"))
    photo = photograph(image, 9)
    modules = image.width // 9
    assert photo.size == ((modules + 8) * WORKING_MODULE_PIXELS,) * 2
    assert photo.getpixel((0, 0)) == 255
    assert photo.getpixel((5 * WORKING_MODULE_PIXELS,) * 2) == 0x88


@pytest.mark.parametrize("name", CONDITIONS)
def test_a_condition_changes_the_picture_and_leaves_the_photograph_alone(name: str) -> None:
    photo = photograph(draw(), 8)
    before = photo.tobytes()
    shown = CONDITIONS[name](photo)
    assert shown.mode == "L"
    assert photo.tobytes() == before
    assert (shown.size, shown.tobytes()) != (photo.size, before)


PROGRAM = """
import hashlib, json, sys
sys.path[:0] = json.loads(sys.argv[1])
from PIL import Image
from qr_engine.scan.conditions import CONDITIONS, photograph
photo = photograph(Image.linear_gradient("L"), 8)
shown = {name: CONDITIONS[name](photo).tobytes() for name in json.loads(sys.argv[2])}
print(json.dumps({name: hashlib.sha256(pixels).hexdigest() for name, pixels in shown.items()}))
"""


def test_the_pictures_are_the_same_in_every_process_and_order() -> None:
    photo = photograph(Image.linear_gradient("L"), 8)
    here = {name: hashlib.sha256(show(photo).tobytes()).hexdigest() for name, show in CONDITIONS.items()}
    names = [*reversed(CONDITIONS)]
    command = [sys.executable, "-c", PROGRAM, json.dumps([path for path in sys.path if path]), json.dumps(names)]
    there = subprocess.run(command, capture_output=True, check=True, text=True, timeout=60)
    assert json.loads(there.stdout) == here
