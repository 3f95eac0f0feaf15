"""The first lookup of an environment, where it does not wait for a connection, and what Redis is owed for it."""

from __future__ import annotations

from .entry import Entry
from .redis_tier import RedisTier

__all__ = ["FirstLookup"]


class FirstLookup:
    """Whether Redis is passed over this once, and the entry that it gets later.

    Parameters
    ----------
    skips
        Whether the first lookup may go without Redis at all.

    Attributes
    ----------
    owed
        What to store before Redis is asked anything: key, entry, lookups, whether it is redrawable; None for nothing.
    """

    def __init__(self, *, skips: bool) -> None:
        self._due = skips
        self._key: str | None = None
        self.owed: tuple[str, Entry, int, bool] | None = None

    def skip(self, key: str, *, quick: bool) -> bool:
        """Whether the lookup of `key` goes without Redis: the first alone, and if the picture is quickly drawn."""
        due, self._due = self._due, False
        if due and quick:
            self._key = key
        return due and quick

    def drawn(self, key: str, entry: Entry, lookups: int, redrawable: bool) -> bool:
        """Whether `entry` is what the skipped lookup was for; then it is owed."""
        if not self.ended(key):
            return False
        self.owed = (key, entry, lookups, redrawable)
        return True

    def ended(self, key: str) -> bool:
        """Whether `key` is that of the skipped lookup, which holds no lease; this ends it."""
        same = key == self._key
        if same:
            self._key = None
        return same

    def settle(self, redis: RedisTier) -> None:
        """Store what is owed, with the miss that was counted; from then on Redis has it, or has failed as usual."""
        if self.owed is not None:
            key, entry, lookups, redrawable = self.owed
            self.owed = None
            redis.store(key, entry, lookups=lookups, redrawable=redrawable)
