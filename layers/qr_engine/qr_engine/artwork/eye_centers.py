"""Centres of eyes: shapes of three modules by three in the middle of a square of seven."""

from __future__ import annotations

from collections.abc import Callable
from math import cos, pi, sin
from typing import Final

from .eye_borders import blossom, shield
from .model import Path
from .paths import circle, polygon, rectangle, rotate_quarters, smooth, star

__all__ = ["CENTER_DRAWINGS", "draw_cross", "draw_heart", "draw_plus"]


def _bars() -> Path:
    """Draw a wide bar between two narrow ones, on a spine so wide that no line through the middle meets a gap.

    Three of the same width would look like the eye's middle to a reader that takes a row above the spine.
    """
    bars = [rectangle(2, 2, 5, 2.5, 0.15), rectangle(2, 2.7, 5, 4.3, 0.15), rectangle(2, 4.5, 5, 5, 0.15)]
    return tuple([command for bar in [*bars, rectangle(2.3, 2.3, 4.7, 4.7)] for command in bar])


def _fat_circle(half: float, fullness: float) -> Path:
    """Draw a superellipse; a `fullness` of 0.55 gives a circle, and 1 nearly a square."""
    handle = fullness * half
    quarter: Path = (("M", 3.5, 3.5 - half), ("C", 3.5 + handle, 3.5 - half, 3.5 + half, 3.5 - handle, 3.5 + half, 3.5))
    quarters = [rotate_quarters(quarter, k, 7)[1] for k in range(4)]
    return (quarter[0], *quarters, ("Z",))


def _seal_star() -> Path:
    """Draw a star whose lowest notch is shallow: between two legs, jsQR would take one of them for the middle."""
    reaches = (1.9, 1.31, 1.9, 1.31, 1.9, 1.51, 1.9, 1.31, 1.9, 1.31)
    corners = [(3.5 + reach * sin(pi * k / 5), 3.56 - reach * cos(pi * k / 5)) for k, reach in enumerate(reaches)]
    return polygon(corners, 0.1)


def draw_cross(near: float, wide: float, notch: float) -> Path:
    """Draw a cross whose arms widen outwards, so that its middle lines are as long as those of a square."""
    arm = [(3.5 - notch, 3.5 - notch), (3.5 - wide, near), (3.5 + wide, near)]
    arms = [arm]
    for _ in range(3):
        arms.append([(7 - y, x) for x, y in arms[-1]])
    return polygon([point for points in arms for point in points], 0.08)


def draw_heart(scale: float, middle: float = 3.5) -> Path:
    """Draw a heart, in units of `scale` modules around the height `middle`."""
    half = [(0.0, -0.74), (0.5, -1.03), (0.95, -0.78), (1.03, -0.15), (0.84, 0.42), (0.45, 0.85)]
    around = [*half, (0.0, 1.12), *[(-x, y) for x, y in reversed(half[1:])]]
    return smooth([(3.5 + scale * x, middle + scale * y) for x, y in around])


def draw_plus(near: float, notch: float) -> Path:
    """Draw a square from `near` to 7 less `near`, with a notch in each corner."""
    a, b, c, d = near, near + notch, 7 - near - notch, 7 - near
    return polygon(
        [(b, a), (c, a), (c, b), (d, b), (d, c), (c, c), (c, d), (b, d), (b, c), (a, c), (a, b), (b, b)], 0.1
    )


def _hexagon() -> Path:
    return polygon([(2.54, 2), (4.46, 2), (5.07, 3.5), (4.46, 5), (2.54, 5), (1.93, 3.5)], 0.2)


def _crystal() -> Path:
    return rotate_quarters(_hexagon(), 1, 7)


CENTER_DRAWINGS: Final[dict[str, Callable[[], Path]]] = {
    "square": lambda: rectangle(2, 2, 5, 5),
    "hard_square": lambda: rectangle(2, 2, 5, 5, 0.5),
    "soft_square": lambda: rectangle(2, 2, 5, 5, 0.58),
    "fine_square": lambda: rectangle(2, 2, 5, 5, 0.9),
    "rounded_square": lambda: rectangle(2, 2, 5, 5, 0.9),
    "full_rounded_square": lambda: rectangle(1.94, 1.94, 5.06, 5.06, 0.72),
    "fine_rounded_square": lambda: rectangle(2, 2, 5, 5, 1.25),
    "circle": lambda: _fat_circle(1.62, 0.7),
    "full_circle": lambda: _fat_circle(1.66, 0.75),
    "fine_circle": lambda: circle(3.5, 3.5, 1.5),
    "bead": lambda: _fat_circle(1.64, 0.7),
    "dot": lambda: _fat_circle(1.58, 0.7),
    "full_dot": lambda: _fat_circle(1.63, 0.72),
    "fine_dot": lambda: circle(3.5, 3.5, 1.47),
    "star": lambda: star(3.5, 3.6, 1.9, 1.5, 5, radius=0.1),
    "full_star": lambda: star(3.5, 3.62, 2, 1.6, 5, radius=0.1),
    "long_star": lambda: star(3.5, 3.67, 2.15, 1.54, 5, radius=0.1),
    "fine_star": lambda: star(3.5, 3.5, 1.7, 1.32, 5, radius=0.1),
    "seal_star": _seal_star,
    "diamond": lambda: star(3.5, 3.5, 1.72, 1.84, 4, radius=0.1),
    "full_diamond": lambda: star(3.5, 3.5, 1.69, 1.88, 4, radius=0.1),
    "fine_diamond": lambda: star(3.5, 3.5, 1.74, 1.42, 4, radius=0.3),
    "cross": lambda: draw_cross(1.95, 1.3, 1.1),
    "full_cross": lambda: draw_cross(1.95, 1.4, 1.18),
    "fine_cross": lambda: draw_cross(1.95, 1.15, 0.85),
    "plus": lambda: draw_plus(1.92, 0.4),
    "full_plus": lambda: draw_plus(1.92, 0.28),
    "fine_plus": lambda: draw_plus(1.95, 0.5),
    "heart": lambda: draw_heart(1.62, 3.52),
    "full_heart": lambda: draw_heart(1.63),
    "fine_heart": lambda: draw_heart(1.45, 3.52),
    "leaf": lambda: rectangle(2, 2, 5, 5, (0, 1.2, 0, 1.2)),
    "arrow": lambda: polygon([(2, 2), (5, 2), (5, 4.53), (4.53, 5), (2, 5)]),
    "bars_horizontal": _bars,
    "bars_vertical": lambda: rotate_quarters(_bars(), 1, 7),
    "hexagon": _hexagon,
    "shield": lambda: shield(1.5),
    "crystal": _crystal,
    "flower": lambda: blossom(6, 0.78, 0.86),
}
"""What is ``full`` has fuller diagonals, what is ``fine`` has slimmer ones; `eyes.matching_styles` chooses."""
