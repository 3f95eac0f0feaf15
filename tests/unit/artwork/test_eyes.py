from __future__ import annotations

from itertools import groupby
from typing import get_args

import cv2
import numpy
import pytest
from tests.unit.artwork.picture import flatten

from qr_engine.artwork import eyes
from qr_engine.artwork.eyes import EYES
from qr_engine.artwork.model import Path
from qr_engine.artwork.words import EyeBorderStyle, EyeCenterStyle, EyeShape

PARTS = {
    **{shape: EYES[shape] for shape in get_args(EyeShape)},
    **{f"{style} border": (style, "square") for style in get_args(EyeBorderStyle)},
    **{f"{style} centre": ("square", style) for style in get_args(EyeCenterStyle)},
}
EYES_AND_PAIRS: dict[str, tuple[str, str]] = {
    **{shape: EYES[shape] for shape in get_args(EyeShape)},
    **{
        f"{border} + {center}": eyes.matching_styles(border, center)
        for border in get_args(EyeBorderStyle)
        for center in get_args(EyeCenterStyle)
    },
}
PIXELS = 50


def draw_eye(border: str, center: str) -> numpy.ndarray:
    """An eye with a module around it, 1 where it is dark."""
    return draw_paths(eyes.draw_border(border, 0) + eyes.draw_center(center, 0))


def draw_paths(path: Path) -> numpy.ndarray:
    """What lies in a square of seven modules, with a module around it, 1 where it is dark."""
    winding = numpy.zeros((9 * PIXELS, 9 * PIXELS), numpy.int16)
    for outline in flatten(path):
        points = (numpy.array(outline) + 1) * PIXELS
        mask = numpy.zeros(winding.shape, numpy.uint8)
        cv2.fillPoly(mask, [points.round().astype(numpy.int32)], 1)
        clockwise = cv2.contourArea(points.astype(numpy.float32), oriented=True) > 0
        winding += mask if clockwise else -mask.astype(numpy.int16)
    dark: numpy.ndarray = (winding != 0).astype(numpy.uint8)
    return dark


def runs_of(line: numpy.ndarray) -> list[float]:
    """The five runs of an eye that a line crosses, in modules, without what is drawn around the eye."""
    runs = [(dark, len(list(run)) / PIXELS) for dark, run in groupby(line.tolist())]
    first = max(index for index, (dark, length) in enumerate(runs[: len(runs) // 2]) if dark and length > 0.3)
    return [length for _, length in runs[first : first + 5]]


def middle_runs(name: str, parts: dict[str, tuple[str, str]]) -> numpy.ndarray:
    """The five runs of the band along each middle line, across and down, on average."""
    picture = draw_eye(*parts[name])
    middle, reach = 9 * PIXELS // 2, PIXELS // 2
    bands = (picture[middle - reach : middle + reach], picture[:, middle - reach : middle + reach].T)
    return numpy.array([numpy.mean([runs_of(line) for line in band], axis=0) for band in bands])


@pytest.mark.parametrize("name", PARTS)
def test_the_middle_lines_run_1_1_3_1_1(name: str) -> None:
    # ISO/IEC 18004:2015, 6.3.3.1; readers accept half a module more or less, of which blur and pixels take their share.
    for lengths in middle_runs(name, PARTS):
        assert lengths[[0, 1, 3, 4]].tolist() == pytest.approx([1, 1, 1, 1], abs=0.3)
        assert lengths[2] == pytest.approx(3, abs=0.4)


@pytest.mark.parametrize("name", EYES_AND_PAIRS)
def test_the_middle_lines_of_pairs_stay_within_half_a_module(name: str) -> None:
    # The widest are stars in a thick ring.
    for lengths in middle_runs(name, EYES_AND_PAIRS):
        assert lengths[[0, 1, 3, 4]].tolist() == pytest.approx([1, 1, 1, 1], abs=0.37)
        assert lengths[2] == pytest.approx(3, abs=0.5)


@pytest.mark.parametrize("name", PARTS | EYES_AND_PAIRS)
def test_the_exact_middle_lines_are_seven_modules_long(name: str) -> None:
    # jsQR takes the size of a module from them, and with it the version: a fiftieth is too much from version 14 up.
    picture = draw_eye(*(PARTS | EYES_AND_PAIRS)[name])
    for line in (picture[9 * PIXELS // 2], picture[:, 9 * PIXELS // 2]):
        dark = numpy.flatnonzero(line)
        assert (dark[-1] + 1 - dark[0]) / PIXELS == pytest.approx(7, abs=0.08)


def misfit(line: numpy.ndarray) -> float:
    """The sum of squares by which the five runs around the middle of a line miss 1, 1, 3, 1 and 1, as jsQR has it."""
    runs = [(dark, len(list(run)) / PIXELS) for dark, run in groupby(line.tolist())]
    ends = numpy.cumsum([length for _, length in runs])
    middle = int(numpy.searchsorted(ends, ends[-1] / 2))
    lengths = numpy.array([length for _, length in runs[middle - 2 : middle + 3]])
    return float(((lengths - lengths.sum() / 7 * numpy.array([1, 1, 3, 1, 1])) ** 2).sum())


@pytest.mark.parametrize("name", EYES_AND_PAIRS)
def test_the_diagonals_are_more_like_an_eye_than_chance_is(name: str) -> None:
    # jsQR takes the likeliest places for eyes. In 1 of 100 symbols one among the data comes within 1.5 in these units;
    # a round centre in a square ring has 1.5 on each of two diagonals.
    picture = draw_eye(*EYES_AND_PAIRS[name])
    for diagonal in (picture.diagonal(), numpy.fliplr(picture).diagonal()):
        # A step along a diagonal is 1.41 pixels long.
        assert 2 * misfit(diagonal) < 1.2


def test_a_module_of_three_pixels_has_no_thinner_lines_than_that() -> None:
    thick = eyes.matching_styles("thick_border", "circle")
    assert eyes.coarse_styles(*thick, 4) == thick
    assert eyes.coarse_styles(*thick, 3) == ("square", "hard_square")
    assert eyes.coarse_styles("circle", "fine_circle", 1) == ("circle", "fine_circle")


@pytest.mark.parametrize("style", ["quarter_round", "leaf", "arrow"])
def test_corners_with_a_meaning_face_the_same_way_in_every_eye(style: str) -> None:
    turns = [eyes.draw_border(style, quarters) for quarters in (0, 1, 3)]
    assert len(set(turns)) == 3


@pytest.mark.parametrize("style", ["star", "shield", "flower"])
def test_what_has_an_up_stays_upright(style: str) -> None:
    assert eyes.draw_border(style, 0) == eyes.draw_border(style, 1)


def test_every_whole_eye_has_a_border_and_a_centre() -> None:
    assert set(EYES) == set(get_args(EyeShape))
    assert all(eyes.draw_border(border, 0) and eyes.draw_center(center, 0) for border, center in EYES.values())
