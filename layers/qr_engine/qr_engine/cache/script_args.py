"""What is asked of the two scripts that run in Redis: the keys that they touch, and their arguments in order."""

from __future__ import annotations

import os
from typing import Any

from ..config import Settings
from ..redis_client import Call, Script
from . import keys
from .counters import Counters
from .entry import ENTRY_LIMIT, Entry, pack

__all__ = ["LEASE_MS", "LOOKUP", "POPULAR_PER_TAG", "REMEMBERED_REQUEST", "STATISTICS_TTL", "STORE", "Calls"]

STATISTICS_TTL = 90 * 24 * 3600
"""Seconds that counters and popularity live after the last lookup: every key in Redis has an end."""

POPULAR_PER_TAG = 64
"""Popular keys remembered for each of the 256 hash tags: 16,384 in all, some 5 MB with their requests."""

REMEMBERED_REQUEST = 1024
"""Bytes of the longest request that popularity remembers."""

LEASE_MS = 10_000
"""The longest that one drawing keeps the others waiting."""


def _source(name: str) -> str:
    # Not importlib.resources, which takes 8 ms to import.
    with open(os.path.join(os.path.dirname(__file__), "scripts", f"{name}.lua"), encoding="utf-8") as file:
        return file.read()


def _is_found(reply: Any) -> bool:
    """Whether `reply` is what a lookup gives: an entry, or the ms for which another has the lease; and 1 if counted."""
    if not (isinstance(reply, list) and len(reply) == 2 and reply[1] in (0, 1)):
        return False
    value = reply[0]
    return isinstance(value, bytes) or (isinstance(value, int) and 0 <= value <= LEASE_MS)


def _is_kept(reply: Any) -> bool:
    """Whether `reply` is what a store gives that is not an error."""
    return reply is None


LOOKUP = Script.of(_source("popularity") + _source("lookup"), _is_found)
STORE = Script.of(_source("popularity") + _source("store"), _is_kept)


class Calls:
    """Makes the calls of an environment with these `settings`; each names the entry first.

    Attributes
    ----------
    room
        Popular keys to remember for each hash tag; 0 where nothing is counted at all.
    """

    def __init__(self, settings: Settings, room: int) -> None:
        self.room = room
        self._prefix = settings.redis_prefix
        self._ttl, self._longest = settings.redis_ttl * 1000, settings.redis_ttl_max * 1000

    def lookup(self, key: str, request: bytes, *, weight: int, lease_ms: float, asker: str, taken: Counters) -> Call:
        """Look `key` up for as many lookups as `weight` says, with a lease of at most `lease_ms` on a miss.

        Parameters
        ----------
        request
            The canonical request, empty where popularity is not to have it.
        asker
            Who asks, different for each lookup.
        taken
            What the environment has counted and brings along.
        """
        lease = min(max(1, int(lease_ms)), LEASE_MS)
        remembered = request if len(request) <= REMEMBERED_REQUEST else b""
        bounds = [self._ttl, self._longest, lease, STATISTICS_TTL, ENTRY_LIMIT]
        return Call(self._names(key), [*bounds, weight, key[2:], remembered, self.room, asker, *taken.pairs()])

    def store(self, key: str, entry: Entry, *, lookups: int, redrawable: bool, counted: Counters) -> Call:
        """Keep `entry`, drawn for so many lookups, and add what was `counted`."""
        request = entry.request if redrawable and len(entry.request) <= REMEMBERED_REQUEST else b""
        args = [pack(entry), self._ttl, STATISTICS_TTL, lookups, key[2:], request, self.room]
        return Call(self._names(key), [*args, *(counted.pairs() if self.room else ())])

    def _names(self, key: str) -> list[str]:
        """What a lookup or a store of `key` touches, in the order in which the scripts take it."""
        prefix, tag = self._prefix, keys.tag_of(key)
        names = [keys.entry(prefix, key), keys.counters(prefix, tag), keys.lease(prefix, key)]
        return [*names, keys.popular(prefix, tag), keys.requests(prefix, tag)]
