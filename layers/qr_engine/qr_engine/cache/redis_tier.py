"""The Redis tier: one round trip a lookup, one a store, and no fault of Redis ever reaches the caller."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any

from ..config import Settings
from ..observability import count
from ..redis_client import batch, run
from ..redis_client.resilient import Guarded, Unavailable
from . import keys
from .counters import Counters
from .entry import Entry, unpack
from .script_args import LEASE_MS, LOOKUP, POPULAR_PER_TAG, STORE, Calls

if TYPE_CHECKING:
    from ..redis_client import Client

__all__ = ["RedisTier"]

FIRST_PAUSE, LONGEST_PAUSE = 0.001, 0.05
"""Seconds between two looks at whether another has drawn the picture."""


class RedisTier:
    """Entries in Redis, shared by every execution environment.

    Parameters
    ----------
    settings
        Where Redis is, and how long to wait for it.
    counters
        What this environment has counted and not yet recorded.
    is_sound
        Whether the picture and the metadata of an entry can be served.

    Attributes
    ----------
    guarded
        The way to Redis, for whatever else is to be asked of it.
    """

    def __init__(self, settings: Settings, counters: Counters, is_sound: Callable[[Entry], bool]) -> None:
        self.settings = settings
        self.counters = counters
        self.guarded = Guarded(settings, on_failure=partial(counters.add, "errors"))
        self.calls = Calls(settings, POPULAR_PER_TAG if settings.redis_enable_stats else 0)
        self._is_sound = is_sound
        self._lookups = itertools.count()
        self._name = ""

    def forget(self) -> None:
        """Close every connection, forget what has failed, and take another name."""
        self.guarded.forget()
        self._name = ""

    def lookup(
        self, key: str, request: bytes, *, weight: int = 1, wait_ms: float = LEASE_MS, redrawable: bool = True
    ) -> Entry | None:
        """The entry under `key`, if it is one and answers `request`; counts one hit or one miss.

        After a miss the caller has the lease: it is to draw the picture and `store` it, or to `release` the lease.
        While another has it, this waits for the picture.

        Parameters
        ----------
        weight
            How many lookups this one stands for in the entry's popularity: one, and the hits of the memory tier before.
        wait_ms
            The longest to wait for another's drawing, and to hold the lease.
        redrawable
            Whether the request alone is enough to draw the picture again; otherwise popularity passes it over.
        """
        if self.left_alone(key):
            self.counters.misses += 1
            count("BreakerSkipped")
            return None
        until = monotonic() + wait_ms / 1000
        pause = FIRST_PAUSE
        asker = self.asker()
        while True:
            try:
                value = self._asked(key, request if redrawable else b"", weight, wait_ms, asker)
            except Unavailable:
                self.counters.misses += 1
                return None
            if isinstance(value, bytes):
                return self.checked(key, request, value)
            if value == 0:
                return None
            if monotonic() + pause > until:
                self.counters.misses += 1
                return None
            sleep(min(pause, value / 1000))
            pause = min(2 * pause, LONGEST_PAUSE)

    def store(self, key: str, entry: Entry, *, lookups: int = 1, redrawable: bool = True) -> bool:
        """Keep `entry` under `key` and give the lease back; whether Redis took it.

        Parameters
        ----------
        lookups
            How many lookups it was drawn for, which makes it that popular; 0 if nobody asked for it.
        redrawable
            As for `lookup`.
        """
        if self.left_alone(key):
            return False
        if not entry.fits:
            self.release(key)
            return False
        kept = Counters(sets=1, plain_bytes=entry.length, stored_bytes=len(entry.body))
        kept.merge(self.counters.take())
        call = self.calls.store(key, entry, lookups=lookups, redrawable=redrawable, counted=kept)
        try:
            self.guarded.call_near(call.keys[0], run, STORE, call.keys, call.args)
        except Unavailable:
            kept.merge(Counters(sets=-1, plain_bytes=-entry.length, stored_bytes=-len(entry.body)))
            self.counters.merge(kept)
            return False
        if not self.calls.room:
            self.counters.merge(kept)
        return True

    def left_alone(self, key: str) -> bool:
        """Whether the server of `key` has failed a moment ago, so that nothing is sent to it now."""
        return self.guarded.left_alone(keys.entry(self.settings.redis_prefix, key))

    def release(self, key: str) -> None:
        """Give the lease on `key` back: there will be no picture."""
        name = keys.lease(self.settings.redis_prefix, key)
        with suppress(Unavailable):
            self.guarded.call_near(name, _delete, name)

    def asker(self) -> str:
        """A name for one lookup that no other lookup of any environment has."""
        if not self._name:
            # Not at start: every environment restored from one SnapStart image would have the same.
            self._name = os.urandom(9).hex()
        return f"{self._name}{next(self._lookups)}"

    def checked(self, key: str, request: bytes, value: bytes) -> Entry | None:
        """The entry that `value` is, or None, and a miss instead of the hit, where it does not answer `request`."""
        entry = unpack(value)
        if entry is not None and entry.request == request and self._is_sound(entry):
            return entry
        name = keys.entry(self.settings.redis_prefix, key)
        self.guarded.tell("a value in redis is no entry of this service, and counts as a miss", key=name)
        self.counters.redis_hits -= 1
        self.counters.misses += 1
        return None

    def _asked(self, key: str, remembered: bytes, weight: int, lease_ms: float, asker: str) -> Any:
        """One round trip: the entry, or 0 where the caller is to draw it, or the ms for which another has the lease."""
        taken = self.counters.take() if self.calls.room else Counters()
        call = self.calls.lookup(key, remembered, weight=weight, lease_ms=lease_ms, asker=asker, taken=taken)
        counted = 0
        try:
            value, counted = self.guarded.call_near(call.keys[0], run, LOOKUP, call.keys, call.args)
        finally:
            if not counted:
                self.counters.merge(taken)
        if not counted:
            self.count(value)
        return value

    def count(self, value: Any) -> None:
        """Count here what Redis answered to a lookup that it did not count."""
        if isinstance(value, bytes):
            self.counters.redis_hits += 1
        elif value == 0:
            self.counters.misses += 1


def _delete(client: Client, name: str) -> Any:
    return batch(client, [("DEL", name)])
