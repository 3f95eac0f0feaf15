"""Centres of eyes: shapes of three modules by three in the middle of a square of seven."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from .eye_borders import scallops, shield
from .model import Path
from .paths import circle, polygon, rectangle, rotate_quarters, smooth, star

__all__ = ["CENTER_DRAWINGS"]


def _bars() -> Path:
    bars = [rectangle(2, y, 5, y + 1, 0.5) for y in (2, 3, 4)]
    return tuple([command for bar in [*bars, rectangle(2.4, 2.5, 4.6, 4.5)] for command in bar])


def _cross() -> Path:
    """Draw a cross whose arms widen outwards, so that its middle lines are as long as those of a square."""
    near, wide, notch = 1.95, 1.15, 0.85
    arm = [(3.5 - notch, 3.5 - notch), (3.5 - wide, near), (3.5 + wide, near)]
    arms = [arm]
    for _ in range(3):
        arms.append([(7 - y, x) for x, y in arms[-1]])
    return polygon([point for points in arms for point in points], 0.08)


def _heart() -> Path:
    half = [(0.0, -0.74), (0.5, -1.03), (0.95, -0.78), (1.03, -0.15), (0.84, 0.42), (0.45, 0.85)]
    around = [*half, (0.0, 1.12), *[(-x, y) for x, y in reversed(half[1:])]]
    return smooth([(3.5 + 1.5 * x, 3.5 + 1.5 * y) for x, y in around])


def _plus() -> Path:
    a, b, c, d = 1.95, 2.5, 4.5, 5.05
    return polygon(
        [(b, a), (c, a), (c, b), (d, b), (d, c), (c, c), (c, d), (b, d), (b, c), (a, c), (a, b), (b, b)], 0.1
    )


def _hexagon() -> Path:
    return polygon([(2.6, 2), (4.4, 2), (5.05, 3.5), (4.4, 5), (2.6, 5), (1.95, 3.5)], 0.2)


def _crystal() -> Path:
    return rotate_quarters(_hexagon(), 1, 7)


CENTER_DRAWINGS: Final[dict[str, Callable[[], Path]]] = {
    "square": lambda: rectangle(2, 2, 5, 5),
    "soft_square": lambda: rectangle(2, 2, 5, 5, 0.4),
    "rounded_square": lambda: rectangle(2, 2, 5, 5, 0.9),
    "circle": lambda: circle(3.5, 3.5, 1.5),
    "dot": lambda: circle(3.5, 3.5, 1.47),
    "star": lambda: star(3.5, 3.58, 1.85, 1.33, 5, radius=0.1),
    "diamond": lambda: star(3.5, 3.5, 1.8, 1.48, 4, radius=0.1),
    "cross": _cross,
    "plus": _plus,
    "heart": _heart,
    "leaf": lambda: rectangle(2, 2, 5, 5, (0, 1.2, 0, 1.2)),
    "arrow": lambda: polygon([(2, 2), (5, 2), (5, 4.1), (4.1, 5), (2, 5)], (0, 0.3, 0.3, 0.3, 0.3)),
    "bars_horizontal": _bars,
    "bars_vertical": lambda: rotate_quarters(_bars(), 1, 7),
    "hexagon": _hexagon,
    "shield": lambda: shield(1.5),
    "crystal": _crystal,
    "flower": lambda: scallops(6, 1.72, 1.38),
}
