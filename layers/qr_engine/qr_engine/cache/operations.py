"""One lookup and one store, as data: whether a request brings one of them or a hundred."""

from __future__ import annotations

import msgspec

from .entry import Entry, request_to_remember

__all__ = ["LEASE_MS", "LeasedElsewhere", "LookupRequest", "StoreRequest"]

LEASE_MS = 10_000
"""The longest that one drawing keeps the others waiting."""


class LookupRequest(msgspec.Struct, frozen=True):
    """One lookup; no other of the same exchange has its key.

    Attributes
    ----------
    key, request
        The cache key, and the canonical request that the entry has to answer.
    lease_ms
        The longest that the caller may have the lease to draw it, and that `Cache.lookup` waits for another's drawing.
    recipe
        What popularity remembers in place of the request; None for the request itself, empty to pass it over.
    is_quick
        Whether drawing the picture takes less time than to connect to Redis, which the first lookup may then leave to
        the next one.
    weight
        How many lookups this one stands for in the entry's popularity: one, and the hits of the memory tier before.
    """

    key: str
    request: bytes
    lease_ms: float = LEASE_MS
    recipe: bytes | None = None
    is_quick: bool = False
    weight: int = 1

    def with_weight(self, weight: int) -> LookupRequest:
        """Return the same lookup with another weight."""
        return msgspec.structs.replace(self, weight=weight)

    @property
    def request_to_remember(self) -> bytes:
        """What popularity remembers of the request; empty where it passes it over."""
        return request_to_remember(self.request, self.recipe)


class LeasedElsewhere(msgspec.Struct, frozen=True):
    """What a lookup finds where another environment is drawing the picture, and has the lease for `left_ms` more.

    It has been counted neither as a hit nor as a miss: that is left to the lookup that follows.
    """

    left_ms: int


class StoreRequest(msgspec.Struct, frozen=True):
    """One entry to keep, and how many lookups it was drawn for: 0 if nobody asked for it yet."""

    key: str
    entry: Entry
    lookups: int = 1
