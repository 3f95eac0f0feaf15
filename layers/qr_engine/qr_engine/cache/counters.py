"""Counting lookups so that none is lost while Redis is away."""

from __future__ import annotations

import msgspec

from .entry import Entry

__all__ = ["Counters"]


class Counters(msgspec.Struct, kw_only=True):
    """What has been counted and, where there is a Redis, is not yet recorded there.

    A hit of the memory tier, and anything that happens while Redis does not answer, is noted here and goes along with
    the next round trip. What an environment has not recorded when it ends is lost with it.

    Attributes
    ----------
    memory_hits, redis_hits, misses
        Lookups, by what answered them.
    sets
        Entries stored.
    errors
        Failures of Redis that were passed over.
    plain_bytes, stored_bytes
        Pictures stored, before and after compression.
    """

    memory_hits: int = 0
    redis_hits: int = 0
    misses: int = 0
    sets: int = 0
    errors: int = 0
    plain_bytes: int = 0
    stored_bytes: int = 0

    @classmethod
    def of_stored(cls, entry: Entry, times: int = 1) -> Counters:
        """Return what storing `entry` counts, or, with `times` -1, what takes that back."""
        return cls(sets=times, plain_bytes=times * entry.length, stored_bytes=times * len(entry.body))

    @property
    def hits(self) -> int:
        """Hits of either tier."""
        return self.memory_hits + self.redis_hits

    def pairs(self) -> list[str | int]:
        """Return the names and values that are not zero, alternating, as HINCRBY takes them."""
        return [item for pair in msgspec.structs.asdict(self).items() if pair[1] for item in pair]

    def add(self, name: str, amount: int = 1) -> None:
        """Count `amount` more of `name`."""
        setattr(self, name, getattr(self, name) + amount)

    def merge(self, other: Counters) -> None:
        """Add what `other` counted."""
        for name, amount in msgspec.structs.asdict(other).items():
            self.add(name, amount)

    def take(self) -> Counters:
        """All that was counted so far, to be recorded; counting goes on from zero."""
        taken = Counters()
        # Nothing is owed between most lookups, and to see that must cost nothing.
        if self != taken:
            taken.merge(self)
            for name in Counters.__struct_fields__:
                setattr(self, name, 0)
        return taken
