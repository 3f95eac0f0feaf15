"""From values to places on an axis, and the ticks that belong on it."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil, floor, log10

import msgspec

__all__ = ["Scale", "format_tick", "linear", "logarithmic"]


class Scale(msgspec.Struct, frozen=True):
    """An axis.

    Attributes
    ----------
    least, most
        The values at its ends.
    ticks
        Those that are written beside it.
    logarithmic
        Whether equal distances are equal ratios.
    """

    least: float
    most: float
    ticks: tuple[float, ...]
    logarithmic: bool = False

    def place(self, value: float) -> float:
        """Where `value` is, from 0 at the beginning of the axis to 1 at its end; what lies beyond is put at the end."""
        low, high, at = self.least, self.most, min(max(value, self.least), self.most)
        if self.logarithmic:
            low, high, at = log10(low), log10(high), log10(at)
        return (at - low) / (high - low)


def linear(values: Iterable[float], *, most: float | None = None, ticks: int = 5) -> Scale:
    """Make an axis from 0 to a round number not below any of `values`, or to `most`."""
    highest = most or max(values, default=0) or 1
    exponent = 10 ** floor(log10(highest / ticks))
    step = next(exponent * factor for factor in (1, 2, 2.5, 5, 10) if exponent * factor * ticks >= highest * 0.999)
    count = ceil(highest / step - 1e-9)
    return Scale(0, most or count * step, tuple([round(step * number, 10) for number in range(count + 1)]))


def logarithmic(values: Iterable[float]) -> Scale:
    """Make an axis between powers of ten that hold all `values`, which are above 0."""
    ticks = [value for value in values if value > 0] or [1.0]
    low, high = floor(log10(min(ticks)) + 1e-9), ceil(log10(max(ticks)) - 1e-9)
    high = max(high, low + 1)
    return Scale(10.0**low, 10.0**high, tuple([10.0**power for power in range(low, high + 1)]), logarithmic=True)


def format_tick(value: float) -> str:
    """Return a number as it is written at a tick: with separators, and without zeros that say nothing."""
    if value >= 1000:
        return f"{value:,.0f}"
    return f"{value:.6f}".rstrip("0").rstrip(".")
