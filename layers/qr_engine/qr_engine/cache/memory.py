"""The memory tier: the entries that this execution environment used last, limited in bytes and in age."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from time import monotonic

import msgspec

from .entry import Entry

__all__ = ["MemoryTier"]

OVERHEAD = 900
"""Bytes that CPython needs for one entry in addition to its contents: objects, key and table slots (measured)."""


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
        Bytes that the tier may use, overhead included.
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
        """Return the entry under `key`, unless it has expired, and mark it as the most recently used."""
        held = self._slots.get(key)
        if held is None or monotonic() >= held.expires:
            return None
        self._slots.move_to_end(key)
        held.hits += 1
        self.hits += 1
        return held.entry

    def expired_hits(self, key: str) -> int:
        """Return the hits of the entry under `key` that `get` has found to be expired; 0 if there is none."""
        held = self._slots.get(key)
        return held.hits if held is not None else 0

    def holds(self, key: str) -> bool:
        """Return whether there is an entry under `key`, without marking it as used."""
        held = self._slots.get(key)
        return held is not None and monotonic() < held.expires

    def put(self, key: str, entry: Entry, *, lookups: int = 0) -> None:
        """Keep `entry` and drop the least recently used ones to make room; a larger entry than the limit is not kept.

        Parameters
        ----------
        lookups
            How many lookups the entry was drawn for.
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
        """Forget the entry under `key`, if there is one."""
        held = self._slots.pop(key, None)
        if held is not None:
            self.bytes -= held.entry.size + OVERHEAD

    def clear(self, chosen: Callable[[Entry], bool]) -> tuple[int, int]:
        """Forget the entries that `chosen` picks; return how many there were, and the bytes freed."""
        now, before = monotonic(), self.bytes
        for key in [key for key, held in self._slots.items() if now >= held.expires]:
            self.drop(key)
        picked = [key for key, held in self._slots.items() if chosen(held.entry)]
        for key in picked:
            self.drop(key)
        return len(picked), before - self.bytes

    def popular(self, count: int) -> list[tuple[str, Entry, int]]:
        """Return the entries that were looked up most, most popular first, each with its key and its lookups."""
        ranked = [
            (key, held.entry, held.drawn_for + held.hits)
            for key, held in self._slots.items()
            if held.drawn_for + held.hits and held.entry.request_to_remember
        ]
        # Only operators need this import.
        from heapq import nlargest

        return nlargest(count, ranked, key=lambda ranking: ranking[2])
