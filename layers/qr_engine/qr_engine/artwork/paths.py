"""Outlines in module units: the few primitives that every shape is made of, and functions that move an outline.

Outlines run clockwise (y grows downwards), and `reverse` turns an outline into a hole, which stays open under the
nonzero rule. Coordinates are rounded to a ten-thousandth of a module: trigonometry differs in its last digits between
machines, and the same request has to give the same bytes on each.
"""

from __future__ import annotations

from itertools import pairwise
from math import atan2, cos, hypot, pi, sin, tan
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .model import Command, Path

__all__ = [
    "UNIT_SQUARE",
    "Point",
    "bounds",
    "circle",
    "inset",
    "polygon",
    "rectangle",
    "reverse",
    "rotate_quarters",
    "smooth",
    "star",
    "transform",
    "translate",
]

Point: TypeAlias = tuple[float, float]

UNIT_SQUARE: Final[Path] = (("M", 0, 0), ("L", 1, 0), ("L", 1, 1), ("L", 0, 1), ("Z",))


def bounds(path: Path) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of all ends and handles; a curve never leaves that box."""
    xs = [x for _, *points in path for x in points[::2]]
    ys = [y for _, *points in path for y in points[1::2]]
    return min(xs), min(ys), max(xs), max(ys)


def circle(x: float, y: float, radius: float) -> Path:
    """Draw a circle around (x, y), as four cubic curves that are off by at most 0.03 % of the radius."""
    return rectangle(x - radius, y - radius, x + radius, y + radius, radius)


def rectangle(
    left: float, top: float, right: float, bottom: float, radius: float | tuple[float, float, float, float] = 0.0
) -> Path:
    """Draw a rectangle whose corners are rounded by one radius or by four, clockwise from the top left one."""
    return polygon(((left, top), (right, top), (right, bottom), (left, bottom)), radius)


def polygon(points: Sequence[Point], radius: float | Sequence[float] = 0.0) -> Path:
    """Draw a polygon through `points`, all corners rounded by one radius or each by its own; 0 keeps a corner sharp.

    Where two arcs would overlap on an edge, both radii shrink in proportion.
    """
    count = len(points)
    radii = (float(radius),) * count if isinstance(radius, int | float) else radius
    edges = [(points[i][0] - points[i - 1][0], points[i][1] - points[i - 1][1]) for i in range(count)]
    angles = [atan2(y, x) for x, y in edges]
    turns = [(angles[(i + 1) % count] - angles[i] + pi) % (2 * pi) - pi for i in range(count)]
    cuts = [abs(tan(turn / 2)) * rounding for turn, rounding in zip(turns, radii, strict=True)]
    room = [hypot(*edge) / max(cuts[i - 1] + cuts[i], 1e-9) for i, edge in enumerate(edges)]
    commands: list[Command] = []
    for i, (x, y) in enumerate(points):
        cut = cuts[i] * min(1.0, room[i], room[(i + 1) % count])
        if cut == 0:
            _add_line(commands, (x, y))
            continue
        # The handles of an arc of angle t are 4/3 tan(t/4) radii long; its ends lie tan(t/2) radii from the corner.
        handle = cut * (1 - 4 / 3 * tan(abs(turns[i]) / 4) / tan(abs(turns[i]) / 2))
        (ax, ay), (bx, by) = _direction(angles[i]), _direction(angles[(i + 1) % count])
        _add_line(commands, (x - ax * cut, y - ay * cut))
        _add_curve(
            commands,
            (x - ax * handle, y - ay * handle),
            (x + bx * handle, y + by * handle),
            (x + bx * cut, y + by * cut),
        )
    return _close(commands)


def smooth(points: Sequence[Point]) -> Path:
    """Draw a closed curve through `points` without corners (a Catmull-Rom spline)."""
    count = len(points)
    commands: list[Command] = []
    _add_line(commands, points[0])
    for i in range(count):
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = (points[(i + k) % count] for k in (-1, 0, 1, 2))
        third = 1 / 6
        _add_curve(
            commands,
            (bx + (cx - ax) * third, by + (cy - ay) * third),
            (cx - (dx - bx) * third, cy - (dy - by) * third),
            (cx, cy),
        )
    return _close(commands)


def star(
    x: float, y: float, outer: float, inner: float, points: int, rotation: float = 0.0, radius: float = 0.0
) -> Path:
    """Draw a star around (x, y), a point upwards; `outer` and `inner` are the distances of its points and notches.

    `rotation` is in degrees, clockwise; with `outer` equal to `inner` the star is a regular polygon.
    """
    ring = [(outer if k % 2 == 0 else inner, pi * (k / points + rotation / 180)) for k in range(2 * points)]
    return polygon([(x + reach * sin(angle), y - reach * cos(angle)) for reach, angle in ring], radius)


def inset(points: Sequence[Point], distance: float) -> list[Point]:
    """Return the corners of a polygon with every edge moved inwards by `distance`; `points` go clockwise."""
    corners = []
    for before, corner, after in zip([*points[-1:], *points[:-1]], points, [*points[1:], *points[:1]], strict=True):
        first = atan2(corner[1] - before[1], corner[0] - before[0])
        second = atan2(after[1] - corner[1], after[0] - corner[0])
        reach = distance / cos((second - first) / 2)
        middle = (first + second) / 2
        corners.append((corner[0] - reach * sin(middle), corner[1] + reach * cos(middle)))
    return corners


def transform(path: Path, point: Callable[[float, float], Point]) -> Path:
    """Move every end and every handle of `path` to where `point` says."""
    commands: list[Command] = []
    for command in path:
        if command[0] == "Z":
            commands.append(command)
        elif command[0] == "C":
            _add_curve(commands, point(*command[1:3]), point(*command[3:5]), point(*command[5:7]))
        else:
            x, y = point(*command[1:])
            commands.append((command[0], _round(x), _round(y)))
    return tuple(commands)


def translate(path: Path, x: float, y: float) -> Path:
    """Move `path` to the right by `x` modules and down by `y`."""
    return transform(path, lambda px, py: (px + x, py + y))


def rotate_quarters(path: Path, quarters: int, side: float) -> Path:
    """Rotate `path` clockwise by quarters within a square from (0, 0) whose sides are `side` modules long."""
    for _ in range(quarters % 4):
        path = transform(path, lambda x, y: (side - y, x))
    return path


def reverse(path: Path) -> Path:
    """Reverse the direction of the outlines of `path`, which turns them into holes."""
    outlines: list[Command] = []
    while path:
        end = path.index(("Z",))
        outlines += _reverse_outline(path[:end])
        path = path[end + 1 :]
    return tuple(outlines)


def _reverse_outline(outline: Path) -> Path:
    commands: list[Command] = []
    _add_line(commands, _end(outline[-1]))
    for before, command in reversed(list(pairwise(outline))):
        if command[0] == "C":
            _add_curve(commands, command[3:5], command[1:3], _end(before))
        else:
            _add_line(commands, _end(before))
    return _close(commands)


def _end(command: Command) -> Point:
    if command[0] == "Z":
        raise ValueError("closing a path ends nowhere of its own")
    return command[-2], command[-1]


def _add_line(commands: list[Command], point: Point) -> None:
    """Add a line to `point`, or begin there; add nothing where the outline already ends at `point`."""
    x, y = _round(point[0]), _round(point[1])
    if not commands:
        commands.append(("M", x, y))
    elif _end(commands[-1]) != (x, y):
        commands.append(("L", x, y))


def _add_curve(commands: list[Command], first: Point, second: Point, end: Point) -> None:
    (ax, ay), (bx, by), (cx, cy) = first, second, end
    commands.append(("C", _round(ax), _round(ay), _round(bx), _round(by), _round(cx), _round(cy)))


def _close(commands: list[Command]) -> Path:
    # Closing draws the line back to the start.
    if commands[-1][0] == "L" and commands[-1][1:] == commands[0][1:]:
        commands.pop()
    return (*commands, ("Z",))


def _round(value: float) -> float:
    # Adding 0 turns -0.0 into 0.0, so that both print alike.
    return round(value, 4) + 0.0


def _direction(angle: float) -> Point:
    return cos(angle), sin(angle)
