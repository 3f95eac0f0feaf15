"""What it costs to draw a picture that is laid over an artwork, and how large it may be drawn for that."""

from __future__ import annotations

from math import sqrt
from typing import Final, NamedTuple

__all__ = ["DRAWING_SECONDS", "Cost"]

DRAWING_SECONDS: Final = 0.2
"""Of one vCPU, for one drawing of a logo; what would take longer is drawn smaller, and enlarged."""


class Cost(NamedTuple):
    """What one drawing takes, in nanoseconds of one vCPU, over what an empty one of the size takes.

    Attributes
    ----------
    fixed
        At any size.
    row, pixel
        For each pixel of its height, and for each of its pixels.
    """

    fixed: float = 0.0
    row: float = 0.0
    pixel: float = 0.0

    def seconds(self, width: float, height: float) -> float:
        """Estimate the time that a drawing of so many pixels takes."""
        return (self.fixed + self.row * height + self.pixel * width * height) / 1e9

    def scale(self, width: float, height: float, seconds: float) -> float:
        """Return the largest factor, up to 1, with which a drawing takes no more than so many seconds."""
        left = seconds * 1e9 - self.fixed
        if self.seconds(width, height) <= seconds or left <= 0:
            return 1.0
        area, half = self.pixel * width * height, self.row * height / 2
        return (sqrt(half * half + area * left) - half) / area if area else left / (2 * half)
