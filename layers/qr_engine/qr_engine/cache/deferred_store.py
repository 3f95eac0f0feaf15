"""Skip Redis for the first lookup after a cold start, and store the result before the next Redis command."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from .operations import LookupRequest, StoreRequest

__all__ = ["DeferredStore"]


class DeferredStore:
    """Whether Redis is skipped this once, and the entry that it gets later.

    Parameters
    ----------
    skips
        Whether the first lookup may go without Redis at all.

    Attributes
    ----------
    pending
        What to store before Redis is asked anything.
    """

    def __init__(self, *, skips: bool) -> None:
        self._may_skip = skips
        self._key: str | None = None
        self.pending: StoreRequest | None = None

    def skip(self, requests: Sequence[LookupRequest]) -> bool:
        """Decide whether `requests` go without Redis: only the first of all, if it is alone and quickly drawn."""
        if not self._may_skip or not requests:
            return False
        self._may_skip = False
        if len(requests) > 1 or not requests[0].is_quick:
            return False
        self._key = requests[0].key
        return True

    def defer(self, request: StoreRequest) -> bool:
        """Keep `request` for later if the skipped lookup was for it; return whether it was."""
        if not self.end(request.key):
            return False
        self.pending = request
        return True

    def end(self, key: str) -> bool:
        """Return whether `key` is that of the skipped lookup, which holds no lease, and forget it."""
        same = key == self._key
        if same:
            self._key = None
        return same

    def settle(self, store: Callable[[list[StoreRequest]], object]) -> None:
        """Store what is pending, with the miss that was counted; from then on Redis has it, or has failed as usual."""
        request, self.pending = self.pending, None
        if request is not None:
            store([request])
