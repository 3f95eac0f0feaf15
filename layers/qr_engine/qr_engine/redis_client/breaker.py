"""A circuit breaker: leave a failing Redis alone for a short pause that grows, then try once."""

from __future__ import annotations

import os
from time import monotonic

__all__ = ["Breaker"]

FIRST_PAUSE = 0.2
LONGEST_PAUSE = 2.5
"""Seconds; short enough that hits are back within 5 s of a recovery."""


class Breaker:
    """Closed while Redis answers; each failure opens it for a pause, which doubles with each failure in a row.

    Attributes
    ----------
    failures
        Failures since the last success.
    """

    def __init__(self) -> None:
        self.failures = 0
        self._closed_from = 0.0

    @property
    def is_open(self) -> bool:
        """Whether to leave Redis alone now."""
        return self.failures > 0 and monotonic() < self._closed_from

    def record_success(self) -> None:
        """Note that Redis answered."""
        self.failures = 0

    def record_failure(self) -> None:
        """Note that Redis did not answer; the pause is jittered, so that environments do not all come back at once."""
        pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(self.failures, 10))
        self.failures += 1
        self._closed_from = monotonic() + pause * (0.7 + 0.3 * _random_fraction())


def _random_fraction() -> float:
    """Return a random number from 0 to 1 from the system: environments from one SnapStart image share Python's seed."""
    return int.from_bytes(os.urandom(4), "big") / 0xFFFF_FFFF
