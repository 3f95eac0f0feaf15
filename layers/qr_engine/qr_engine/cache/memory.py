"""The memory tier: the entries that this execution environment used last, bounded in bytes and in time."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from time import monotonic

from .entry import Entry

__all__ = ["MemoryTier"]

OVERHEAD = 700
"""Bytes that CPython takes for one entry besides its contents: objects, key and table slots (measured)."""


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
        self._entries: OrderedDict[str, tuple[Entry, float]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, key: str) -> Entry | None:
        """The entry under `key`, which becomes the last to go."""
        found = self._entries.get(key)
        if found is None:
            return None
        entry, expires = found
        if monotonic() >= expires:
            self.drop(key)
            return None
        self._entries.move_to_end(key)
        return entry

    def put(self, key: str, entry: Entry) -> None:
        """Keep `entry`; the least recently used go to make room, and what alone exceeds the limit is not kept."""
        self.drop(key)
        size = entry.size + OVERHEAD
        if size > self.limit:
            return
        self._entries[key] = (entry, monotonic() + self.ttl)
        self.bytes += size
        while self.bytes > self.limit:
            self.drop(next(iter(self._entries)))

    def drop(self, key: str) -> None:
        """Forget what is under `key`, if anything is."""
        found = self._entries.pop(key, None)
        if found is not None:
            self.bytes -= found[0].size + OVERHEAD

    def clear(self, chosen: Callable[[Entry], bool]) -> int:
        """Forget the entries that `chosen` picks; how many those were."""
        now = monotonic()
        stale = [key for key, (_, expires) in self._entries.items() if now >= expires]
        for key in stale:
            self.drop(key)
        picked = [key for key, (entry, _) in self._entries.items() if chosen(entry)]
        for key in picked:
            self.drop(key)
        return len(picked)
