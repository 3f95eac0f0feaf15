"""Every picture is read back by readers that know nothing of this project."""

from __future__ import annotations

import pytest
import segno
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.render.independent import draw_svg, on_paper, open_picture, opencv_reads, symbol_of, zxing_reads

from qr_engine.artwork import Artwork
from qr_engine.artwork.color import BLACK, TRANSPARENT, WHITE, Color, parse_color
from qr_engine.render import draw
from qr_engine.symbol.model import Symbol

pytestmark = pytest.mark.slow


def artwork(
    text: str,
    version: int = 2,
    *,
    margin: int = 4,
    size: int = 800,
    foreground: Color = BLACK,
    background: Color = WHITE,
) -> Artwork:
    symbol = symbol_of(text, version)
    return Artwork(symbol, margin=margin, size=size, foreground=foreground, background=background)


@pytest.mark.parametrize("version", range(1, 41))
def test_zxing_reads_every_version_as_png_and_svg(version: int) -> None:
    picture = artwork(f"version {version}", version)
    assert zxing_reads(open_picture(draw(picture, "png"))) == [f"version {version}"]
    assert zxing_reads(draw_svg(draw(picture, "svg"))) == [f"version {version}"]


# Its detector loses the alignment patterns of larger versions, whoever drew them.
@pytest.mark.parametrize("version", range(1, 21))
def test_opencv_reads_the_versions_it_can_as_png_and_svg(version: int) -> None:
    picture = artwork(f"version {version}", version)
    assert opencv_reads(open_picture(draw(picture, "png"))) == f"version {version}"
    assert opencv_reads(draw_svg(draw(picture, "svg"))) == f"version {version}"


@pytest.mark.parametrize(
    ("foreground", "background"),
    [
        ("navy", "lightyellow"),
        ("#b00020", "white"),
        ("black", "transparent"),
        ("#000c", "#fff8"),
        ("white", "black"),
    ],
)
@pytest.mark.parametrize("format_name", ["png", "svg"])
def test_colours_and_transparency_stay_readable(foreground: str, background: str, format_name: str) -> None:
    picture = artwork("colours", foreground=parse_color(foreground), background=parse_color(background))
    image = open_picture(draw(picture, "png")) if format_name == "png" else draw_svg(draw(picture, "svg"))
    assert zxing_reads(image) == ["colours"]


@settings(max_examples=25)
@given(margin=st.integers(0, 20), size=st.integers(150, 600))
def test_any_size_and_margin_stays_readable(margin: int, size: int) -> None:
    picture = artwork("https://example.com/", margin=margin, size=size)
    assert zxing_reads(open_picture(draw(picture, "png"))) == ["https://example.com/"]
    assert zxing_reads(draw_svg(draw(picture, "svg"))) == ["https://example.com/"]


@pytest.mark.parametrize("format_name", ["svg", "png"])
def test_a_micro_symbol_is_read(format_name: str) -> None:
    code = segno.make_micro("12345", version="M2")
    bits = "".join("".join(map(str, row)) + "0000" for row in code.matrix)
    symbol = Symbol(2, True, "L", 0, len(code.matrix), int(bits, 2), (), None, 0, 0)
    picture = Artwork(symbol, margin=2, size=400, foreground=BLACK, background=TRANSPARENT)
    image = open_picture(draw(picture, "png")) if format_name == "png" else draw_svg(draw(picture, "svg"))
    assert [barcode.text for barcode in zxingcpp.read_barcodes(on_paper(image))] == ["12345"]
