"""Styled artwork in every format, as programs that know nothing of this project show it."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
from pathlib import Path as FilePath
from typing import TYPE_CHECKING

import msgspec
import numpy as np
import pytest
from PIL import Image
from tests.unit.render.independent import draw_any, draw_svg, on_white, open_picture, poppler, zxing_reads
from tests.unit.render.layered import DARK, DOT, KINDS, WIDE, circle, compose_layers, gradient, square

from qr_engine.artwork.color import TRANSPARENT, WHITE, Color
from qr_engine.artwork.model import Artwork, Layer, Paint, Path
from qr_engine.artwork.words import GradientKind
from qr_engine.render import FORMATS, draw

if TYPE_CHECKING:
    from numpy.typing import NDArray

PICTURES = [name for name in FORMATS if name not in ("txt", "json")]
PAINTS: dict[str, Paint] = {"colour": DARK[0], **{kind: gradient(kind, *DARK) for kind in KINDS}}
CLEAR = (Color(0, 0, 0), Color(20, 30, 140, 120))


@pytest.mark.slow
@pytest.mark.parametrize("paint", PAINTS)
@pytest.mark.parametrize("name", PICTURES)
def test_every_format_with_every_paint_is_read(name: str, paint: str, tmp_path: FilePath) -> None:
    picture = compose_layers("every paint", data=PAINTS[paint], eyes=PAINTS[paint])
    assert zxing_reads(draw_any(draw(picture, name), name, picture.size, tmp_path)) == ["every paint"]


@pytest.mark.parametrize("paint", PAINTS)
def test_poppler_reads_the_page_too(paint: str, tmp_path: FilePath) -> None:
    picture = draw(compose_layers("poppler", data=PAINTS[paint], eyes=DARK[1]), "pdf")
    assert zxing_reads(poppler(picture, tmp_path)) == ["poppler"]


@pytest.mark.slow
@pytest.mark.parametrize("shape", [DOT, WIDE, square(0, 0, 1, 1)], ids=["dots", "wider than a module", "squares"])
@pytest.mark.parametrize("paint", PAINTS)
def test_the_pixels_are_those_of_the_svg_but_for_antialiasing(paint: str, shape: Path) -> None:
    picture = compose_layers("same", data=PAINTS[paint], eyes=PAINTS[paint], shape=shape)
    ours, expected = on_white(open_picture(draw(picture, "png"))), on_white(draw_svg(draw(picture, "svg")))
    difference = abs(ours - expected)
    assert difference.mean() < 0.5
    # Where both have one colour all around, there is no edge, of a shape or of the colours of a turning gradient.
    inside = (_change(ours) < 20) & (_change(expected) < 20)
    assert inside.mean() > 0.4
    assert np.max(difference[inside]) <= 10


def _change(picture: NDArray[np.int_]) -> NDArray[np.int_]:
    """How much the colour changes up to two pixels around each."""
    neighbours = [np.roll(picture, (y, x), (0, 1)) for y in range(-2, 3) for x in range(-2, 3)]
    return np.asarray(np.ptp(np.stack(neighbours), axis=0).max(axis=2))


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_the_page_has_the_colours_of_the_svg(kind: GradientKind, tmp_path: FilePath) -> None:
    # Whole points, since Ghostscript crops to them.
    picture = compose_layers("page", data=gradient(kind, *DARK), eyes=gradient(kind, *DARK, angle=80), size=528)
    expected = on_white(draw_svg(draw(picture, "svg")))
    assert abs(on_white(draw_any(draw(picture, "pdf"), "pdf", picture.size, tmp_path)) - expected).mean() < 1
    assert abs(on_white(poppler(draw(picture, "pdf"), tmp_path)) - expected).mean() < 1
    # PostScript fills every pixel that a shape touches, so its edges are a little farther out.
    assert abs(on_white(draw_any(draw(picture, "eps"), "eps", picture.size, tmp_path)) - expected).mean() < 2


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["png", "webp", "avif", "pdf"])
def test_transparent_stops_let_the_background_through(name: str, kind: GradientKind, tmp_path: FilePath) -> None:
    picture = compose_layers(
        "stops", data=gradient(kind, *CLEAR), eyes=Color(0, 0, 0, 200), background=Color(255, 250, 220)
    )
    expected = on_white(draw_svg(draw(picture, "svg")))
    assert abs(on_white(draw_any(draw(picture, name), name, picture.size, tmp_path)) - expected).mean() < 1.5


@pytest.mark.parametrize("paint", PAINTS)
@pytest.mark.parametrize("name", ["svg", "png", "webp", "avif"])
def test_a_transparent_background_is_really_transparent(name: str, paint: str, tmp_path: FilePath) -> None:
    picture = compose_layers("clear", data=PAINTS[paint], background=TRANSPARENT)
    alpha = np.asarray(draw_any(draw(picture, name), name, picture.size, tmp_path).getchannel("A"))
    assert (alpha[:55].max(), alpha.max()) == (0, 255)


def test_a_hole_stays_open(tmp_path: FilePath) -> None:
    for name in PICTURES:
        picture = on_white(draw_any(draw(compose_layers("hole"), name), name, 495, tmp_path))
        assert picture[4 * 15 + 22, 4 * 15 + 22].min() > 245, name


def test_a_later_layer_covers_an_earlier_one() -> None:
    picture = compose_layers("over")
    patch = Layer("data", circle(16.5, 16.5, 3), Color(200, 0, 0))
    covered = open_picture(draw(msgspec.structs.replace(picture, layers=(*picture.layers, patch)), "png"))
    assert covered.getpixel((247, 247)) == (200, 0, 0, 255)


def test_a_background_that_fills_the_artwork_also_fills_the_pixels_left_over() -> None:
    # 33 modules of 15 pixels leave 14 of 509.
    picture = compose_layers("rest", size=509)
    paper = Layer("background", square(0, 0, 33, 33), gradient("linear", Color(255, 240, 200), Color(255, 230, 220)))
    image = open_picture(draw(msgspec.structs.replace(picture, layers=(paper, *picture.layers)), "png"))
    assert image.getpixel((0, 0)) != (255, 255, 255, 255) != image.getpixel((508, 508))


@pytest.mark.parametrize("background", [WHITE, TRANSPARENT])
def test_plain_colours_make_a_palette_of_few_bits(background: Color) -> None:
    picture = draw(compose_layers("palette", background=background), "png")
    # Bit depth and colour type, the latter 3 for a palette (ISO/IEC 15948, 11.2.2).
    assert tuple(picture[24:26]) == (4, 3)


@pytest.mark.parametrize("dpi", [72, 300, 600])
@pytest.mark.parametrize("styled", [True, False])
def test_the_resolution_can_be_read_back(styled: bool, dpi: int) -> None:
    picture = _resolved(dpi, styled=styled)
    for name in ("png", "jpeg"):
        with Image.open(io.BytesIO(draw(picture, name))) as image:
            assert image.info["dpi"] == pytest.approx((dpi, dpi), abs=0.02)
    for name in ("webp", "avif"):
        with Image.open(io.BytesIO(draw(picture, name))) as image:
            exif = image.getexif()
            assert (exif[0x011A], exif[0x011B], exif[0x0128]) == (dpi, dpi, 2)


@pytest.mark.parametrize("styled", [True, False])
def test_a_page_measures_its_pixels_at_their_resolution(styled: bool) -> None:
    # 495 pixels at 300 to the inch are 1.65 inches.
    picture = _resolved(300, styled=styled)
    assert b"/MediaBox[0 0 118.8 118.8]" in draw(picture, "pdf")
    eps = draw(picture, "eps")
    assert b"%%BoundingBox: 0 0 119 119\n%%HiResBoundingBox: 0 0 118.8 118.8\n" in eps


def _resolved(dpi: int, *, styled: bool) -> Artwork:
    picture = compose_layers("resolution", dpi=dpi)
    return picture if styled else msgspec.structs.replace(picture, layers=())


def test_tiles_reach_beyond_the_picture_where_there_is_no_quiet_zone() -> None:
    picture = compose_layers("edge", margin=0, shape=WIDE, size=500)
    difference = abs(on_white(open_picture(draw(picture, "png"))) - on_white(draw_svg(draw(picture, "svg"))))
    assert difference.mean() < 0.5


def test_a_large_picture_in_bands_is_the_small_one_enlarged() -> None:
    paint = gradient("spiral", *DARK)
    large, small = (
        open_picture(draw(compose_layers("bands", data=paint, eyes=paint, size=33 * n), "png")) for n in (64, 16)
    )
    shrunk = large.resize(small.size, Image.Resampling.BOX)
    assert abs(on_white(shrunk) - on_white(small)).mean() < 0.5


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_another_process_gives_the_same_bytes(kind: GradientKind) -> None:
    picture = compose_layers("twice", data=gradient(kind, *DARK), eyes=gradient("linear", *DARK, angle=7), size=330)
    program = """
import hashlib, sys
sys.path[:] = eval(sys.argv[1])
import msgspec
from qr_engine.render import draw
from tests.unit.render.layered import DARK, compose_layers, gradient
picture = compose_layers("twice", data=gradient(sys.argv[2], *DARK), eyes=gradient("linear", *DARK, angle=7), size=330)
print(*[hashlib.sha256(draw(picture, name)).hexdigest() for name in sys.argv[3:]])
"""
    paths = repr([path for path in sys.path if path])
    command = [sys.executable, "-c", program, paths, kind, *PICTURES]
    other = subprocess.run(command, capture_output=True, check=True, text=True, timeout=60).stdout.split()
    assert other == [hashlib.sha256(draw(picture, name)).hexdigest() for name in PICTURES]
