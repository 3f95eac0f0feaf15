"""Count lookups so that none is lost while Redis is away."""

from __future__ import annotations

import msgspec

from .entry import Entry

__all__ = ["Counters"]


class Counters(msgspec.Struct, kw_only=True):
    """What has been counted and, if there is a Redis, not yet recorded there.

    Hits of the memory tier, and everything that happens while Redis does not answer, are counted here and sent with the
    next round trip. If the environment ends first, these counts are lost.

    Attributes
    ----------
    memory_hits, redis_hits, misses
        Lookups, by the tier that answered.
    sets
        Entries stored.
    errors
        Failures of Redis that the request survived.
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
        """Return the counts of storing `entry`; with `times` -1, the counts that undo it."""
        return cls(sets=times, plain_bytes=times * entry.length, stored_bytes=times * len(entry.body))

    @property
    def hits(self) -> int:
        """Hits of either tier."""
        return self.memory_hits + self.redis_hits

    def pairs(self) -> list[str | int]:
        """Return the names and values that are not zero, alternating, as arguments of HINCRBY."""
        return [item for pair in msgspec.structs.asdict(self).items() if pair[1] for item in pair]

    def add(self, name: str, amount: int = 1) -> None:
        """Count `amount` more of `name`."""
        setattr(self, name, getattr(self, name) + amount)

    def merge(self, other: Counters) -> None:
        """Add the counts of `other`."""
        for name, amount in msgspec.structs.asdict(other).items():
            self.add(name, amount)

    def take(self) -> Counters:
        """Return all that was counted so far, to be recorded, and start again at zero."""
        taken = Counters()
        # Most lookups have nothing to take, and noticing that must cost nothing.
        if self != taken:
            taken.merge(self)
            for name in Counters.__struct_fields__:
                setattr(self, name, 0)
        return taken
