"""The outlines of the paths and basic shapes of an SVG: how many edges they have, and how long those are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from ....render.page.logo_path_data import parse_number, parse_path

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from .boxes import Box

__all__ = ["Outline", "outline_of", "rectangle_of"]

_CURVED: Final = frozenset(("circle", "ellipse"))


class Outline(NamedTuple):
    """The number of an outline's edges, their total length across and down, and their box, in its own coordinates."""

    edges: int
    across: float
    down: float
    box: Box | None


def outline_of(element: Element) -> Outline:
    """Measure the outline of a path or basic shape, as far as its numbers can be read."""
    unknown: Box | None = None
    if element.tag in ("path", "polyline", "polygon"):
        text = element.get("d", "") if element.tag == "path" else f"M{element.get('points', '')}"
        try:
            commands = parse_path(text)
        except (ValueError, OverflowError):
            # A renderer draws a path up to its first mistake.
            count = len(text) // 2
            return Outline(count, 0.0, 0.0, unknown) if count else Outline(0, 0, 0, unknown)
        return _followed(commands)
    try:
        box = _bounds(element)
    except ValueError:
        return Outline(16, 0.0, 0.0, unknown)
    left, top, right, bottom = box
    edges = 16 if element.tag in _CURVED or element.get("rx") or element.get("ry") else 4
    return Outline(edges, 2 * (right - left), 2 * (bottom - top), box)


def _followed(commands: tuple[tuple[str | float, ...], ...]) -> Outline:
    x = y = 0.0
    edges, across, down = 0, 0.0, 0.0
    left = top = float("inf")
    right = bottom = float("-inf")
    for _, *values in commands:
        edges += 2 if len(values) == 6 else 1
        for index in range(0, len(values), 2):
            to_x, to_y = float(values[index]), float(values[index + 1])
            across += abs(to_x - x)
            down += abs(to_y - y)
            x, y = to_x, to_y
            left, right, top, bottom = min(left, x), max(right, x), min(top, y), max(bottom, y)
    if not edges or left > right:
        return Outline(0, 0.0, 0.0, None)
    # A fill closes each outline: add the way back to its start.
    return Outline(edges, across + right - left, down + bottom - top, (left, top, right, bottom))


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
