from __future__ import annotations

from itertools import product
from math import hypot
from typing import get_args

import numpy
import pytest
from tests.unit.artwork.test_eyes import PIXELS, draw_paths, misfit, runs_of

from qr_engine.artwork.eye_borders import BORDER_DRAWINGS
from qr_engine.artwork.eyes import EYES, draw_border, draw_center
from qr_engine.artwork.robust_eyes import (
    LOST_BORDERS,
    ROBUST_BORDERS,
    SQUARE_BORDERS,
    changes_when_robust,
    draw_robust_border,
    draw_robust_center,
    robust_styles,
)
from qr_engine.artwork.words import EyeBorderStyle, EyeCenterStyle, EyeShape

PARTS = {
    **{shape: robust_styles(shape, "square", "square") for shape in get_args(EyeShape)},
    **{f"{border} border": robust_styles(None, border, "square") for border in get_args(EyeBorderStyle)},
}


def test_every_border_says_what_all_scanners_make_of_it() -> None:
    assert ROBUST_BORDERS.keys() == BORDER_DRAWINGS.keys()
    assert ROBUST_BORDERS.keys() >= SQUARE_BORDERS | LOST_BORDERS
    assert {border for border, drawing in ROBUST_BORDERS.items() if drawing is None} <= SQUARE_BORDERS


def lost_corners(border: numpy.ndarray) -> list[float]:
    """How many modules of each diagonal lie before the outer corner of a border, an edge of its square each."""
    square = border[PIXELS:-PIXELS, PIXELS:-PIXELS]
    return [float(numpy.argmax(numpy.rot90(square, turns).diagonal())) / PIXELS for turns in range(4)]


@pytest.mark.parametrize("border", BORDER_DRAWINGS)
def test_a_border_is_square_where_its_corners_are(border: str) -> None:
    # A radius of 0.5, which quirc still bears in version 10, takes 0.146 of each edge.
    assert (max(lost_corners(draw_paths(draw_border(border, 0)))) < 0.14) is (border in SQUARE_BORDERS)


@pytest.mark.parametrize("border", BORDER_DRAWINGS)
@pytest.mark.parametrize("quarters", [0, 1, 3])
def test_a_robust_border_has_the_four_corners_of_a_square(border: str, quarters: int) -> None:
    lost = lost_corners(draw_paths(draw_robust_border(border, quarters)))
    assert max(lost) < 0.14
    assert max(lost) - min(lost) < 0.05


@pytest.mark.parametrize("name", PARTS)
def test_the_middle_lines_run_1_1_3_1_1(name: str) -> None:
    border, center = PARTS[name]
    picture = draw_paths(draw_robust_border(border, 0) + draw_robust_center(center, 0))
    middle, reach = 9 * PIXELS // 2, PIXELS // 2
    for band in (picture[middle - reach : middle + reach], picture[:, middle - reach : middle + reach].T):
        lengths = numpy.mean([runs_of(line) for line in band], axis=0)
        assert lengths[[0, 1, 3, 4]].tolist() == pytest.approx([1, 1, 1, 1], abs=0.3)
        assert lengths[2] == pytest.approx(3, abs=0.4)


PAIRS = {
    f"{border} + {center}": robust_styles(None, border, center)
    for border, center in product(get_args(EyeBorderStyle), get_args(EyeCenterStyle))
}


@pytest.mark.parametrize("name", PARTS | PAIRS)
@pytest.mark.parametrize("quarters", [0, 1, 3])
def test_no_line_through_the_middle_is_less_like_an_eye_than_data(name: str, quarters: int) -> None:
    border, center = (PARTS | PAIRS)[name]
    picture = draw_paths(draw_robust_border(border, quarters) + draw_robust_center(center, quarters))
    middle = len(picture) // 2
    straight = [misfit(picture[middle]), misfit(picture[:, middle])]
    # A step along a diagonal is the root of two.
    errors = [*straight, 2 * misfit(picture.diagonal()), 2 * misfit(picture[:, ::-1].diagonal())]
    assert hypot(*errors) < 0.75


@pytest.mark.parametrize("shape", get_args(EyeShape))
def test_an_eye_changes_only_where_another_form_is_drawn(shape: EyeShape) -> None:
    border, center = EYES[shape]
    usual = draw_border(border, 1), draw_center(center, 1)
    border, center = robust_styles(shape, "square", "square")
    robust = draw_robust_border(border, 1), draw_robust_center(center, 1)
    assert (usual != robust) is changes_when_robust(shape, "square", "square")
