"""The memory tier: the entries that this execution environment used last, bounded in bytes and in time."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from time import monotonic

import msgspec

from .entry import Entry

__all__ = ["MemoryTier"]

OVERHEAD = 900
"""Bytes that CPython takes for one entry besides its contents: objects, key and table slots (measured)."""


class _Slot(msgspec.Struct):
    entry: Entry
    expires: float
    drawn_for: int
    hits: int = 0


class MemoryTier:
    """A least-recently-used cache.

    Parameters
    ----------
    limit
        Bytes that it may take, overhead included.
    ttl
        Seconds after which an entry is forgotten.
    """

    def __init__(self, limit: int, ttl: float) -> None:
        self.limit = limit
        self.ttl = ttl
        self.bytes = 0
        self.hits = 0
        self.evictions = 0
        self._slots: OrderedDict[str, _Slot] = OrderedDict()

    def __len__(self) -> int:
        return len(self._slots)

    def get(self, key: str) -> Entry | None:
        """Return the entry under `key`, unless it has expired; it becomes the last to go."""
        held = self._slots.get(key)
        if held is None or monotonic() >= held.expires:
            return None
        self._slots.move_to_end(key)
        held.hits += 1
        self.hits += 1
        return held.entry

    def expired_hits(self, key: str) -> int:
        """Return the hits of the entry under `key`, which `get` has found to be expired; 0 if there is none."""
        held = self._slots.get(key)
        return held.hits if held is not None else 0

    def holds(self, key: str) -> bool:
        """Tell whether there is an entry under `key`, without using it."""
        held = self._slots.get(key)
        return held is not None and monotonic() < held.expires

    def put(self, key: str, entry: Entry, *, lookups: int = 0) -> None:
        """Keep `entry`; the least recently used go to make room, and what alone exceeds the limit is not kept.

        Parameters
        ----------
        lookups
            How many lookups it was drawn for.
        """
        before = self._slots.get(key)
        self.drop(key)
        size = entry.size + OVERHEAD
        if size > self.limit:
            return
        held = self._slots[key] = _Slot(entry, monotonic() + self.ttl, lookups)
        if before is not None:
            held.drawn_for, held.hits = held.drawn_for + before.drawn_for, before.hits
        self.bytes += size
        while self.bytes > self.limit:
            self.drop(next(iter(self._slots)))
            self.evictions += 1

    def drop(self, key: str) -> None:
        """Forget what is under `key`, if anything is."""
        held = self._slots.pop(key, None)
        if held is not None:
            self.bytes -= held.entry.size + OVERHEAD

    def clear(self, chosen: Callable[[Entry], bool]) -> tuple[int, int]:
        """Forget the entries that `chosen` picks; return how many those were, and the bytes that are free now."""
        now, before = monotonic(), self.bytes
        for key in [key for key, held in self._slots.items() if now >= held.expires]:
            self.drop(key)
        picked = [key for key, held in self._slots.items() if chosen(held.entry)]
        for key in picked:
            self.drop(key)
        return len(picked), before - self.bytes

    def popular(self, count: int) -> list[tuple[str, Entry, int]]:
        """Return the entries that were looked up most, the first first: their keys, themselves and their lookups."""
        ranked = [
            (key, held.entry, held.drawn_for + held.hits)
            for key, held in self._slots.items()
            if held.drawn_for + held.hits and held.entry.request_to_remember
        ]
        # Only operators ask for this.
        from heapq import nlargest

        return nlargest(count, ranked, key=lambda ranking: ranking[2])
