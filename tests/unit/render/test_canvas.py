"""Pictures that are larger than the code and its quiet zone, and need not be square."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import numpy as np
import pytest
from tests.unit.render.independent import draw_any, draw_svg, on_white, open_picture, zxing_reads
from tests.unit.render.layered import DARK, compose_layers, gradient, square

from qr_engine.artwork.color import TRANSPARENT, WHITE, Color
from qr_engine.artwork.model import Artwork, Insets, Layer
from qr_engine.render import FORMATS, draw

if TYPE_CHECKING:
    from pathlib import Path

PICTURES = [name for name in FORMATS if name not in ("txt", "json")]
WIDE, HIGH = Insets(2, 1, 9, 1), Insets(1, 3, 2, 12)
RED = Color(180, 20, 40)


def with_plate(edges: Insets, *, size: int = 528, background: Color = TRANSPARENT) -> Artwork:
    """A code on a white panel in a red plate that fills the picture."""
    plain = compose_layers("canvas", data=gradient("linear", *DARK), background=background, size=size)
    code = tuple([msgspec.structs.replace(layer, shape=_translate(layer.shape, edges)) for layer in plain.layers])
    picture = msgspec.structs.replace(plain, insets=edges)
    panel = square(edges.left, edges.top, edges.left + 33, edges.top + 33)
    plate = Layer("frame", square(0, 0, picture.width, picture.height), RED)
    return msgspec.structs.replace(picture, layers=(plate, Layer("background", panel, WHITE), *code))


def _translate(shape, edges: Insets):
    if hasattr(shape, "positions"):
        places = tuple([(x + edges.left, y + edges.top, index) for x, y, index in shape.positions])
        return msgspec.structs.replace(shape, positions=places)
    offsets = edges.left, edges.top
    return tuple(
        [(letter, *[value + offsets[place % 2] for place, value in enumerate(points)]) for letter, *points in shape]
    )


def test_the_longer_side_has_the_pixels_that_were_asked_for() -> None:
    assert (with_plate(WIDE).width, with_plate(WIDE).height, with_plate(WIDE).pixels) == (44, 35, (528, 420))
    assert (with_plate(HIGH).width, with_plate(HIGH).height, with_plate(HIGH).pixels) == (36, 48, (396, 528))
    assert with_plate(HIGH, size=301).pixels == (226, 301)


@pytest.mark.parametrize("edges", [WIDE, HIGH])
@pytest.mark.parametrize("name", PICTURES)
def test_every_format_draws_the_whole_of_it(name: str, edges: Insets, tmp_path: Path) -> None:
    picture = with_plate(edges)
    shown = draw_any(draw(picture, name), name, picture.pixels[0], tmp_path)
    assert shown.size == picture.pixels
    assert zxing_reads(shown) == ["canvas"]
    corners = on_white(shown)[[2, 2, -3, -3], [2, -3, 2, -3]]
    assert np.abs(corners - np.array([RED.red, RED.green, RED.blue])).max() < 12


@pytest.mark.parametrize(("edges", "size"), [(WIDE, 528), (HIGH, 528)])
def test_the_pixels_are_those_of_the_svg_but_for_antialiasing(edges: Insets, size: int) -> None:
    picture = with_plate(edges, size=size)
    expected = draw_svg(draw(picture, "svg"))
    assert expected.size == picture.pixels
    assert abs(on_white(open_picture(draw(picture, "png"))) - on_white(expected)).mean() < 0.7


@pytest.mark.parametrize("size", [301, 333, 527])
def test_the_plate_fills_the_picture_and_the_code_stays_in_the_middle_of_its_panel(size: int) -> None:
    image = on_white(open_picture(draw(with_plate(HIGH, size=size), "png")))
    red = (image == [RED.red, RED.green, RED.blue]).all(axis=2)
    assert red[0].all()
    assert red[-1].all()
    assert red[:, 0].all()
    assert red[:, -1].all()
    scale = size / 48
    dark = np.argwhere((image.max(axis=2) < 140) & ~red)
    for low, high, panel in zip(dark.min(axis=0), dark.max(axis=0) + 1, (3, 1), strict=True):
        before, after = low - panel * scale, (panel + 33) * scale - high
        assert before == pytest.approx(after, abs=2)
        assert before >= 4 * (size // 48) - 1


def test_a_page_is_as_wide_and_as_high_as_its_picture() -> None:
    assert b"/MediaBox[0 0 297 396]" in draw(with_plate(HIGH), "pdf")
    assert b"%%BoundingBox: 0 0 396 315\n" in draw(with_plate(WIDE), "eps")
