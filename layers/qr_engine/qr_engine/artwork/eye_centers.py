"""Centres of eyes: shapes of three modules by three in the middle of a square of seven."""

from __future__ import annotations

from collections.abc import Callable
from math import cos, pi, sin
from typing import Final

from .eye_borders import blossom, shield
from .model import Path
from .paths import circle, polygon, rectangle, rotate_quarters, smooth, star

__all__ = ["CENTER_DRAWINGS"]


def _bars() -> Path:
    """Draw a wide bar between two narrow ones, on a spine so wide that no line through the middle meets a gap.

    Three of the same width would look like the eye's middle to a reader that takes a row above the spine.
    """
    bars = [rectangle(2, 2, 5, 2.5, 0.15), rectangle(2, 2.7, 5, 4.3, 0.15), rectangle(2, 4.5, 5, 5, 0.15)]
    return tuple([command for bar in [*bars, rectangle(2.3, 2.3, 4.7, 4.7)] for command in bar])


def _fat_circle(half: float) -> Path:
    """Draw a circle with somewhat fuller diagonals, a superellipse."""
    handle = 0.65 * half
    quarter: Path = (("M", 3.5, 3.5 - half), ("C", 3.5 + handle, 3.5 - half, 3.5 + half, 3.5 - handle, 3.5 + half, 3.5))
    quarters = [rotate_quarters(quarter, k, 7)[1] for k in range(4)]
    return (quarter[0], *quarters, ("Z",))


def _fine_star() -> Path:
    """Draw a star whose lowest notch is shallow: between two legs, jsQR would take one of them for the middle."""
    reaches = (1.92, 1.24, 1.92, 1.24, 1.92, 1.48, 1.92, 1.24, 1.92, 1.24)
    corners = [(3.5 + reach * sin(pi * k / 5), 3.57 - reach * cos(pi * k / 5)) for k, reach in enumerate(reaches)]
    return polygon(corners, 0.1)


def _cross(near: float, wide: float, notch: float) -> Path:
    """Draw a cross whose arms widen outwards, so that its middle lines are as long as those of a square."""
    arm = [(3.5 - notch, 3.5 - notch), (3.5 - wide, near), (3.5 + wide, near)]
    arms = [arm]
    for _ in range(3):
        arms.append([(7 - y, x) for x, y in arms[-1]])
    return polygon([point for points in arms for point in points], 0.08)


def _heart(scale: float = 1.5) -> Path:
    half = [(0.0, -0.74), (0.5, -1.03), (0.95, -0.78), (1.03, -0.15), (0.84, 0.42), (0.45, 0.85)]
    around = [*half, (0.0, 1.12), *[(-x, y) for x, y in reversed(half[1:])]]
    return smooth([(3.5 + scale * x, 3.5 + scale * y) for x, y in around])


def _plus(near: float, notch: float) -> Path:
    a, b, c, d = near, near + notch, 7 - near - notch, 7 - near
    return polygon(
        [(b, a), (c, a), (c, b), (d, b), (d, c), (c, c), (c, d), (b, d), (b, c), (a, c), (a, b), (b, b)], 0.1
    )


def _hexagon() -> Path:
    return polygon([(2.6, 2), (4.4, 2), (5.05, 3.5), (4.4, 5), (2.6, 5), (1.95, 3.5)], 0.2)


def _crystal() -> Path:
    return rotate_quarters(_hexagon(), 1, 7)


CENTER_DRAWINGS: Final[dict[str, Callable[[], Path]]] = {
    "square": lambda: rectangle(2, 2, 5, 5),
    "soft_square": lambda: rectangle(2, 2, 5, 5, 0.7),
    "rounded_square": lambda: rectangle(2, 2, 5, 5, 0.9),
    "circle": lambda: circle(3.5, 3.5, 1.5),
    "full_circle": lambda: _fat_circle(1.66),
    "dot": lambda: circle(3.5, 3.5, 1.47),
    "full_dot": lambda: _fat_circle(1.64),
    "star": lambda: star(3.5, 3.5, 1.7, 1.32, 5, radius=0.1),
    "fine_star": _fine_star,
    "full_star": lambda: star(3.5, 3.55, 1.96, 1.66, 5, radius=0.1),
    "diamond": lambda: star(3.5, 3.5, 1.8, 1.48, 4, radius=0.1),
    "fine_diamond": lambda: star(3.5, 3.5, 1.88, 1.33, 4, radius=0.3),
    "full_diamond": lambda: star(3.5, 3.5, 1.68, 1.8, 4, radius=0.1),
    "cross": lambda: _cross(1.95, 1.2, 1.0),
    "fine_cross": lambda: _cross(1.95, 1.15, 0.85),
    "full_cross": lambda: _cross(1.95, 1.4, 1.18),
    "plus": lambda: _plus(1.95, 0.45),
    "full_plus": lambda: _plus(1.95, 0.35),
    "heart": _heart,
    "full_heart": lambda: _heart(1.6),
    "leaf": lambda: rectangle(2, 2, 5, 5, (0, 1.2, 0, 1.2)),
    "arrow": lambda: polygon([(2, 2), (5, 2), (5, 4.5), (4.5, 5), (2, 5)]),
    "bars_horizontal": _bars,
    "bars_vertical": lambda: rotate_quarters(_bars(), 1, 7),
    "hexagon": _hexagon,
    "shield": lambda: shield(1.5),
    "crystal": _crystal,
    "flower": lambda: blossom(6, 0.9, 0.8),
}
"""What is ``full`` has fuller diagonals, what is ``fine`` has slimmer ones; `eyes.matching_styles` chooses."""
