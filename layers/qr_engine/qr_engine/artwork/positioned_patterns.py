"""Patterns whose modules get their shape from their position or from a seed: the shapes, and the shape of each cell."""

from __future__ import annotations

from functools import lru_cache
from hashlib import shake_256
from math import atan2, cos, hypot, sin, tau
from typing import Final

import msgspec

from .grid import GUARD, Grid
from .model import Path
from .paths import circle, polygon, rectangle, star, transform

__all__ = ["circular", "mosaic", "random"]


class _Band(msgspec.Struct, frozen=True):
    """The modules between two distances from the centre, which share one curvature and so their shapes."""

    until: float
    radius: float
    directions: int
    first: int


_BANDS: Final = (
    _Band(until=3, radius=2.2, directions=24, first=1),
    _Band(until=6, radius=4.5, directions=40, first=25),
    _Band(until=12, radius=9, directions=64, first=65),
    _Band(until=1e9, radius=24, directions=112, first=129),
)
"""The bands from the centre outwards. With shape 0, the dot in the middle, they have 241 shapes: an index is a byte."""

_THICK: Final = 0.8
"""Width of a stroke on an axis through the centre, where the next one is a module away."""

_THIN: Final = 0.56
"""Width of a stroke on a diagonal through the centre, where the next one is 0.71 modules away."""


_ARC: Final = 4 / 3 * (2**0.5 - 1)
"""Length of the handles of a quarter circle of radius 1."""


def circular(grid: Grid) -> tuple[tuple[Path, ...], bytes]:
    """Draw strokes that follow circles around the symbol's centre and flow into one another."""
    return _strokes(), _directions(grid.size)


@lru_cache(maxsize=1)
def _strokes() -> tuple[Path, ...]:
    strokes = [circle(0.5, 0.5, 0.45)]
    for band in _BANDS:
        strokes += [_stroke(band.radius, tau * k / band.directions) for k in range(band.directions)]
    return tuple(strokes)


def _stroke(radius: float, direction: float) -> Path:
    """Draw a stroke through the middle of a unit square, along a circle whose centre lies opposite to `direction`.

    Strokes are long enough to meet the next one, which is one module away along an axis and 1.41 along a diagonal.
    """
    half = 0.5 / max(abs(cos(direction)), abs(sin(direction))) + 0.1
    thick = _THICK - (_THICK - _THIN) * sin(2 * direction) ** 2
    side = thick / 2
    # `bend` moves only ends and handles, so a long side has to be a curve, even while it is straight.
    straight: Path = (
        ("M", -side, side - half),
        ("C", -side, side * (1 - _ARC) - half, -side * _ARC, -half, 0, -half),
        ("C", side * _ARC, -half, side, side * (1 - _ARC) - half, side, side - half),
        ("C", side, (side - half) / 3, side, (half - side) / 3, side, half - side),
        ("C", side, half - side * (1 - _ARC), side * _ARC, half, 0, half),
        ("C", -side * _ARC, half, -side, half - side * (1 - _ARC), -side, half - side),
        ("C", -side, (half - side) / 3, -side, (side - half) / 3, -side, side - half),
        ("Z",),
    )

    def bend(x: float, y: float) -> tuple[float, float]:
        angle = direction + y / radius
        reach = radius + x
        return (
            0.5 + reach * cos(angle) - radius * cos(direction),
            0.5 + reach * sin(angle) - radius * sin(direction),
        )

    return transform(straight, bend)


@lru_cache(maxsize=16)
def _directions(size: int) -> bytes:
    middle = (size - 1) / 2
    indices = bytearray()
    for row in range(size):
        for column in range(size + GUARD):
            x, y = column - middle, row - middle
            distance = hypot(x, y)
            if distance < 0.8:
                indices.append(0)
                continue
            band = next(band for band in _BANDS if distance < band.until)
            indices.append(band.first + round(atan2(y, x) / tau * band.directions) % band.directions)
    return bytes(indices)


def mosaic(grid: Grid) -> tuple[tuple[Path, ...], bytes]:
    """Draw nearly square stones with a joint around each."""
    return _stones(), _stone_indices(grid.size)


@lru_cache(maxsize=1)
def _stones() -> tuple[Path, ...]:
    # A fixed sequence of whole numbers, so that the stones are the same on every machine and in every release.
    state = 20
    stones = []
    for _ in range(16):
        corners = []
        for x, y in ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)):
            offsets = []
            for _ in range(2):
                state = (state * 1103515245 + 12345) % 2**31
                offsets.append(0.02 + (state >> 16) % 100 / 1000)
            corners.append((abs(x - offsets[0]), abs(y - offsets[1])))
        stones.append(polygon(corners, 0.08))
    return tuple(stones)


@lru_cache(maxsize=16)
def _stone_indices(size: int) -> bytes:
    return bytes([(5 * x + 11 * y + x * y) % 16 for y in range(size) for x in range(size + GUARD)])


def random(grid: Grid) -> tuple[tuple[Path, ...], bytes]:
    """Draw a mixture of shapes, chosen by the grid's seed alone."""
    random_bytes = shake_256(grid.seed).digest(len(grid.cells))
    return _mixture(), random_bytes.translate(bytes([value % 8 for value in range(256)]))


@lru_cache(maxsize=1)
def _mixture() -> tuple[Path, ...]:
    return (
        rectangle(0, 0, 1, 1),
        rectangle(0.07, 0.07, 0.93, 0.93, 0.2),
        rectangle(0.02, 0.02, 0.98, 0.98, (0.48, 0, 0.48, 0)),
        rectangle(0.02, 0.02, 0.98, 0.98, (0, 0.48, 0, 0.48)),
        circle(0.5, 0.5, 0.5),
        circle(0.5, 0.5, 0.44),
        star(0.5, 0.5, 0.58, 0.58, 2, radius=0.1),
        star(0.5, 0.5, 0.56, 0.42, 6, radius=0.05),
    )
