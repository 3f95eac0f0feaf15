"""Every option as Chromium draws it from the SVG, held against the PNG.

All of them stand on one page, as elements of it and as images, so what one SVG names must mean nothing to another, and
what the page says of its text nothing to any. Beyond antialiasing means: a pixel has a value that none of those around
it has in the other picture, or many pixels are far off, as they are at edges that lie elsewhere.
"""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pytest
from msgspec.structs import replace
from PIL import ImageChops
from tests.unit.render.every_option import cards
from tests.unit.render.independent import draw_page, on_white, open_picture

from qr_engine.pipeline.generate import plan
from qr_engine.render import draw
from qr_engine.request import parse

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from PIL import Image

pytestmark = pytest.mark.slow

MODULE = 7
COLUMNS = 10
# Of 255: what is seen of a line that is less than a pixel wide, and of the least pixel of a stretched bitmap.
STRAY = 48
PAGE = "<!doctype html><meta charset=utf-8><style>body{margin:0;background:#fff;color:#f0f}svg,img{display:block}"
WAYS: dict[str, Callable[[str], str]] = {
    "element": lambda svg: svg,
    "image": lambda svg: f'<img src="data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}">',
}


class Shown(NamedTuple):
    """A card as the project draws it, and as the browser does in each way."""

    ours: Image.Image
    theirs: dict[str, Image.Image]


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Shown]:
    drawn = {}
    for name, asked in cards().items():
        request = {"data": "browser", "format": "svg", "margin": 2, "verify": False, **asked}
        artwork = plan(parse(request)[1])[0]
        artwork = replace(artwork, size=artwork.modules * MODULE)
        drawn[name] = draw(artwork, "svg").decode(), open_picture(draw(artwork, "png"))
    width, height = (max(image.size[axis] for _, image in drawn.values()) for axis in (0, 1))
    placed = [(way, name) for way in WAYS for name in drawn]
    corners = {each: (i % COLUMNS * width, i // COLUMNS * height) for i, each in enumerate(placed)}
    pieces = [
        f"<div style='position:absolute;left:{x}px;top:{y}px'>{WAYS[way](drawn[name][0])}</div>"
        for (way, name), (x, y) in corners.items()
    ]
    rows = -(-len(placed) // COLUMNS)
    folder = tmp_path_factory.mktemp("browser")
    screen = draw_page(f"{PAGE}</style>{''.join(pieces)}", COLUMNS * width, rows * height, folder)
    found = {}
    for name, (_, image) in drawn.items():
        places = {way: corners[way, name] for way in WAYS}
        boxes = {way: (x, y, x + image.width, y + image.height) for way, (x, y) in places.items()}
        found[name] = Shown(image, {way: screen.crop(box) for way, box in boxes.items()})
    return found


def beyond(pixels: NDArray[np.int_], others: NDArray[np.int_]) -> int:
    """By how much any of the pixels is outside of what the other picture has there and around it."""
    height, width, _ = others.shape
    padded = np.pad(others, ((1, 1), (1, 1), (0, 0)), mode="edge")
    around = np.stack([padded[y : y + height, x : x + width] for y in range(3) for x in range(3)])
    return int(np.maximum(around.min(0) - pixels, pixels - around.max(0)).max())


def faults(ours: Image.Image, theirs: Image.Image) -> list[str]:
    one, other = on_white(ours), on_white(theirs)
    difference = abs(one - other)
    found = {
        "stray": max(beyond(one, other), beyond(other, one)) / STRAY,
        "mean": difference.mean() / 2.5,
        "far off": (difference.max(axis=2) > 64).mean() / 0.01,
    }
    return [f"{name} {value:.2f}" for name, value in found.items() if value > 1]


@pytest.mark.parametrize("way", WAYS)
def test_chromium_draws_every_option_from_the_svg_as_the_png_has_it(shown: dict[str, Shown], way: str) -> None:
    found = {name: faults(card.ours, card.theirs[way]) for name, card in shown.items()}
    assert {name: each for name, each in found.items() if each} == {}


@pytest.mark.parametrize("moved", [(2, 0), (0, -2)])
def test_a_picture_that_lies_elsewhere_would_be_seen(shown: dict[str, Shown], moved: tuple[int, int]) -> None:
    card = shown["plain"]
    assert faults(card.ours, ImageChops.offset(card.theirs["image"], *moved))
