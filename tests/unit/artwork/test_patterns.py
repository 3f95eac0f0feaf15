from __future__ import annotations

from typing import get_args

import cv2
import numpy
import pytest
from tests.unit.artwork.picture import flatten

from qr_engine.artwork.grid import Grid, dark_neighbours
from qr_engine.artwork.model import Path
from qr_engine.artwork.patterns import PATTERNS
from qr_engine.artwork.words import DataPattern

ALL = get_args(DataPattern)
SIZE = 21
FULL = Grid(SIZE, (b"\x01" * SIZE + bytes(4)) * SIZE)
LONE = Grid(SIZE, bytes([x % 2 & y % 2 if x < SIZE else 0 for y in range(SIZE) for x in range(SIZE + 4)]))
"""Every second module of every second row: none has a neighbour."""


MIDDLE = numpy.hypot(*(numpy.mgrid[:200, :200] - 100)) < 25
"""The pixels of a disc, half a module across, in the middle of a shape's picture."""


def draw_shape(shape: Path) -> numpy.ndarray:
    """A unit square and half a module around it, 100 pixels a module, 1 where the shape is."""
    picture = numpy.zeros((200, 200), numpy.uint8)
    for outline in flatten(shape):
        points = numpy.array([(100 * x + 50, 100 * y + 50) for x, y in outline])
        cv2.fillPoly(picture, [points.round().astype(numpy.int32)], 1)
    return picture


def shapes_of(name: DataPattern, grid: Grid) -> list[Path]:
    shapes, indices = PATTERNS[name](grid)
    return [shapes[index] for index in sorted({i for i, dark in zip(indices, grid.cells, strict=True) if dark})]


def test_each_neighbour_has_a_bit_of_its_own() -> None:
    # One dark cell, seen from the cells around it: it lies north of the one below, and so on.
    cells = bytearray(SIZE * (SIZE + 4))
    middle = 10 * (SIZE + 4) + 10
    cells[middle] = 1
    seen = dark_neighbours(Grid(SIZE, bytes(cells)))
    down = SIZE + 4
    around = (down, -1, -down, 1, down - 1, -down - 1, -down + 1, down + 1)
    assert [seen[middle + step] for step in around] == [1, 2, 4, 8, 16, 32, 64, 128]
    assert sum(seen) == 255


def test_modules_on_opposite_edges_are_no_neighbours() -> None:
    seen = dark_neighbours(FULL)
    assert seen[0] == 2 + 4 + 32
    assert seen[SIZE - 1] == 4 + 8 + 64


@pytest.mark.parametrize("name", ALL)
def test_a_lone_module_covers_three_fifths_of_its_square(name: DataPattern) -> None:
    for shape in shapes_of(name, LONE):
        assert draw_shape(shape).sum() >= 6000


@pytest.mark.parametrize("name", ALL)
def test_the_middle_half_of_a_module_is_never_left_light(name: DataPattern) -> None:
    for shape in [*shapes_of(name, LONE), *shapes_of(name, FULL)]:
        assert draw_shape(shape)[MIDDLE].all()


@pytest.mark.parametrize("name", ALL)
def test_no_shape_reaches_more_than_half_a_module_beyond_its_square(name: DataPattern) -> None:
    for shape in [*shapes_of(name, LONE), *shapes_of(name, FULL)]:
        for outline in flatten(shape):
            assert all(-0.5 <= value <= 1.5 for point in outline for value in point)


@pytest.mark.parametrize("name", ["square", "rounded", "extra_rounded", "classy", "classy_rounded", "wave"])
def test_modules_that_join_leave_nothing_light_between_them(name: DataPattern) -> None:
    shapes, indices = PATTERNS[name](FULL)
    picture = numpy.zeros((500, 500), numpy.uint8)
    for row in range(5):
        for column in range(5):
            shape = shapes[indices[(row + 8) * FULL.stride + column + 8]]
            for outline in flatten(shape):
                points = numpy.array([(100 * (column + x), 100 * (row + y)) for x, y in outline])
                cv2.fillPoly(picture, [points.round().astype(numpy.int32)], 1)
    # The outermost modules lean on others that are not drawn here.
    assert picture[100:400, 100:400].all()


def test_chance_depends_on_the_seed_alone() -> None:
    grids = [Grid(SIZE, FULL.cells, seed) for seed in (b"one", b"one", b"two")]
    first, again, other = (PATTERNS["random"](grid)[1] for grid in grids)
    assert first == again
    assert first != other
