"""The patterns of dark modules: each gives a table of shapes, and the index of every module's shape."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial
from typing import Final, TypeAlias

from . import joined_patterns, positioned_patterns
from .grid import Grid, dark_neighbours
from .model import Path
from .paths import UNIT_SQUARE, circle, polygon, star
from .words import DataPattern

__all__ = ["ALIGNMENT", "FREE_STANDING", "PATTERNS", "Pattern"]


PatternShapes: TypeAlias = tuple[tuple[Path, ...], bytes]
"""Shapes, each in a unit square, and for every cell of a grid the index of its shape."""

Pattern: TypeAlias = Callable[[Grid], PatternShapes]


def _repeat(shape: Callable[[], Path], grid: Grid) -> PatternShapes:
    return (shape(),), bytes(len(grid.cells))


def _join(shape: Callable[[int], Path], grid: Grid) -> PatternShapes:
    shapes, table = _shapes_by_neighbours(shape)
    return shapes, dark_neighbours(grid).translate(table)


@lru_cache(maxsize=32)
def _shapes_by_neighbours(shape: Callable[[int], Path]) -> PatternShapes:
    """Return the distinct shapes of all 256 neighbourhoods, and for each neighbourhood the index of its shape."""
    shapes: dict[int, Path] = {}
    index: dict[Path, int] = {}
    table = bytearray()
    for around in range(256):
        relevant_around = joined_patterns.drop_open_diagonals(around)
        path = shapes.get(relevant_around) or shapes.setdefault(relevant_around, shape(relevant_around))
        table.append(index.setdefault(path, len(index)))
    return tuple(index), bytes(table)


def _waves(grid: Grid) -> PatternShapes:
    sides = dark_neighbours(grid).translate(_SIDES)
    falling = (bytes((0, 16)) * grid.stride)[: grid.stride] * grid.size
    indices = int.from_bytes(sides, "big") | int.from_bytes(falling, "big")
    return _wave_shapes(), indices.to_bytes(len(sides), "big")


_SIDES: Final = bytes([around & joined_patterns.SIDES for around in range(256)])


@lru_cache(maxsize=1)
def _wave_shapes() -> tuple[Path, ...]:
    return tuple([joined_patterns.wave(around) for around in range(32)])


@lru_cache(maxsize=1)
def _dot() -> Path:
    return circle(0.5, 0.5, 0.45)


@lru_cache(maxsize=1)
def _diamond() -> Path:
    """Draw a diamond wider than the module, to cover two thirds of it; its tips lie over those of its neighbours."""
    return star(0.5, 0.5, 0.64, 0.64, 2)


@lru_cache(maxsize=1)
def _star() -> Path:
    """Draw a star that touches no other: as wide as a module, and stout, to cover more than half of it."""
    return star(0.5, 0.54, 0.552, 0.362, 5, radius=0.02)


@lru_cache(maxsize=1)
def _cross() -> Path:
    """Draw a diagonal cross that touches no other: a square with a notch in the middle of each side."""
    notch, wide, edge = 0.2, 0.14, 0.06
    side = [(edge, edge), (0.5 - wide, edge), (0.5, notch), (0.5 + wide, edge)]
    quarters = [side]
    for _ in range(3):
        quarters.append([(1 - y, x) for x, y in quarters[-1]])
    return polygon([point for quarter in quarters for point in quarter])


PATTERNS: Final[dict[DataPattern, Pattern]] = {
    "square": partial(_repeat, lambda: UNIT_SQUARE),
    "dots": partial(_repeat, _dot),
    "rounded": partial(_join, joined_patterns.rounded),
    "extra_rounded": partial(_join, joined_patterns.extra_rounded),
    "classy": partial(_join, joined_patterns.classy),
    "classy_rounded": partial(_join, joined_patterns.classy_rounded),
    "vertical": partial(_join, joined_patterns.vertical),
    "horizontal": partial(_join, joined_patterns.horizontal),
    "diamond": partial(_repeat, _diamond),
    "circular": positioned_patterns.circular,
    "star": partial(_repeat, _star),
    "cross": partial(_repeat, _cross),
    "random": positioned_patterns.random,
    "wave": _waves,
    "mosaic": positioned_patterns.mosaic,
}

FREE_STANDING: Final[frozenset[DataPattern]] = frozenset(
    {"dots", "vertical", "horizontal", "diamond", "circular", "star", "cross", "random", "mosaic"}
)
"""Patterns that would make alignment patterns hard to find, which are therefore drawn to match the eyes instead."""

ALIGNMENT: Final[dict[bool, Pattern]] = {
    False: PATTERNS["square"],
    True: partial(_join, joined_patterns.round_alignment),
}
"""The pattern that draws those alignment patterns, by whether the eyes are round."""
