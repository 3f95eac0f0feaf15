"""Borders of eyes: rings of one module in a square of seven, each function giving one outline."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import atan2, cos, pi, radians, sin, sqrt, tan
from typing import Final

from .model import Command, Path
from .paths import (
    Point,
    circle,
    inset,
    polygon,
    rectangle,
    reverse,
    rotate_quarters,
    star,
    transform,
)

__all__ = ["BORDER_DRAWINGS", "blossom", "cut_square", "shield"]


def _ring(points: Sequence[Point], radius: float | Sequence[float] = 0.0, width: float = 1.0) -> Path:
    """Draw a ring of `width` modules inside a polygon; its inner corners are rounder, so that the ring is even."""
    radii = [float(radius)] * len(points) if isinstance(radius, int | float) else radius
    return polygon(points, radii) + reverse(polygon(inset(points, width), [max(size - width, 0.0) for size in radii]))


def _box(near: float = 0.0, far: float = 7.0) -> list[Point]:
    return [(near, near), (far, near), (far, far), (near, far)]


def cut_square(near: float, cut: float) -> list[Point]:
    """Return the corners of a square from `near` to 7 less `near`, `cut` off each corner along both edges."""
    far, after, before = 7 - near, near + cut, 7 - near - cut
    return [
        (after, near), (before, near), (far, after), (far, before),
        (before, far), (after, far), (near, before), (near, after),
    ]  # fmt: skip


def _circle() -> Path:
    return circle(3.5, 3.5, 3.5) + reverse(circle(3.5, 3.5, 2.51))


def _double() -> Path:
    """Draw a ring with a light line in it, broken where readers count runs: on the middle lines and the diagonals."""
    side = [rectangle(0.9, 0.3, 2.2, 0.44), rectangle(4.8, 0.3, 6.1, 0.44)]
    slits = [rotate_quarters(slit, quarters, 7) for slit in side for quarters in range(4)]
    return _ring(_box()) + reverse(tuple([command for slit in slits for command in slit]))


def _diamond() -> Path:
    """Draw as much of a diamond as leaves its middle lines those of a square, around a hole that readers fit well."""
    return polygon(cut_square(0, 1.97)) + reverse(circle(3.5, 3.5, 2.48))


def _hexagon() -> Path:
    """Draw a lying hexagon, its points two modules blunt, since readers measure the eye between them."""
    outer = [(0.92, 0), (6.08, 0), (7, 2.2), (7, 4.8), (6.08, 7), (0.92, 7), (0, 4.8), (0, 2.2)]
    return _ring(outer, 0.5)


def _cross() -> Path:
    """Draw a square with a notch in each corner, around a hole that is one as well."""
    near, far = 0.49, 6.51
    outer = [
        (near, 0), (far, 0), (far, near), (7, near), (7, far), (far, far),
        (far, 7), (near, 7), (near, far), (0, far), (0, near), (near, near),
    ]  # fmt: skip
    near, far = 1.3, 5.7
    inner = [
        (near, 1), (far, 1), (far, near), (6, near), (6, far), (far, far),
        (far, 6), (near, 6), (near, far), (1, far), (1, near), (near, near),
    ]  # fmt: skip
    return polygon(outer) + reverse(polygon(inner))


def _arrow() -> Path:
    """Draw a square that points to its corner; the hole stays nearly square, because readers fit their grid on it."""
    outer = polygon([(0, 0), (7, 0), (7, 5.85), (5.85, 7), (0, 7)])
    return outer + reverse(polygon([(1, 1), (6, 1), (6, 5.56), (5.56, 6), (1, 6)]))


def _star() -> Path:
    """Draw a seal of twelve points. Notches lie on the middle lines, which are as long as those of a square."""
    return star(3.5, 3.5, 3.8, 3.5, 12, rotation=15, radius=0.06) + reverse(circle(3.5, 3.5, 2.55))


def _flower() -> Path:
    """Draw eight petals, turned as the points of a star are."""
    return blossom(8, 2, 1.82, rotation=22.5) + reverse(circle(3.5, 3.5, 2.5))


def _beads() -> Path:
    """Draw a bead on each module of a ring that keeps them one outline for a reader, its inner corners filled."""
    beads = [circle(x, y, 0.5) for x in (0.66, 6.34) for y in (0.66, 6.34)]
    for along in (1.5, 2.5, 3.5, 4.5, 5.5):
        beads += [circle(x, y, 0.5) for at in (0.5, 6.5) for x, y in ((along, at), (at, along))]
    ring = rectangle(0.2, 0.2, 6.8, 6.8, 0.3) + reverse(rectangle(0.89, 0.89, 6.11, 6.11, 1.12))
    return tuple([command for bead in beads for command in bead]) + ring


def _bars() -> Path:
    """Draw seven bars, the inner five with a gap in them, on a thread that keeps them one outline for a reader."""
    bars = [rectangle(0, 0, 7, 0.93, 0.3), rectangle(0, 6.07, 7, 7, 0.3)]
    bars += [rectangle(x, y + 0.06, x + 1, y + 0.94, 0.15) for y in range(1, 6) for x in (0, 6)]
    threads = [rectangle(x + 0.25, 0.5, x + 0.75, 6.5) for x in (0, 6)]
    return tuple([command for bar in bars + threads for command in bar])


def shield(scale: float) -> Path:
    """Draw a shield, straight at the top and the sides; `scale` is half its width."""
    around: Path = (
        ("M", -0.88, -1),
        ("L", 0.88, -1),
        ("C", 0.95, -1, 1, -0.95, 1, -0.88),
        ("L", 1, 0.45),
        ("C", 1, 0.9, 0.6, 1, 0, 1),
        ("C", -0.6, 1, -1, 0.9, -1, 0.45),
        ("L", -1, -0.88),
        ("C", -1, -0.95, -0.95, -1, -0.88, -1),
        ("Z",),
    )
    return transform(around, lambda x, y: (3.5 + scale * x, 3.5 + scale * y))


def blossom(petals: int, distance: float, radius: float, rotation: float = 0.0) -> Path:
    """Draw a flower around the middle: round petals of `radius`, whose middles lie at `distance`, one of them on top.

    `rotation` is in degrees, clockwise.
    """
    step = pi / petals
    notch = distance * cos(step) + sqrt(radius**2 - (distance * sin(step)) ** 2)
    # How far around its own middle a petal goes, to the notches on either side of it.
    sweep = atan2(notch * sin(step), notch * cos(step) - distance)
    handle = 4 / 3 * tan(sweep / 4) * radius
    commands: list[Command] = []
    for k in range(petals):
        turn = 2 * step * k + radians(rotation)
        x, y = 3.5 + distance * sin(turn), 3.5 - distance * cos(turn)
        for angle in (turn - sweep, turn):
            first, second, end = (
                (x + radius * sin(at) + along * cos(at), y - radius * cos(at) + along * sin(at))
                for at, along in ((angle, handle), (angle + sweep, -handle), (angle + sweep, 0.0))
            )
            if not commands:
                commands.append(("M", x + radius * sin(angle), y - radius * cos(angle)))
            commands.append(("C", *first, *second, *end))
    return transform((*commands, ("Z",)), lambda px, py: (px, py))


BORDER_DRAWINGS: Final[dict[str, Callable[[], Path]]] = {
    "square": lambda: _ring(_box()),
    "rounded_square": lambda: _ring(_box(), 2),
    "circle": _circle,
    "quarter_round": lambda: _ring(_box(), (3, 0, 0, 0)),
    "cut_corner": lambda: polygon(cut_square(0, 1.1)) + reverse(polygon(cut_square(1, 0.4))),
    "thick_border": lambda: _ring(_box(), width=1.1),
    "double_border": _double,
    "diamond": _diamond,
    "hexagon": _hexagon,
    "cross": _cross,
    "star": _star,
    "leaf": lambda: _ring(_box(), (0, 2.6, 0, 2.6)),
    "arrow": _arrow,
    "beads": _beads,
    "bars_horizontal": _bars,
    "bars_vertical": lambda: rotate_quarters(_bars(), 1, 7),
    "shield": lambda: shield(3.5) + reverse(shield(2.46)),
    "crystal": lambda: rotate_quarters(_hexagon(), 1, 7),
    "flower": _flower,
}
