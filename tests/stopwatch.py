"""Time as a quiet machine would take it, for bounds that a slow or busy one must not break.

For CPU time, a fixed piece of work is timed just before and just after what is measured. If it takes twice as long as
on the quiet machine, so does everything else, and half of the time that was measured counts.

For the time that is lost to a timeout or a lock, only what the thread waits counts, without its work and without its
turns in the queue for a processor.
"""

from __future__ import annotations

import json
import zlib
from pathlib import Path
from time import monotonic, process_time, thread_time

__all__ = ["Stopwatch", "idle_seconds", "slowness"]

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


def idle_seconds() -> float:
    """Seconds, from any start, in which this thread neither ran nor wanted to."""
    now = monotonic()
    if not _SCHEDULE.exists():
        return now - thread_time()
    running, queueing, _ = _SCHEDULE.read_text().split()
    return now - (int(running) + int(queueing)) / 1e9


_SCHEDULE = Path("/proc/thread-self/schedstat")


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
