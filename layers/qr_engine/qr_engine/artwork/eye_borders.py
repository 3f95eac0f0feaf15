"""Borders of eyes: rings of one module in a square of seven, each function giving one outline."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import cos, pi, sin
from typing import Final

from .model import Path
from .paths import (
    Point,
    circle,
    inset,
    polygon,
    rectangle,
    reverse,
    rotate_quarters,
    smooth,
    star,
    transform,
    translate,
)

__all__ = ["BORDER_DRAWINGS", "cut_square", "scallops", "shield"]


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


def _round_hole() -> Path:
    """Draw a hole a touch wider than the standard's 2.5, so that the diagonals of a square centre find room."""
    return reverse(circle(3.5, 3.5, 2.56))


def _circle() -> Path:
    return circle(3.5, 3.5, 3.5) + _round_hole()


def _double() -> Path:
    """Draw a thin line around the ring: within the ring it would break the runs that readers look for."""
    return _ring(_box(-0.6, 7.6), width=0.14) + _ring(_box())


def _diamond() -> Path:
    """Draw as much of a diamond as leaves its middle lines those of a square, around a hole that readers fit well."""
    return polygon(cut_square(0, 2)) + _round_hole()


def _hexagon() -> Path:
    """Draw a lying hexagon; its points are two modules blunt, since readers measure the eye between them.

    The hole has corners where those of a square are: some readers fit a square on it and on the outline, and turn the
    one within a circle at will.
    """
    outer = [(1, 0), (6, 0), (7, 2.5), (7, 4.5), (6, 7), (1, 7), (0, 4.5), (0, 2.5)]
    return polygon(outer, 0.5) + reverse(rectangle(1, 1, 6, 6, 1.2))


def _cross() -> Path:
    notch = 0.7
    near, far = notch, 7 - notch
    outer = [
        (near, 0), (far, 0), (far, near), (7, near), (7, far), (far, far),
        (far, 7), (near, 7), (near, far), (0, far), (0, near), (near, near),
    ]  # fmt: skip
    near, far = 1.4, 5.6
    inner = [
        (near, 1), (far, 1), (far, near), (6, near), (6, far), (far, far),
        (far, 6), (near, 6), (near, far), (1, far), (1, near), (near, near),
    ]  # fmt: skip
    return polygon(outer) + reverse(polygon(inner))


def _arrow() -> Path:
    """Draw a square that points to its corner; the hole stays nearly square, because readers fit their grid on it.

    A shape that is cut at one corner has its middle elsewhere, which the last line makes up for.
    """
    outer = polygon([(0, 0), (7, 0), (7, 5.7), (5.7, 7), (0, 7)], (0, 0.6, 0.6, 0.6, 0.6))
    return translate(outer + reverse(polygon([(1, 1), (6, 1), (6, 5.7), (5.7, 6), (1, 6)])), 0.05, 0.05)


def _star() -> Path:
    return star(3.5, 3.5, 4.1, 3.4, 8, rotation=22.5, radius=0.1) + _round_hole()


def _beads() -> Path:
    """Draw a bead on each module of the ring, on a thread that keeps them one outline for a reader."""
    beads = [rectangle(x, y, x + 1, y + 1, 0.4) for y in range(7) for x in range(7) if {x, y} & {0, 6}]
    return tuple([command for bead in beads for command in bead]) + _ring(_box(0.28, 6.72), width=0.44)


def _bars() -> Path:
    """Draw seven bars, the inner five with a gap in them."""
    bars = [rectangle(0, 0, 7, 1, 0.5), rectangle(0, 6, 7, 7, 0.5)]
    bars += [rectangle(x, y, x + 1, y + 1, 0.35) for y in range(1, 6) for x in (0, 6)]
    joints = [rectangle(x + 0.1, 0.5, x + 0.9, 6.5) for x in (0, 6)]
    return tuple([command for bar in bars + joints for command in bar])


def shield(scale: float) -> Path:
    """Draw a shield, straight at the top and the sides; `scale` is half its width."""
    around: Path = (
        ("M", -0.88, -1),
        ("L", 0.88, -1),
        ("C", 0.95, -1, 1, -0.95, 1, -0.88),
        ("L", 1, 0.35),
        ("C", 1, 0.75, 0.65, 0.98, 0, 1.04),
        ("C", -0.65, 0.98, -1, 0.75, -1, 0.35),
        ("L", -1, -0.88),
        ("C", -1, -0.95, -0.95, -1, -0.88, -1),
        ("Z",),
    )
    return transform(around, lambda x, y: (3.5 + scale * x, 3.5 + scale * (y + 0.05)))


def scallops(petals: int, outer: float, inner: float) -> Path:
    """Draw a flower around the middle; `outer` and `inner` are the distances of its petals and its notches."""
    middle, swing = (outer + inner) / 2, (outer - inner) / 2
    points = []
    for k in range(4 * petals):
        reach = middle + swing * cos(pi * k / 2)
        angle = 2 * pi * (k / 4 + 0.5) / petals
        points.append((3.5 + reach * sin(angle), 3.5 - reach * cos(angle)))
    return smooth(points)


BORDER_DRAWINGS: Final[dict[str, Callable[[], Path]]] = {
    "square": lambda: _ring(_box()),
    "rounded_square": lambda: _ring(_box(), 2),
    "circle": _circle,
    "quarter_round": lambda: _ring(_box(), (3.5, 0, 0, 0)),
    "cut_corner": lambda: polygon(cut_square(0, 1.1)) + reverse(polygon(cut_square(1, 0.4))),
    "thick_border": lambda: _ring(_box(-0.08, 7.08), width=1.09),
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
    "shield": lambda: shield(3.5) + reverse(shield(2.5)),
    "crystal": lambda: rotate_quarters(_hexagon(), 1, 7),
    "flower": lambda: scallops(8, 4.0, 3.5) + reverse(circle(3.5, 3.5, 2.5)),
}
