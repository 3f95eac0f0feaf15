"""Counting lookups so that none is lost while Redis is away."""

from __future__ import annotations

import msgspec

__all__ = ["Counters"]


class Counters(msgspec.Struct, kw_only=True):
    """What has been counted and, where there is a Redis, is not yet recorded there.

    A hit of the memory tier, and anything that happens while Redis does not answer, is noted here and goes along with
    the next round trip. What an environment has not recorded when it ends is lost with it.
    """

    hits: int = 0
    misses: int = 0
    sets: int = 0
    errors: int = 0

    def pairs(self) -> list[str | int]:
        """The names and values that are not zero, alternating, as HINCRBY takes them."""
        return [item for pair in msgspec.structs.asdict(self).items() if pair[1] for item in pair]

    def reset(self) -> None:
        """Start again from zero, once all has been recorded."""
        self.hits = self.misses = self.sets = self.errors = 0

    def add(self, other: Counters) -> None:
        """Add what `other` counted."""
        self.hits += other.hits
        self.misses += other.misses
        self.sets += other.sets
        self.errors += other.errors
