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


class _Held(msgspec.Struct):
    entry: Entry
    expires: float
    hits: int


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
        self._held: OrderedDict[str, _Held] = OrderedDict()

    def __len__(self) -> int:
        return len(self._held)

    def get(self, key: str) -> tuple[Entry | None, int]:
        """The entry under `key`, which becomes the last to go; or None, and the hits of one that has just expired."""
        held = self._held.get(key)
        if held is None:
            return None, 0
        if monotonic() >= held.expires:
            self.drop(key)
            return None, held.hits
        self._held.move_to_end(key)
        held.hits += 1
        self.hits += 1
        return held.entry, 0

    def holds(self, key: str) -> bool:
        """Whether there is an entry under `key`; this is no use of it."""
        held = self._held.get(key)
        return held is not None and monotonic() < held.expires

    def put(self, key: str, entry: Entry) -> None:
        """Keep `entry`; the least recently used go to make room, and what alone exceeds the limit is not kept."""
        self.drop(key)
        size = entry.size + OVERHEAD
        if size > self.limit:
            return
        self._held[key] = _Held(entry, monotonic() + self.ttl, 0)
        self.bytes += size
        while self.bytes > self.limit:
            self.drop(next(iter(self._held)))
            self.evictions += 1

    def drop(self, key: str) -> None:
        """Forget what is under `key`, if anything is."""
        held = self._held.pop(key, None)
        if held is not None:
            self.bytes -= held.entry.size + OVERHEAD

    def clear(self, chosen: Callable[[Entry], bool]) -> tuple[int, int]:
        """Forget the entries that `chosen` picks; how many those were, and the bytes that are free now."""
        now, before = monotonic(), self.bytes
        for key in [key for key, held in self._held.items() if now >= held.expires]:
            self.drop(key)
        picked = [key for key, held in self._held.items() if chosen(held.entry)]
        for key in picked:
            self.drop(key)
        return len(picked), before - self.bytes

    def popular(self, most: int) -> list[tuple[str, Entry, int]]:
        """The entries with the most hits, the first first: their keys, themselves and their hits."""
        ranked = sorted(self._held.items(), key=lambda item: -item[1].hits)[:most]
        return [(key, held.entry, held.hits) for key, held in ranked]
