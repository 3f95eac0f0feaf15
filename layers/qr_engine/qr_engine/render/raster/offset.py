"""Outlines moved outwards, in pixels: each edge gets a strip on its outer side, each corner a piece of a disc.

The strips and pieces share edges with the outline and with each other, so that their coverages add up to the whole
without seams. They overlap only in notches, which are covered completely anyway.
"""

from __future__ import annotations

from itertools import pairwise
from math import acos, atan2, ceil, cos, hypot, pi, sin
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["TOLERANCE", "Line", "offset_outlines"]

Line: TypeAlias = list[tuple[float, float]]
"""Corners of an outline, in pixels; the last repeats the first."""

TOLERANCE: Final = 0.04
"""How far a flattened curve may be off, in pixels."""


def offset_outlines(lines: Iterator[Line], distance: float) -> Iterator[Line]:
    """Yield the outlines, and outlines of the area within `distance` pixels of them on the side that is not filled."""
    step = 2 * acos(1 - min(TOLERANCE / distance, 1.0))
    for line in lines:
        yield line
        # An edge without length has no outer side.
        corners = [*[start for start, end in pairwise(line) if start != end], line[-1]]
        edges = list(pairwise(corners))
        # Outlines run clockwise and holes counterclockwise, so the outer side is always on the left.
        normals = [_left_normal(start, end, distance) for start, end in edges]
        for index, (((x, y), (end_x, end_y)), (across, down)) in enumerate(zip(edges, normals, strict=True)):
            yield [(x, y), (x + across, y + down), (end_x + across, end_y + down), (end_x, end_y), (x, y)]
            before = normals[index - 1]
            first = atan2(before[1], before[0])
            turn = (atan2(down, across) - first + pi) % (2 * pi) - pi
            if turn > 0:
                count = ceil(turn / step)
                arc = [first + turn * i / count for i in range(1, count)]
                bend = [(x + distance * cos(angle), y + distance * sin(angle)) for angle in arc]
                yield [(x, y), (x + before[0], y + before[1]), *bend, (x + across, y + down), (x, y)]


def _left_normal(start: tuple[float, float], end: tuple[float, float], distance: float) -> tuple[float, float]:
    across, down = end[0] - start[0], end[1] - start[1]
    scale = distance / hypot(across, down)
    return down * scale, -across * scale
