"""The Redis tier: one exchange for lookups, one for stores, and no fault of Redis ever reaches the caller."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, suppress
from functools import partial
from time import monotonic, sleep
from typing import Any, Concatenate, ParamSpec, TypeVar

from ..config import Settings
from ..errors import CacheUnavailable
from ..observability import count
from ..redis_client import Call, load_client
from ..redis_client.budget import COMMANDS_PER_REQUEST, active_budget, allow
from ..redis_client.resilient import ResilientClient, Unavailable
from . import keys
from .counters import Counters
from .entry import Entry
from .entry_format import EntryFormat
from .operations import LeasedElsewhere, LookupRequest, StoreRequest
from .script_args import LOOKUP, POPULAR_PER_TAG, STORE, ScriptArgs

__all__ = ["RedisTier", "load_client"]

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

FIRST_PAUSE, LONGEST_PAUSE = 0.001, 0.05
"""Seconds between two checks whether another environment has drawn the picture."""

CHECKED_LENGTH, CHECKED_MOST = 8192, 2048
"""The longest value, in bytes, and how many recent values, are recognised instead of checked again: some 0.2 MB."""

_UNANSWERED: Sequence[Any] = (0, 0)
_NOTHING = Counters()


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
    metadata_layout
        Identifies the fields of the metadata in the names of entries.

    Attributes
    ----------
    client
        The client, for all other commands.
    """

    def __init__(
        self,
        settings: Settings,
        counters: Counters,
        is_sound: Callable[[Entry], bool],
        metadata_layout: bytes = b"",
    ) -> None:
        self.settings = settings
        self.counters = counters
        self.client = ResilientClient(settings, on_failure=partial(counters.add, "errors"))
        self.format = EntryFormat(settings, metadata_layout)
        self.script_args = ScriptArgs(settings, self.format, POPULAR_PER_TAG if settings.redis_enable_stats else 0)
        self._is_sound = is_sound
        self._checked: dict[int, None] = {}
        self._lookups = itertools.count()
        self._name = ""

    def request(self) -> AbstractContextManager[None]:
        """Limit what the commands in the ``with`` block may lose to what one request may; see `Cache.request`."""
        return allow(active_budget() or self.client.budget(COMMANDS_PER_REQUEST))

    def ask(
        self,
        function: Callable[Concatenate[ResilientClient, Arguments], Result],
        *args: Arguments.args,
        **named: Arguments.kwargs,
    ) -> Result:
        """Call `function` with the client and the arguments, for a caller that cannot draw a picture instead.

        Raises
        ------
        CacheUnavailable
            Redis does not answer.
        """
        try:
            return function(self.client, *args, **named)
        except Unavailable:
            raise CacheUnavailable(
                "Redis does not answer; the service draws codes without it. Try again in a few seconds."
            ) from None

    def forget(self) -> None:
        """Close every connection, forget all failures, and take a new name for lookups."""
        self.client.forget()
        self._name = ""

    def lookup(self, request: LookupRequest) -> Entry | LeasedElsewhere | None:
        """Look up one request as `lookup_all` does; most come alone, and the code for many would cost them some µs."""
        if self._is_left_alone(request.key):
            self._pass_over()
            return None
        brought = self._take_counters()
        reply = _UNANSWERED
        try:
            call = self.script_args.lookup(request, self._lookup_id(), brought)
            reply = self.client.run(LOOKUP, call) or _UNANSWERED
        finally:
            if not reply[1]:
                self.counters.merge(brought)
        return self._read_reply(request, reply)

    def lookup_all(self, requests: Sequence[LookupRequest]) -> list[Entry | LeasedElsewhere | None]:
        """Look up all of `requests` in one exchange with each server, and count a hit or a miss for each.

        Returns
        -------
        For each request: the entry, if it is valid and answers the request; `LeasedElsewhere`, if another environment
        is drawing it; or None. After None the caller holds the lease and has to draw and `store` the picture, or to
        `release` the lease.
        """
        results: list[Entry | LeasedElsewhere | None] = [None] * len(requests)
        indexes: list[int] = []
        calls: list[Call] = []
        # The first lookup takes the earlier counts along.
        brought = self._take_counters()
        for index, request in enumerate(requests):
            if self._is_left_alone(request.key):
                self._pass_over()
                continue
            calls.append(self.script_args.lookup(request, self._lookup_id(), _NOTHING if calls else brought))
            indexes.append(index)
        replies: dict[int, Any] = {}
        try:
            replies = self.client.run_all(LOOKUP, calls)
        finally:
            if not replies.get(0, _UNANSWERED)[1]:
                self.counters.merge(brought)
        for number, index in enumerate(indexes):
            results[index] = self._read_reply(requests[index], replies.get(number, _UNANSWERED))
        return results

    def _take_counters(self) -> Counters:
        """Return what was counted so far, for the next lookup to take along."""
        return self.counters.take() if self.script_args.max_popular > 0 else _NOTHING

    def _pass_over(self) -> None:
        """Count a miss for a request that was not looked up, since its server failed a moment ago."""
        self.counters.misses += 1
        count("BreakerSkipped")

    def _read_reply(self, request: LookupRequest, reply: Sequence[Any]) -> Entry | LeasedElsewhere | None:
        """Return the result of a lookup from the script's reply, and count it if the script did not."""
        value, is_counted = reply
        if isinstance(value, bytes):
            if not is_counted:
                self.counters.redis_hits += 1
            return self._check(request, value)
        if value:
            return LeasedElsewhere(value)
        if not is_counted:
            self.counters.misses += 1
        return None

    def wait(self, request: LookupRequest, leased: LeasedElsewhere) -> Entry | None:
        """Look `request` up until the other environment has stored the picture; None, a miss, after `lease_ms`."""
        deadline = monotonic() + request.lease_ms / 1000
        left_ms, pause = leased.left_ms, FIRST_PAUSE
        while monotonic() + pause <= deadline:
            sleep(min(pause, left_ms / 1000))
            pause = min(2 * pause, LONGEST_PAUSE)
            result = self.lookup(request)
            if not isinstance(result, LeasedElsewhere):
                return result
            left_ms = result.left_ms
        self.counters.misses += 1
        return None

    def store(self, requests: Sequence[StoreRequest]) -> list[bool]:
        """Keep all of `requests`, in one exchange with each server, and give the leases back.

        Returns
        -------
        For each request, whether Redis accepted it.
        """
        stored = [False] * len(requests)
        indexes: list[int] = []
        calls: list[Call] = []
        counted: list[Counters] = []
        for index, request in enumerate(requests):
            if self._is_left_alone(request.key):
                continue
            if not request.entry.fits:
                self.release([request.key])
                continue
            own = Counters.of_stored(request.entry)
            if not calls:
                own.merge(self.counters.take())
            calls.append(self.script_args.store(request, own))
            indexes.append(index)
            counted.append(own)
        replies = self.client.run_all(STORE, calls)
        for number, (index, own) in enumerate(zip(indexes, counted, strict=True)):
            stored[index] = number in replies
            if not stored[index]:
                own.merge(Counters.of_stored(requests[index].entry, -1))
            if not stored[index] or not self.script_args.max_popular:
                self.counters.merge(own)
        return stored

    def release(self, cache_keys: Sequence[str]) -> None:
        """Give back the leases on `cache_keys`, for which there will be no pictures."""
        prefix, identity = self.settings.redis_prefix, self.format.identity
        names = [keys.lease(prefix, identity, key) for key in cache_keys]
        with suppress(Unavailable):
            near = names[0] if len(names) == 1 else ""
            self.client.call_for_key(near, lambda client: client.batch([("DEL", name) for name in names]))

    def _is_left_alone(self, key: str) -> bool:
        """Return whether the server of `key` failed a moment ago, so that nothing is sent to it now."""
        return self.client.is_open(self.entry_name(key))

    def entry_name(self, key: str) -> str:
        """Return the name in Redis of the entry with the cache key `key`."""
        return keys.entry(self.settings.redis_prefix, self.format.identity, key)

    def _lookup_id(self) -> str:
        """Return a name for one lookup, unique among the lookups of all environments."""
        if not self._name:
            # Not at start: all environments restored from one SnapStart image would share the name.
            self._name = os.urandom(9).hex()
        return f"{self._name}{next(self._lookups)}"

    def _check(self, request: LookupRequest, value: bytes) -> Entry | None:
        """Return the entry in `value` if it answers `request`; else return None and count a miss instead of the hit."""
        # Python's hash of bytes has a key per process, so nobody can make another value with the same hash.
        digest = hash((request.key, value)) if len(value) <= CHECKED_LENGTH else None
        entry = self.format.unpack(request.key, value, is_checked=digest in self._checked)
        if entry is not None and entry.request == request.request:
            if digest in self._checked:
                return entry
            if self._is_sound(entry):
                if digest is not None:
                    self._remember(digest)
                return entry
        name = self.entry_name(request.key)
        self.client.warn_once("a value in redis is no entry of this service, and counts as a miss", key=name)
        self.counters.redis_hits -= 1
        self.counters.misses += 1
        return None

    def _remember(self, digest: int) -> None:
        if len(self._checked) >= CHECKED_MOST:
            del self._checked[next(iter(self._checked))]
        self._checked[digest] = None
