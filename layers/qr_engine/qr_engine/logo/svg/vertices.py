"""The vertices of outlines, which carry the markers, and the direction at each (SVG 2, 11.6)."""

from __future__ import annotations

from math import atan2, degrees
from typing import TYPE_CHECKING, NamedTuple

from ...render.page.logo_path_data import parse_number, parse_numbers, parse_steps

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from ...artwork.model import Command

__all__ = ["MARKED", "Vertex", "vertices_of"]

MARKED = ("path", "line", "polyline", "polygon")
"""The elements that can have markers."""

_Point = tuple[float, float]


class Vertex(NamedTuple):
    """A vertex, and its direction in degrees, midway between the directions in and out."""

    x: float
    y: float
    direction: float


class _Way(NamedTuple):
    """One segment: its end, and the directions at its start and its end; None for a segment without length."""

    end: _Point
    out: _Point | None
    arrival: _Point | None
    starts: bool
    closes: bool


def vertices_of(element: Element) -> list[Vertex]:
    """List the vertices of an element in order; raise ``ValueError`` if its outline is not well-formed."""
    ways = _ways(_steps(element))
    begun: _Way | None = None
    vertices = []
    for index, (way, closing) in enumerate(zip(ways, _closings(ways), strict=True)):
        into = closing.arrival if way.starts and closing else None if way.starts else way.arrival
        after = ways[index + 1] if index + 1 < len(ways) and not ways[index + 1].starts else None
        if way.closes:
            # A closed subpath continues in the direction in which it began.
            after = begun
        if way.starts or way.closes:
            begun = ways[index + 1] if index + 1 < len(ways) else None
        vertices.append(Vertex(*way.end, _middle(into, after.out if after else None)))
    return vertices


def _closings(ways: list[_Way]) -> list[_Way | None]:
    """Find for each segment the one that closes its subpath, if there is one."""
    closing = None
    found = []
    for way in reversed(ways):
        closing = way if way.closes else closing
        found.append(closing)
        if way.starts:
            closing = None
    return found[::-1]


def _steps(element: Element) -> list[list[Command]]:
    match element.tag:
        case "path":
            return [list(step) for step in parse_steps(element.get("d", ""))]
        case "line":
            x, y, to_x, to_y = (parse_number(element.get(name, "0")) for name in ("x1", "y1", "x2", "y2"))
            return [[("M", x, y)], [("L", to_x, to_y)]]
    numbers = parse_numbers(element.get("points", ""))
    pairs = list(zip(numbers[::2], numbers[1::2], strict=False))
    steps: list[list[Command]] = [[("L" if index else "M", x, y)] for index, (x, y) in enumerate(pairs)]
    return [*steps, [("Z",)]] if element.tag == "polygon" and steps else steps


def _ways(steps: list[list[Command]]) -> list[_Way]:
    """Follow the segments; a segment is one command, or several for an arc."""
    here = start = (0.0, 0.0)
    ways = []
    for step in steps:
        points = [here]
        for letter, *values in step:
            numbers = [float(value) for value in values]
            points += [start] if letter == "Z" else list(zip(numbers[::2], numbers[1::2], strict=True))
        starts = bool(step) and step[0][0] == "M"
        here = points[-1]
        if starts:
            start = here
        out = next((_between(points[0], point) for point in points if point != points[0]), None)
        arrival = next((_between(point, here) for point in reversed(points) if point != here), None)
        ways.append(_Way(here, out, arrival, starts, bool(step) and step[0][0] == "Z"))
    return ways


def _between(start: _Point, end: _Point) -> _Point:
    return end[0] - start[0], end[1] - start[1]


def _middle(into: _Point | None, onward: _Point | None) -> float:
    angles = [degrees(atan2(way[1], way[0])) for way in (into, onward) if way is not None]
    if not angles:
        return 0.0
    turn = (angles[-1] - angles[0] + 180) % 360 - 180
    return angles[0] + turn / 2
