"""CPU time as a quiet machine would take it, for bounds that a slow or busy one must not break.

A fixed piece of work is timed just before and just after what is measured. If it takes twice as long as on that
machine, so does everything else, and half of the time that was measured counts.
"""

from __future__ import annotations

import json
import zlib
from time import process_time

__all__ = ["Stopwatch", "slowness"]

REFERENCE_SECONDS = 0.02
BODY = zlib.compress(bytes(range(256)) * 40_000)
VALUES = list(range(20_000))


def slowness() -> float:
    """How many times as long as on the quiet machine a piece of work takes now; never below 1."""
    started = process_time()
    zlib.decompress(BODY)
    sum(number % 7 for number in range(60_000))
    json.loads(json.dumps(VALUES))
    return max(1.0, (process_time() - started) / REFERENCE_SECONDS)


class Stopwatch:
    """Measures what is within its ``with``; `seconds` is there afterwards."""

    seconds: float
    """CPU seconds of this process, as the quiet machine would take them."""

    def __enter__(self) -> Stopwatch:
        self._slowness = slowness()
        self._started = process_time()
        return self

    def __exit__(self, *_: object) -> None:
        taken = process_time() - self._started
        self.seconds = taken / max(self._slowness, slowness())
