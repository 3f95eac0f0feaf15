"""KEYS and ARGV of the two scripts that run in Redis, and the form of their replies."""

from __future__ import annotations

import os
from typing import Any

from ..config import Settings
from ..redis_client import Call, Script
from . import keys
from .counters import Counters
from .entry import ENTRY_LIMIT
from .entry_format import EntryFormat
from .operations import LEASE_MS, LookupRequest, StoreRequest

__all__ = ["LOOKUP", "POPULAR_PER_TAG", "STATISTICS_TTL", "STORE", "ScriptArgs"]

STATISTICS_TTL = 90 * 24 * 3600
"""Seconds that counters and popularity live after the last lookup, so that every key in Redis expires."""

POPULAR_PER_TAG = 64
"""Popular keys remembered for each of the 256 hash tags: 16,384 in all, some 5 MB with their requests."""


def _source(name: str) -> str:
    # Not importlib.resources, which takes 8 ms to import.
    with open(os.path.join(os.path.dirname(__file__), "scripts", f"{name}.lua"), encoding="utf-8") as file:
        return file.read()


def _is_found(reply: Any) -> bool:
    """Return whether `reply` is one of a lookup: an entry or the ms left of another's lease, and 1 if counted."""
    if not (isinstance(reply, list) and len(reply) == 2 and reply[1] in (0, 1)):
        return False
    value = reply[0]
    return isinstance(value, bytes) or (isinstance(value, int) and 0 <= value <= LEASE_MS)


def _is_kept(reply: Any) -> bool:
    """Return whether `reply` is a successful reply of a store."""
    return reply is None


LOOKUP = Script.of(_source("popularity") + _source("lookup"), _is_found)
STORE = Script.of(_source("popularity") + _source("store"), _is_kept)


class ScriptArgs:
    """Makes the script calls of an environment with these settings; each names the entry first.

    Attributes
    ----------
    max_popular
        Popular keys to remember for each hash tag; 0 if nothing is counted at all.
    """

    def __init__(self, settings: Settings, entry_format: EntryFormat, max_popular: int) -> None:
        self.max_popular = max_popular
        self._format = entry_format
        self._prefix = settings.redis_prefix
        self._ttl, self._longest = settings.redis_ttl * 1000, settings.redis_ttl_max * 1000

    def lookup(self, request: LookupRequest, lookup_id: str, brought: Counters) -> Call:
        """Make the call that looks `request` up and, on a miss, takes the lease.

        Parameters
        ----------
        lookup_id
            The name of this lookup, different for each.
        brought
            What the environment has counted, to be added in Redis.
        """
        key = request.key
        lease = min(max(1, int(request.lease_ms)), LEASE_MS)
        args = [self._ttl, self._longest, lease, STATISTICS_TTL, ENTRY_LIMIT, request.weight, key[2:]]
        names, previous = self._names(key), self._format.previous_identity
        if previous is not None:
            names.append(keys.entry(self._prefix, previous, key))
        return Call(names, [*args, request.request_to_remember, self.max_popular, lookup_id, *brought.pairs()])

    def store(self, request: StoreRequest, counted: Counters) -> Call:
        """Make the call that keeps the entry of `request` and adds `counted`."""
        key, entry = request.key, request.entry
        args = [self._format.pack(key, entry), self._ttl, STATISTICS_TTL, request.lookups, key[2:]]
        pairs = counted.pairs() if self.max_popular else ()
        return Call(self._names(key), [*args, entry.request_to_remember, self.max_popular, *pairs])

    def _names(self, key: str) -> list[str]:
        """Return the keys that a lookup or a store of `key` touches, in the order that the scripts expect."""
        prefix, tag = self._prefix, keys.tag_of(key)
        identity = self._format.identity
        names = [keys.entry(prefix, identity, key), keys.counters(prefix, tag), keys.lease(prefix, identity, key)]
        return [*names, keys.popular(prefix, tag), keys.requests(prefix, tag)]
