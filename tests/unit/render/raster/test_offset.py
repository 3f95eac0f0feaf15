"""Strokes in every format, and held against what resvg, PDFium and Ghostscript make of theirs."""

from __future__ import annotations

from math import pi
from typing import TYPE_CHECKING

import msgspec
import numpy as np
import pytest
from tests.unit.render.independent import draw_any, draw_svg, on_white, open_picture, zxing_reads
from tests.unit.render.layered import DARK, even_stops, square

from qr_engine.artwork.color import WHITE, Color
from qr_engine.artwork.model import Artwork
from qr_engine.artwork.style import GradientStyle, StrokeStyle, Style
from qr_engine.artwork.styled import compose_styled
from qr_engine.artwork.words import DataPattern
from qr_engine.errors import InvalidRequest
from qr_engine.render import draw
from qr_engine.render.raster.rasterizer import rasterize
from qr_engine.symbol import encode

if TYPE_CHECKING:
    from pathlib import Path as FilePath

TEXT = "stroke"
GOLD = Color(249, 168, 37)


def stroked(width: float = 0.2, *, color: Color = GOLD, **style: object) -> Artwork:
    asked = Style(stroke=StrokeStyle(color, width), **style)  # type: ignore[arg-type]
    return compose_styled(encode(TEXT, version=2), asked, margin=4, size=528)


def test_a_shape_grows_by_a_strip_along_each_edge_and_a_quarter_disc_at_each_corner() -> None:
    rows = rasterize(square(1, 1, 3, 3), 40, 0, 0, 160, 160, outset=20)
    assert sum(map(sum, rows)) / 255 == pytest.approx(80 * 80 + 4 * 80 * 20 + pi * 20 * 20, rel=3e-4)


def test_a_hole_shrinks_by_a_strip_along_each_edge() -> None:
    ring = square(0, 0, 4, 4) + square(1, 1, 3, 3, hole=True)
    rows = rasterize(ring, 40, 0, 0, 160, 160, outset=10)
    assert sum(255 - level for row in rows for level in row) / 255 == pytest.approx(60 * 60, rel=1e-4)


@pytest.mark.parametrize(
    ("pattern", "eye", "width"),
    [
        ("square", "square", 0.1),
        ("dots", "circle", 0.15),
        ("rounded", "rounded_square", 0.25),
        ("classy_rounded", "leaf", 0.3),
        ("star", "flower", 0.08),
        ("cross", "heart", 0.2),
        ("circular", "shield", 0.5),
    ],
)
def test_the_pixels_are_those_of_the_svg_but_for_antialiasing(pattern: DataPattern, eye: str, width: float) -> None:
    picture = stroked(width, data_pattern=pattern, eye_shape=eye, foreground=DARK[0])
    ours, expected = on_white(open_picture(draw(picture, "png"))), on_white(draw_svg(draw(picture, "svg")))
    difference = abs(ours - expected)
    assert difference.mean() < 0.75
    assert np.quantile(difference, 0.999) < 48


@pytest.mark.parametrize("name", ["webp", "jpeg", "avif", "pdf", "eps"])
def test_every_format_shows_the_same(name: str, tmp_path: FilePath) -> None:
    gradient = GradientStyle(kind="radial", stops=even_stops(*DARK[:2]))
    picture = stroked(data_pattern="extra_rounded", eye_shape="flower", gradient=gradient)
    shown = draw_any(draw(picture, name), name, picture.size, tmp_path)
    # PostScript paints every pixel that a line touches, and JPEG blurs edges.
    loss = {"eps": 2.5, "jpeg": 2}.get(name, 1)
    assert abs(on_white(shown) - on_white(open_picture(draw(picture, "png")))).mean() < loss
    assert zxing_reads(shown) == [TEXT]


@pytest.mark.parametrize("name", ["svg", "pdf"])
def test_one_that_lets_something_through_is_even(name: str, tmp_path: FilePath) -> None:
    picture = stroked(0.3, color=Color(200, 30, 90, 128), data_pattern="dots", background=Color(220, 240, 255))
    shown = draw_any(draw(picture, name), name, picture.size, tmp_path)
    assert abs(on_white(shown) - on_white(open_picture(draw(picture, "png")))).mean() < 1


def test_no_lines_show_between_modules_that_join() -> None:
    picture = stroked(data_pattern="square", eye_shape="square")
    # Everything that is dark in the picture without a stroke is as dark with it.
    plain = msgspec.structs.replace(picture, layers=tuple([layer for layer in picture.layers if not layer.outset]))
    for shown in (lambda each: open_picture(draw(each, "png")), lambda each: draw_svg(draw(each, "svg"))):
        with_stroke, without = on_white(shown(picture)), on_white(shown(plain))
        dark = (without == 0).all(axis=2)
        assert dark.any()
        assert not with_stroke[dark].any()


def test_eps_refuses_one_that_lets_something_through() -> None:
    with pytest.raises(InvalidRequest) as refused:
        draw(stroked(color=Color(200, 30, 90, 128)), "eps")
    assert refused.value.issues[0].path == "format"


def test_a_stroke_that_nobody_sees_changes_no_pixel() -> None:
    picture = stroked(color=WHITE, data_pattern="dots")
    plain = msgspec.structs.replace(picture, layers=tuple([layer for layer in picture.layers if not layer.outset]))
    difference = abs(on_white(open_picture(draw(picture, "webp"))) - on_white(open_picture(draw(plain, "webp"))))
    assert np.max(difference) == 0
