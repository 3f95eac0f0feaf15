"""What paired measurements say about a ratio: its median, an interval around that, and a verdict."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import comb
from statistics import median
from typing import Literal

import msgspec

__all__ = ["CONFIDENCE", "THRESHOLD", "Interval", "Verdict", "interval", "judge"]

CONFIDENCE = 0.95
THRESHOLD = 1.05
"""The ratio that the whole interval has to be beyond."""

Verdict = Literal["slower", "faster", ""]


class Interval(msgspec.Struct, frozen=True):
    """The median of some ratios, and bounds between which the true median lies with a probability of `CONFIDENCE`."""

    low: float
    median: float
    high: float

    @property
    def verdict(self) -> Verdict:
        """Whether all of it lies beyond `THRESHOLD`, on one side or on the other."""
        if self.low > THRESHOLD:
            return "slower"
        return "faster" if self.high < 1 / THRESHOLD else ""


def interval(ratios: Sequence[float]) -> Interval | None:
    """Return the interval of the median by order statistics, whatever the distribution of the ratios.

    The k-th smallest and the k-th largest of n ratios have the true median between them unless fewer than k ratios
    fell on one side of it, which a binomial distribution tells (Conover, Practical Nonparametric Statistics, 3.2). The
    largest such k is taken.

    Returns
    -------
    None for fewer than six ratios, of which not even the smallest and the largest are far enough apart.
    """
    count = len(ratios)
    missed, depth = 0.0, 0
    while (missed := missed + 2 * comb(count, depth) / 2**count) <= 1 - CONFIDENCE:
        depth += 1
    if depth == 0:
        return None
    ordered = sorted(ratios)
    return Interval(ordered[depth - 1], median(ordered), ordered[-depth])


def judge(measure: Callable[[], Sequence[float]]) -> tuple[Interval | None, Verdict]:
    """Measure ratios, and once more where they say "slower"; only what says so twice is slower.

    Returns
    -------
    The last interval, None where there were too few ratios, and the verdict.
    """
    found = interval(measure())
    if found is not None and found.verdict == "slower":
        found = interval(measure())
    return found, found.verdict if found is not None else ""
