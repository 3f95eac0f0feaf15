from __future__ import annotations

import hashlib
import subprocess
import sys

import pytest
from tests.unit.render.independent import symbol_of

from qr_engine.artwork import Artwork
from qr_engine.artwork.color import BLACK, WHITE
from qr_engine.pipeline.generate import draw_picture
from qr_engine.render import FORMATS, draw
from qr_engine.request import parse

ARTWORK = Artwork(symbol_of("formats"), margin=4, size=300, foreground=BLACK, background=WHITE)


def run(program: str) -> str:
    """What a fresh interpreter prints that sees the layer and this one's packages, and nothing it has loaded."""
    paths = [path for path in sys.path if path]
    command = [sys.executable, "-c", f"import sys; sys.path[:] = {paths!r}\n{program}"]
    return subprocess.run(command, capture_output=True, check=True, text=True, timeout=60).stdout


def test_formats_are_listed_in_the_order_in_which_they_are_offered() -> None:
    assert list(FORMATS) == ["svg", "png", "webp", "jpeg", "avif", "gif", "pdf", "eps", "txt", "json"]


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_goes_by_its_own_name(name: str) -> None:
    assert FORMATS[name].name == name


@pytest.mark.parametrize("name", [name for name, format_ in FORMATS.items() if not format_.binary])
def test_a_text_format_is_utf_8(name: str) -> None:
    assert draw(ARTWORK, name).decode()


def test_an_unknown_format_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        draw(ARTWORK, "bmp")


@pytest.mark.parametrize("name", FORMATS)
def test_another_process_gives_the_same_bytes(name: str) -> None:
    program = f"""
import hashlib
from qr_engine.artwork import Artwork
from qr_engine.artwork.color import BLACK, WHITE
from qr_engine.render import draw
from qr_engine.symbol.model import Symbol
symbol = Symbol(2, False, "L", 3, {ARTWORK.symbol.size}, {ARTWORK.symbol.matrix}, (), None, 0, 0)
artwork = Artwork(symbol, margin=4, size=300, foreground=BLACK, background=WHITE)
print(hashlib.sha256(draw(artwork, {name!r})).hexdigest())
"""
    assert run(program).strip() == hashlib.sha256(draw(ARTWORK, name)).hexdigest()


def test_no_renderer_is_loaded_before_its_format_is_asked_for() -> None:
    loaded = run("import qr_engine.render; print(*sys.modules)").split()
    assert {"qr_engine.render", "msgspec"} <= set(loaded)
    assert not {
        "zlib",
        "struct",
        "PIL",
        *(
            f"qr_engine.render.{name}"
            for name in ("svg.plain", "raster.png_plain", "raster.compose", "page.pdf", "text", "module_json")
        ),
    } & set(loaded)


@pytest.mark.parametrize("name", ["svg", "png", "txt", "json", "pdf", "eps"])
def test_a_plain_code_needs_no_imaging_library_and_nothing_for_layers(name: str) -> None:
    program = f"""
import sys
from qr_engine.artwork import Artwork
from qr_engine.artwork.color import BLACK, WHITE
from qr_engine.render import draw
from qr_engine.symbol.model import Symbol
symbol = Symbol(2, False, "L", 3, {ARTWORK.symbol.size}, {ARTWORK.symbol.matrix}, (), None, 0, 0)
draw(Artwork(symbol, margin=4, size=300, foreground=BLACK, background=WHITE), {name!r})
print(*sys.modules)
"""
    loaded = set(run(program).split())
    modules = ("svg.styled", "raster.png_styled", "svg.tiles", "gradient.pixels", "raster.masks", "raster.compose")
    assert not {"PIL", *(f"qr_engine.render.{module}" for module in modules)} & loaded


@pytest.mark.parametrize("format_name", FORMATS)
def test_a_picture_may_be_as_small_as_a_pixel_for_each_module(format_name: str):
    canonical = parse({"data": "1", "format": format_name, "size": 21, "margin": 0})[1]
    body, metadata = draw_picture(canonical)
    assert body
    if FORMATS[format_name].raster:
        assert (metadata.width, metadata.height) == (21, 21)
        assert "small_modules" in [warning.code for warning in metadata.scan.warnings]
