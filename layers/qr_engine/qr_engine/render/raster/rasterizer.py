"""Outlines to antialiased pixels: the exact share of each pixel that lies inside, without sampling.

For each pixel that an edge crosses, the area to the right of the edge is added, signed by the edge's direction. The sum
from the left is the coverage (the method of FreeType's and font-rs's rasterisers). A hole runs the other way, so its
area is subtracted.
"""

from __future__ import annotations

from itertools import pairwise
from math import ceil, floor, hypot, sqrt
from typing import TYPE_CHECKING

from .offset import TOLERANCE, Line, offset_outlines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...artwork.model import Path

__all__ = ["rasterize"]


def rasterize(
    path: Path, scale: float, left: float, top: float, width: int, height: int, outset: float = 0.0
) -> list[bytes]:
    """Return the rows of a picture of the path, one byte for each pixel, from 0 outside to 255 inside.

    Parameters
    ----------
    path
        Closed outlines.
    scale
        Pixels to a unit of the path.
    left, top
        Where the picture's top left corner lies, in pixels from the path's origin.
    width, height
        Size of the picture, in pixels; nothing beyond it is drawn.
    outset
        Pixels by which to move the outlines outwards, with round corners.
    """
    crossings: list[dict[int, float]] = [{} for _ in range(height)]
    lines = _flatten(path, scale, left, top)
    if outset:
        lines = offset_outlines(lines, outset)
    for line in lines:
        for (x, y), (end_x, end_y) in pairwise(line):
            if y < end_y:
                _add_edge(crossings, x, y, end_x, end_y, 1.0, width)
            elif y > end_y:
                _add_edge(crossings, end_x, end_y, x, y, -1.0, width)
    return [_sum_row(row, width) for row in crossings]


def _flatten(path: Path, scale: float, left: float, top: float) -> Iterator[Line]:
    """Yield each outline as straight lines, in pixels, closed at its start."""
    line: Line = []
    for command in path:
        if command[0] == "C":
            _, ax, ay, bx, by, x, y = command
            _flatten_curve(
                line,
                ax * scale - left,
                ay * scale - top,
                bx * scale - left,
                by * scale - top,
                x * scale - left,
                y * scale - top,
            )
        elif command[0] == "L":
            line.append((command[1] * scale - left, command[2] * scale - top))
        elif command[0] == "M":
            line = [(command[1] * scale - left, command[2] * scale - top)]
        else:
            line.append(line[0])
            yield line


def _flatten_curve(line: Line, ax: float, ay: float, bx: float, by: float, end_x: float, end_y: float) -> None:
    x, y = line[-1]
    bend = max(hypot(x - 2 * ax + bx, y - 2 * ay + by), hypot(ax - 2 * bx + end_x, ay - 2 * by + end_y))
    # Wang's formula gives the number of chords that keep a cubic within the tolerance.
    count = max(1, ceil(sqrt(0.75 * bend / TOLERANCE)))
    for i in range(1, count):
        t = i / count
        s = 1 - t
        p, q, r, u = s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t
        line.append((x * p + ax * q + bx * r + end_x * u, y * p + ay * q + by * r + end_y * u))
    line.append((end_x, end_y))


def _add_edge(
    crossings: list[dict[int, float]], x: float, y: float, end_x: float, end_y: float, sign: float, width: int
) -> None:
    """Add an edge that runs downwards to each row of pixels that it crosses."""
    if x == end_x:
        _add_upright_edge(crossings, max(0.0, min(x, width)), y, end_y, sign)
        return
    slope = (end_x - x) / (end_y - y)
    if y < 0:
        x, y = x - y * slope, 0.0
    for index in range(int(y), min(len(crossings), ceil(end_y))):
        high = max(y, index)
        low = min(end_y, index + 1)
        first, last = x + (high - y) * slope, x + (low - y) * slope
        if first > last:
            first, last = last, first
        _add_crossing(crossings[index], max(0.0, min(first, width)), max(0.0, min(last, width)), (low - high) * sign)


def _add_upright_edge(crossings: list[dict[int, float]], x: float, y: float, end_y: float, sign: float) -> None:
    """Add a vertical edge, the most common kind, which stays in one column."""
    column = floor(x)
    share = x - column
    for index in range(max(0, int(y)), min(len(crossings), ceil(end_y))):
        row, height = crossings[index], (min(end_y, index + 1) - max(y, index)) * sign
        beyond = height * share
        row[column] = row.get(column, 0.0) + height - beyond
        row[column + 1] = row.get(column + 1, 0.0) + beyond


def _add_crossing(row: dict[int, float], first: float, last: float, height: float) -> None:
    """Add the part of an edge within a row; it goes from `first` to `last` along the row."""
    column = floor(first)
    if last <= column + 1:
        beyond = height * ((first + last) / 2 - column)
        row[column] = row.get(column, 0.0) + height - beyond
        row[column + 1] = row.get(column + 1, 0.0) + beyond
        return
    # Add the share of the edge in each column, as above.
    step = height / (last - first)
    while first < last:
        edge = min(column + 1.0, last)
        share = step * (edge - first)
        beyond = share * ((first + edge) / 2 - column)
        row[column] = row.get(column, 0.0) + share - beyond
        row[column + 1] = row.get(column + 1, 0.0) + beyond
        first, column = edge, column + 1


def _sum_row(crossings: dict[int, float], width: int) -> bytes:
    if not crossings:
        return bytes(width)
    pieces = []
    coverage, position, level = 0.0, 0, _LEVELS[0]
    for column in sorted(crossings):
        if column > position:
            pieces.append(level * (column - position))
            position = column
        coverage += crossings[column]
        level = _LEVELS[min(255, int(abs(coverage) * 255 + 0.5))]
    pieces.append(level * (width - position))
    return b"".join(pieces)[:width]


_LEVELS = [bytes((level,)) for level in range(256)]
