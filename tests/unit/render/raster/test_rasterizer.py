from __future__ import annotations

from math import pi

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.render.layered import circle, square

from qr_engine.artwork.model import Path
from qr_engine.artwork.paths import bounds
from qr_engine.render.raster.rasterizer import rasterize

places = st.floats(0, 8)


def area(path: Path, side: int = 8) -> float:
    """Pixels covered, in a picture of `side` pixels, one to a unit."""
    return sum(sum(row) for row in rasterize(path, 1, 0, 0, side, side)) / 255


@pytest.mark.parametrize(("right", "level"), [(1.0, 255), (0.5, 128), (0.25, 64), (0.0, 0)])
def test_a_pixel_shows_the_part_of_it_that_is_covered(right: float, level: int) -> None:
    assert rasterize(square(0, 0, right, 1), 1, 0, 0, 1, 1) == [bytes([level])]


def test_half_a_pixel_below_a_diagonal_is_half_covered() -> None:
    triangle: Path = (("M", 0, 0), ("L", 2, 2), ("L", 0, 2), ("Z",))
    assert rasterize(triangle, 1, 0, 0, 2, 2) == [bytes([128, 0]), bytes([255, 128])]


@given(x=st.floats(2, 6), y=st.floats(2, 6), radius=st.floats(0.5, 2))
def test_a_circle_covers_its_area_wherever_it_lies(x: float, y: float, radius: float) -> None:
    # Each pixel at the edge is off by up to half a level, and each chord by up to a 25th of a pixel.
    assert area(circle(x, y, radius)) == pytest.approx(pi * radius**2, abs=0.05 * 2 * pi * radius + 0.05)


@given(left=places, top=places, right=places, bottom=places)
def test_a_rectangle_covers_its_area(left: float, top: float, right: float, bottom: float) -> None:
    (left, right), (top, bottom) = sorted((left, right)), sorted((top, bottom))
    assert area(square(left, top, right, bottom)) == pytest.approx((right - left) * (bottom - top), abs=0.1)


def test_a_hole_takes_away_what_its_outline_added() -> None:
    ring = square(1, 1, 7, 7) + square(2, 2, 6, 6, hole=True)
    assert area(ring) == 36 - 16


def test_outlines_that_overlap_cover_once() -> None:
    assert area(square(1, 1, 5, 5) + square(3, 3, 7, 7)) == 16 + 16 - 4


def test_what_lies_beyond_the_picture_is_left_out() -> None:
    assert area(square(-3, -3, 11, 4)) == 32
    assert area(square(9, 9, 12, 12)) == area(square(-5, -5, -1, -1)) == 0


def test_scale_and_origin_are_in_pixels() -> None:
    rows = rasterize(square(1, 1, 2, 2), 4, 2, 3, 6, 6)
    assert rows == [bytes(6), *[bytes([0, 0, 255, 255, 255, 255])] * 4, bytes(6)]


def test_bounds_hold_the_handles_of_curves_too() -> None:
    assert bounds((("M", 0, 0), ("C", -1, 2, 3, 4, 1, 1), ("Z",))) == (-1, 0, 3, 4)
