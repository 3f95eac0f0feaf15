"""The cost of drawing a logo, and the size at which it can be drawn within a time limit."""

from __future__ import annotations

from math import sqrt
from typing import Final, NamedTuple

__all__ = ["DRAWING_SECONDS", "Cost"]

DRAWING_SECONDS: Final = 0.2
"""Time limit of one drawing of a logo on one vCPU; a logo that would take longer is drawn smaller, then enlarged."""


class Cost(NamedTuple):
    """The cost of one drawing in nanoseconds of one vCPU, beyond an empty drawing of the same size.

    Attributes
    ----------
    fixed
        The part that is the same at any size.
    row, pixel
        The cost of each row of pixels, and of each pixel.
    """

    fixed: float = 0.0
    row: float = 0.0
    pixel: float = 0.0

    def seconds(self, width: float, height: float) -> float:
        """Estimate the seconds that a drawing of this width and height takes, both in pixels."""
        return (self.fixed + self.row * height + self.pixel * width * height) / 1e9

    def scale(self, width: float, height: float, seconds: float) -> float:
        """Return the largest factor, up to 1, by which to scale a drawing so that it takes at most `seconds`."""
        left = seconds * 1e9 - self.fixed
        if self.seconds(width, height) <= seconds or left <= 0:
            return 1.0
        area, half = self.pixel * width * height, self.row * height / 2
        return (sqrt(half * half + area * left) - half) / area if area else left / (2 * half)
