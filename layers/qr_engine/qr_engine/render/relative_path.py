"""Paths as closed outlines of relative segments in whole numbers, so that rounding errors cannot add up."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..artwork.model import Path

__all__ = ["Segment", "relative_outlines"]

Segment: TypeAlias = tuple[int, ...]
"""A line or a cubic curve: x and y of its handles, if any, and of its end, relative to its start."""


def relative_outlines(path: Path, unit: int) -> Iterator[tuple[tuple[int, int], list[Segment]]]:
    """Yield the start of each outline of the path, and its segments; the last one leads back to the start."""
    start = x, y = 0, 0
    segments: list[Segment] = []
    for letter, *coordinates in path:
        points = [round(value * unit) for value in coordinates]
        if letter == "M":
            start = x, y = points[0], points[1]
            segments = []
        elif letter == "Z":
            if (x, y) != start:
                segments.append((start[0] - x, start[1] - y))
            yield start, segments
            x, y = start
        else:
            segments.append(tuple([point - (y if i % 2 else x) for i, point in enumerate(points)]))
            x, y = points[-2:]
