"""Tiles as SVG path data: tiles that touch along an edge become one outline.

An edge on the border of a module and the neighbour's edge in the opposite direction cancel out. The remaining edges are
joined end to start, so that a row of squares becomes one rectangle, whatever the shape of its ends. That is short, and
no seams show even in programs that paint outlines one by one.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeAlias

from ...artwork.model import Tiles
from ..relative_path import Segment, relative_outlines
from .path_data import TILE_UNIT, print_move, print_path, print_segments

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...artwork.model import Path

__all__ = ["print_shape", "print_tiles"]

# A point is one number: y and x, the latter with room for 177 modules and the widest quiet zones.
_Y: Final = 1 << 16
# Added to all points, so that those beyond the picture's corner are not negative.
_ORIGIN: Final = (_Y + 1) * TILE_UNIT
# Shortest edge at which tiles are joined; joining at shorter ones takes long and saves little.
_LEAST: Final = TILE_UNIT // 2

_Edge: TypeAlias = tuple[int, int, Segment]
"""The start and the end of an edge, from its module's corner, and its segment."""


def print_shape(shape: Path | Tiles) -> str:
    """Print the path data of a layer's shape, path or tiles."""
    return print_tiles(shape) if isinstance(shape, Tiles) else print_path(shape)


def print_tiles(tiles: Tiles) -> str:
    """Print all tiles as one path, from left to right and from top to bottom."""
    shapes = [_split_edges(shape) for shape in tiles.shapes]
    alone: list[tuple[int, str]] = []
    borders: dict[tuple[int, int], Segment] = {}
    edges_from: dict[int, list[tuple[int, Segment]]] = {}
    for column, row, index in tiles.positions:
        corner = _ORIGIN + (row * _Y + column) * TILE_UNIT
        whole, shared, inner = shapes[index]
        for start, text in whole:
            alone.append((corner + start, text))
        for start, end, segment in shared:
            start, end = start + corner, end + corner
            if borders.pop((end, start), None) is not None:
                continue
            if (start, end) in borders:
                inner = [*inner, (start - corner, end - corner, segment)]
            else:
                borders[start, end] = segment
        for start, end, segment in inner:
            edges_from.setdefault(corner + start, []).append((corner + end, segment))
    for (start, end), segment in borders.items():
        edges_from.setdefault(start, []).append((end, segment))
    before = _ORIGIN
    commands = []
    for start, text in (*_join_edges(edges_from), *alone):
        across, down = _difference(before, start)
        commands.append(f"{print_move(across, down, TILE_UNIT)}{text}")
        before = start
    return "".join(commands)


@lru_cache(maxsize=512)
def _split_edges(path: Path) -> tuple[list[tuple[int, str]], list[_Edge], list[_Edge]]:
    """Split a shape into printed outlines that touch no neighbour, edges on the module's border, and other edges."""
    alone, shared, inner = [], [], []
    for (x, y), segments in relative_outlines(path, TILE_UNIT):
        edges = []
        start = first = y * _Y + x
        for segment in segments:
            end = start + segment[-1] * _Y + segment[-2]
            edges.append((start, end, segment))
            start = end
        on_border = [edge for edge in edges if _is_on_border(edge)]
        if not on_border:
            alone.append((first, print_segments(tuple(segments), TILE_UNIT)))
        shared += on_border
        inner += [edge for edge in edges if on_border and edge not in on_border]
    return alone, shared, inner


def _is_on_border(edge: _Edge) -> bool:
    start, end, segment = edge
    (y, x), (end_y, end_x) = divmod(start, _Y), divmod(end, _Y)
    straight = len(segment) == 2 and (x == end_x in (0, TILE_UNIT) or y == end_y in (0, TILE_UNIT))
    return straight and abs(segment[0] + segment[1]) >= _LEAST


def _join_edges(edges_from: dict[int, list[tuple[int, Segment]]]) -> Iterator[tuple[int, str]]:
    """Follow the edges until each outline is closed; where two outlines meet, either way on fills the same area."""
    for first in list(edges_from):
        while first in edges_from:
            point = first
            segments: list[Segment] = []
            while not segments or point != first:
                start, ends = point, edges_from[point]
                point, segment = ends.pop()
                if not ends:
                    del edges_from[start]
                if segments and len(segment) == 2 and _are_collinear(segments[-1], segment):
                    segments[-1] = (segments[-1][0] + segment[0], segments[-1][1] + segment[1])
                else:
                    segments.append(segment)
            yield first, print_segments(tuple(segments), TILE_UNIT)


def _are_collinear(before: Segment, segment: Segment) -> bool:
    return len(before) == 2 and ((before[0] == segment[0] == 0) or (before[1] == segment[1] == 0))


def _difference(start: int, end: int) -> tuple[int, int]:
    """Return the distance from one point to another, across and down."""
    (y, x), (end_y, end_x) = divmod(start, _Y), divmod(end, _Y)
    return end_x - x, end_y - y
