"""The outlines of the paths and basic shapes of an SVG: how many edges they have, and how long those are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from ....render.page.logo_path_data import parse_number, parse_path

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from .boxes import Box

__all__ = ["Outline", "outline_of", "rectangle_of"]

_CURVED: Final = frozenset(("circle", "ellipse"))
_NUMBER: Final = re.compile(r"(?:\d++(?>(?:\.\d*+)?)|\.\d++)(?>(?:e[-+]?\d{1,3}+)?)", re.IGNORECASE)


class Outline(NamedTuple):
    """An outline in its own coordinates.

    Attributes
    ----------
    edges
        The number of edges; a curve counts as two.
    across, down
        The total length of the edges.
    slanted
        The total length across of the edges that are not level.
    curves
        The number of curves.
    reach
        The largest coordinate; 0 where it is given in percent, which `check_numbers` bounds.
    """

    edges: int
    across: float
    down: float
    slanted: float
    box: Box | None
    curves: int = 0
    reach: float = 0.0


def outline_of(element: Element) -> Outline:
    """Measure the outline of a path or basic shape, as far as its numbers can be read."""
    unknown: Box | None = None
    if element.tag in ("path", "polyline", "polygon"):
        text = element.get("d", "") if element.tag == "path" else f"M{element.get('points', '')}"
        try:
            commands = parse_path(text)
        except (ValueError, OverflowError):
            # A renderer draws a path up to its first mistake. The sum of all numbers bounds its coordinates, and twice
            # the sum those of mirrored control points.
            count, reach = len(text) // 2, 2 * sum(map(float, _NUMBER.findall(text)))
            return Outline(count, 0.0, 0.0, 0.0, unknown, count, reach)
        return _followed(commands)
    try:
        box = _bounds(element)
    except ValueError:
        return Outline(16, 0.0, 0.0, 0.0, unknown, 8)
    left, top, right, bottom = box
    curves = 8 if element.tag in _CURVED or element.get("rx") or element.get("ry") else 0
    # A shape with a side below zero draws nothing; its cost must not be negative.
    across, down = 2 * abs(right - left), 2 * abs(bottom - top)
    slanted = across if curves or element.tag == "line" else 0.0
    return Outline(2 * curves or 4, across, down, slanted, box, curves, max(map(abs, box)))


def _followed(commands: tuple[tuple[str | float, ...], ...]) -> Outline:
    x = y = 0.0
    edges, curves, across, down, slanted = 0, 0, 0.0, 0.0, 0.0
    left = top = float("inf")
    right = bottom = float("-inf")
    for _, *values in commands:
        curve = len(values) == 6
        edges, curves = edges + (2 if curve else 1), curves + curve
        for index in range(0, len(values), 2):
            to_x, to_y = float(values[index]), float(values[index + 1])
            across += abs(to_x - x)
            down += abs(to_y - y)
            slanted += abs(to_x - x) if to_y != y else 0.0
            x, y = to_x, to_y
            left, right, top, bottom = min(left, x), max(right, x), min(top, y), max(bottom, y)
    if not edges or left > right:
        return Outline(0, 0.0, 0.0, 0.0, None)
    # A fill closes each outline: add the way back to its start.
    box = left, top, right, bottom
    across, down, slanted = across + right - left, down + bottom - top, slanted + right - left
    return Outline(edges, across, down, slanted, box, curves, max(map(abs, box)))


def _bounds(element: Element) -> Box:
    def read(*names: str) -> list[float]:
        return [parse_number(element.get(name, "0")) for name in names]

    match element.tag:
        case "line":
            x, y, to_x, to_y = read("x1", "y1", "x2", "y2")
            return min(x, to_x), min(y, to_y), max(x, to_x), max(y, to_y)
        case "circle":
            x, y, r = read("cx", "cy", "r")
            return x - r, y - r, x + r, y + r
        case "ellipse":
            x, y, rx, ry = read("cx", "cy", "rx", "ry")
            longer = max(rx, ry)
            return x - (rx or longer), y - (ry or longer), x + (rx or longer), y + (ry or longer)
    x, y, width, height = read("x", "y", "width", "height")
    return x, y, x + width, y + height


def rectangle_of(element: Element) -> Box | None:
    """Return the box of an element that has a width and a height; None if it is not known."""
    try:
        return _bounds(element) if element.get("width") and element.get("height") else None
    except ValueError:
        return None
