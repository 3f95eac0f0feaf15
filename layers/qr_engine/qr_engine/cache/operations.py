"""One lookup and one store, as data, for requests that bring one of them or a hundred."""

from __future__ import annotations

import msgspec

from .entry import Entry, request_to_remember

__all__ = ["LEASE_MS", "LeasedElsewhere", "LookupRequest", "StoreRequest"]

LEASE_MS = 10_000
"""The longest that others wait for one drawing."""


class LookupRequest(msgspec.Struct, frozen=True):
    """One lookup; its key is unique within an exchange.

    Attributes
    ----------
    key, request
        The cache key, and the canonical request that the entry has to answer.
    lease_ms
        The longest that the caller may hold the lease to draw the picture, and that `Cache.lookup` waits for another
        environment to draw it.
    recipe
        What popularity remembers instead of the request; None for the request itself, empty for nothing.
    is_quick
        Whether drawing the picture is faster than connecting to Redis. If so, the first lookup may skip Redis and leave
        connecting to the next one.
    weight
        How many lookups this one counts for in the popularity: one, and the earlier hits of the memory tier.
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
        """What popularity remembers of the request; empty for nothing."""
        return request_to_remember(self.request, self.recipe)


class LeasedElsewhere(msgspec.Struct, frozen=True):
    """The result of a lookup while another environment draws the picture; it holds the lease for `left_ms` more.

    The lookup counts neither as a hit nor as a miss; the lookup that follows does.
    """

    left_ms: int


class StoreRequest(msgspec.Struct, frozen=True):
    """One entry to keep, and how many lookups it was drawn for: 0 if nobody has requested it yet."""

    key: str
    entry: Entry
    lookups: int = 1
