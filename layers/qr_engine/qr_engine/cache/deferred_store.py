"""Skip Redis for the first lookup after a cold start, and store the result before the next Redis command."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from .operations import LookupRequest, StoreRequest

__all__ = ["DeferredStore"]


class DeferredStore:
    """Whether to skip Redis this once, and the entry to store there later.

    Parameters
    ----------
    skips
        Whether the first lookup may do without Redis.

    Attributes
    ----------
    pending
        The entry to store before Redis is asked anything.
    """

    def __init__(self, *, skips: bool) -> None:
        self._may_skip = skips
        self._key: str | None = None
        self.pending: StoreRequest | None = None

    def skip(self, requests: Sequence[LookupRequest]) -> bool:
        """Decide whether `requests` skip Redis: only the very first request does, if it is alone and quick to draw."""
        if not self._may_skip or not requests:
            return False
        self._may_skip = False
        if len(requests) > 1 or not requests[0].is_quick:
            return False
        self._key = requests[0].key
        return True

    def defer(self, request: StoreRequest) -> bool:
        """Keep `request` for later if it belongs to the skipped lookup; return whether it does."""
        if not self.end(request.key):
            return False
        self.pending = request
        return True

    def end(self, key: str) -> bool:
        """Return whether `key` is that of the skipped lookup, which holds no lease, and forget the lookup."""
        same = key == self._key
        if same:
            self._key = None
        return same

    def settle(self, store: Callable[[list[StoreRequest]], object]) -> None:
        """Store the pending entry and count its miss; from then on, use Redis as usual."""
        request, self.pending = self.pending, None
        if request is not None:
            store([request])
