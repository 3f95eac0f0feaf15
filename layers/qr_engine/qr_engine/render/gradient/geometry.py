"""Gradients as geometry: where a gradient begins and ends, and how far along it a point lies."""

from __future__ import annotations

from math import atan2, cos, hypot, pi, radians, sin
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from ...artwork.model import Gradient

__all__ = ["axis", "center", "end_radius", "fraction_function", "is_opaque"]


def is_opaque(gradient: Gradient) -> bool:
    """Return whether all stops are opaque."""
    return all(stop.color.opaque for stop in gradient.stops)


def axis(gradient: Gradient) -> tuple[float, float, float, float]:
    """Return x and y of the first and of the last stop of a linear gradient, in modules (CSS Images 3, 3.1)."""
    left, top, right, bottom = gradient.box
    angle = radians(gradient.angle)
    across, down = cos(angle), sin(angle)
    half = (abs((right - left) * across) + abs((bottom - top) * down)) / 2
    x, y = (left + right) / 2, (top + bottom) / 2
    return x - across * half, y - down * half, x + across * half, y + down * half


def center(gradient: Gradient) -> tuple[float, float]:
    """Return x and y of a gradient's centre, in modules; linear gradients have none."""
    left, top, right, bottom = gradient.box
    across, down = gradient.center
    return left + (right - left) * across, top + (bottom - top) * down


def end_radius(gradient: Gradient) -> float:
    """Return the distance from the centre to the farthest corner, in modules; for a diamond along the sides."""
    left, top, right, bottom = gradient.box
    x, y = center(gradient)
    width, height = max(x - left, right - x), max(y - top, bottom - y)
    return width + height if gradient.kind == "diamond" else hypot(width, height)


def fraction_function(gradient: Gradient, facing: float = 0.0) -> Callable[[float, float], float]:
    """Return the function from a point to its fraction of the gradient: 0 at the first stop, 1 at the last.

    Beyond the stops, the fraction goes below 0 and above 1. For the turning kinds it jumps by 1 along the ray from the
    centre opposite to the direction `facing`, in radians, so a caller that draws one side of the centre at a time can
    avoid the jump.
    """
    return _FRACTION_FUNCTIONS[gradient.kind](gradient, facing)


def _linear(gradient: Gradient, _facing: float) -> Callable[[float, float], float]:
    x, y, end_x, end_y = axis(gradient)
    square = (end_x - x) ** 2 + (end_y - y) ** 2 or 1.0
    across, down = (end_x - x) / square, (end_y - y) / square
    return lambda px, py: (px - x) * across + (py - y) * down


def _radial(gradient: Gradient, _facing: float) -> Callable[[float, float], float]:
    (x, y), radius = center(gradient), end_radius(gradient)
    return lambda px, py: hypot(px - x, py - y) / radius


def _diamond(gradient: Gradient, _facing: float) -> Callable[[float, float], float]:
    (x, y), radius = center(gradient), end_radius(gradient)
    return lambda px, py: (abs(px - x) + abs(py - y)) / radius


def _conic(gradient: Gradient, facing: float) -> Callable[[float, float], float]:
    x, y = center(gradient)
    across, down = cos(facing), sin(facing)
    start = facing - radians(gradient.angle)

    def fraction_at(px: float, py: float) -> float:
        dx, dy = px - x, py - y
        return (start + atan2(dy * across - dx * down, dx * across + dy * down)) / (2 * pi)

    return fraction_at


def _spiral(gradient: Gradient, facing: float) -> Callable[[float, float], float]:
    conic, radial = _conic(gradient, facing), _radial(gradient, facing)
    return lambda px, py: conic(px, py) + radial(px, py)


_FRACTION_FUNCTIONS: Final = {
    "linear": _linear,
    "radial": _radial,
    "diamond": _diamond,
    "conic": _conic,
    "spiral": _spiral,
}
