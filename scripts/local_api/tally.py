"""Counts of all workers: the engine's metrics lines, added up in memory that every worker can read."""

from __future__ import annotations

import multiprocessing
import zlib
from bisect import bisect_left
from ctypes import addressof, memmove, string_at
from struct import Struct
from typing import TYPE_CHECKING

import msgspec

from qr_engine import observability

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["BOUNDS", "Board", "Histogram", "Tally", "add_up"]

BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""The upper bounds of a histogram's buckets, in seconds; one more bucket holds values beyond the last."""

SLOT_BYTES = 64 * 1024
"""Room for the tally of one worker: routes, outcomes and kinds of refusals are few."""

_HEAD = Struct("<II")
_OBSERVED = tuple(name for name, unit in observability.METRICS.items() if unit == "Milliseconds")


class Histogram(msgspec.Struct):
    """A distribution of durations.

    Attributes
    ----------
    counts
        How many values fall below each of `BOUNDS`, and beyond them; not cumulative.
    seconds
        The sum of all values.
    """

    counts: list[int] = msgspec.field(default_factory=lambda: [0] * (len(BOUNDS) + 1))
    seconds: float = 0.0

    def observe(self, seconds: float) -> None:
        """Add one value."""
        self.counts[bisect_left(BOUNDS, seconds)] += 1
        self.seconds += seconds

    def add(self, other: Histogram) -> None:
        """Add the values of another histogram."""
        self.counts = [own + its for own, its in zip(self.counts, other.counts, strict=True)]
        self.seconds += other.seconds


class Tally(msgspec.Struct):
    """The counts of one worker, or of all of them, since they started.

    Attributes
    ----------
    processes
        The process ids of the workers.
    requests
        Numbers of requests, by route and outcome.
    durations
        Durations of requests, by route.
    observed
        The durations among the engine's metrics, by name.
    counted
        The counters among the engine's metrics, by name.
    refusals
        Refusals by Redis, by kind.
    """

    processes: list[int] = msgspec.field(default_factory=list)
    requests: dict[str, dict[str, int]] = msgspec.field(default_factory=dict)
    durations: dict[str, Histogram] = msgspec.field(default_factory=dict)
    observed: dict[str, Histogram] = msgspec.field(default_factory=lambda: {name: Histogram() for name in _OBSERVED})
    counted: dict[str, float] = msgspec.field(
        default_factory=lambda: {name: 0.0 for name in observability.METRICS if name not in _OBSERVED}
    )
    refusals: dict[str, int] = msgspec.field(default_factory=dict)

    def record(
        self,
        route: str,
        outcome: str,
        milliseconds: float,
        pending: Mapping[str, list[float]],
        refusals: Mapping[str, int],
    ) -> None:
        """Add the values of one metrics line."""
        outcomes = self.requests.setdefault(route, {})
        outcomes[outcome] = outcomes.get(outcome, 0) + 1
        self.durations.setdefault(route, Histogram()).observe(milliseconds / 1000)
        for name, values in pending.items():
            if name in self.observed:
                for value in values:
                    self.observed[name].observe(value / 1000)
            else:
                self.counted[name] = self.counted.get(name, 0.0) + sum(values)
        for kind, times in refusals.items():
            self.refusals[kind] = self.refusals.get(kind, 0) + times


def add_up(tallies: Iterable[Tally]) -> Tally:
    """Add up the tallies of all workers."""
    total = Tally()
    for tally in tallies:
        total.processes += tally.processes
        for route, outcomes in tally.requests.items():
            sums = total.requests.setdefault(route, {})
            for outcome, times in outcomes.items():
                sums[outcome] = sums.get(outcome, 0) + times
        for own, its in ((total.durations, tally.durations), (total.observed, tally.observed)):
            for name, histogram in its.items():
                own.setdefault(name, Histogram()).add(histogram)
        for name, value in tally.counted.items():
            total.counted[name] = total.counted.get(name, 0.0) + value
        for kind, times in tally.refusals.items():
            total.refusals[kind] = total.refusals.get(kind, 0) + times
    return total


class Board:
    """Memory that the workers share: each writes its own tally into its own slot, and reads all.

    The server passes it to the workers when it starts them; it is in no named file.

    Parameters
    ----------
    workers
        How many there are.
    """

    def __init__(self, workers: int) -> None:
        context = multiprocessing.get_context("spawn")
        self._workers = workers
        self._taken = context.Value("i", 0)
        self._memory = context.RawArray("B", workers * SLOT_BYTES)

    def take_slot(self) -> int:
        """Take the next free slot."""
        with self._taken.get_lock():
            slot: int = self._taken.value
            self._taken.value += 1
        return slot % self._workers

    def write(self, slot: int, tally: Tally) -> None:
        """Store the tally of the worker that has `slot`; only this worker may do so."""
        content = msgspec.msgpack.encode(tally)
        if len(content) > SLOT_BYTES - _HEAD.size:
            return
        # No lock, because a worker that is killed would never release it. Instead, a reader recognises half-written
        # data by the checksum, and reads again.
        value = _HEAD.pack(len(content), zlib.crc32(content)) + content
        memmove(addressof(self._memory) + slot * SLOT_BYTES, value, len(value))

    def read(self) -> list[Tally]:
        """Read the tallies of all workers that have written one."""
        tallies = (self._read_slot(slot) for slot in range(self._workers))
        return [tally for tally in tallies if tally is not None]

    def _read_slot(self, slot: int) -> Tally | None:
        for _ in range(100):
            value = string_at(addressof(self._memory) + slot * SLOT_BYTES, SLOT_BYTES)
            length, checksum = _HEAD.unpack_from(value)
            if not length:
                return None
            content = value[_HEAD.size : _HEAD.size + length]
            if zlib.crc32(content) == checksum:
                return msgspec.msgpack.decode(content, type=Tally)
        return None
