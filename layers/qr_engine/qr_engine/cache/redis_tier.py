"""The Redis tier: one round trip a lookup, one a store, and no fault of Redis ever reaches the caller."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from ..config import Settings
from ..observability import happened, logger
from . import keys
from .breaker import Breaker
from .connection import Script, batch, connect, node_of, run
from .counters import Counters
from .entry import Entry, pack, unpack

if TYPE_CHECKING:
    from .connection import Client

__all__ = ["ENTRY_LIMIT", "LEASE_MS", "POPULAR_PER_TAG", "STATISTICS_TTL", "RedisTier", "Unavailable"]

STATISTICS_TTL = 90 * 24 * 3600
"""Seconds that counters and popularity live after the last lookup: every key in Redis has an end."""

POPULAR_PER_TAG = 64
"""Popular keys remembered for each of the 256 hash tags: 16,384 in all, some 5 MB with their requests."""

REMEMBERED_REQUEST = 1024
"""Bytes of the longest request that popularity remembers."""

ENTRY_LIMIT = 4 * 1024 * 1024
"""Bytes of the largest entry that goes to Redis; a larger one stays in memory."""

LEASE_MS = 2000
"""The longest that one drawing keeps the others waiting."""

_FIRST_PAUSE, _LONGEST_PAUSE = 0.001, 0.05
"""Seconds between two looks at whether another has drawn the picture."""

_QUIET = 60.0
"""Seconds in which the same fault is not logged again."""

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


class Unavailable(Exception):
    """Redis does not answer, or is being left alone for a moment because it did not."""


class RedisTier:
    """Entries in Redis, shared by every execution environment.

    Parameters
    ----------
    settings
        Where Redis is, and how long to wait for it.
    counters
        What this environment has counted and not yet recorded.
    layout
        What the metadata of every entry begin with.

    Attributes
    ----------
    breakers
        One for each node of a cluster, by its name; a single one, named "", for a server alone.
    """

    def __init__(self, settings: Settings, counters: Counters, layout: bytes) -> None:
        self.settings = settings
        self.counters = counters
        self._layout = layout
        self.breakers: dict[str, Breaker] = {"": Breaker()}
        self._client: Client | None = None
        self._told: dict[str, float] = {}
        self._room = POPULAR_PER_TAG if settings.redis_enable_stats else 0
        self._lookups = count()
        self._name = ""

    @property
    def client(self) -> Client:
        """The one client of this environment, made when it is first needed."""
        if self._client is None:
            self._client = connect(self.settings)
        return self._client

    def forget(self) -> None:
        """Close every connection, forget what has failed, and take another name."""
        if self._client is not None:
            self._client.close()
        self._client, self._name = None, ""
        self.breakers = {"": Breaker()}

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
            happened("BreakerSkipped")
            return None
        remembered = _remembered(request) if redrawable else b""
        until = monotonic() + wait_ms / 1000
        pause = _FIRST_PAUSE
        if not self._name:
            # Not at start: every environment restored from one SnapStart image would have the same.
            self._name = os.urandom(9).hex()
        asker = f"{self._name}{next(self._lookups)}"
        while True:
            try:
                value = self._asked(key, remembered, weight, max(1, int(wait_ms)), asker)
            except Unavailable:
                self.counters.misses += 1
                return None
            if isinstance(value, bytes):
                return self._checked(key, request, value)
            if value == 0:
                return None
            if monotonic() + pause > until:
                self.counters.misses += 1
                return None
            sleep(min(pause, value / 1000))
            pause = min(2 * pause, _LONGEST_PAUSE)

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
        if entry.size > ENTRY_LIMIT:
            self.release(key)
            return False
        kept = Counters(sets=1, plain_bytes=entry.length, stored_bytes=len(entry.body))
        kept.merge(self.counters.take())
        names = self._names(key)
        args: list[Any] = [pack(entry), self.settings.redis_ttl * 1000, STATISTICS_TTL, lookups, key[2:]]
        args += [_remembered(entry.request) if redrawable else b"", self._room, *(kept.pairs() if self._room else ())]
        try:
            self.call_near(names[0], run, STORE, names, args)
        except Unavailable:
            kept.merge(Counters(sets=-1, plain_bytes=-entry.length, stored_bytes=-len(entry.body)))
            self.counters.merge(kept)
            return False
        if not self._room:
            self.counters.merge(kept)
        return True

    def left_alone(self, key: str) -> bool:
        """Whether the server of `key` has failed a moment ago, so that nothing is sent to it now."""
        return self._breaker(keys.entry(self.settings.redis_prefix, key)).is_open

    def release(self, key: str) -> None:
        """Give the lease on `key` back: there will be no picture."""
        name = keys.lease(self.settings.redis_prefix, key)
        with suppress(Unavailable):
            self.call_near(name, _delete, name)

    def lasting(self, wanted: list[str]) -> list[bool]:
        """Whether each key has an entry that lives for another tenth of its TTL; counts nothing.

        Raises
        ------
        Unavailable
            Redis does not answer.
        """
        names = [keys.entry(self.settings.redis_prefix, key) for key in wanted]
        least = self.settings.redis_ttl * 100
        return [left > least for left in self.call(_lives, names)] if names else []

    def remember_place(self, version: str, place: int) -> None:
        """Keep how far the warming of a list came; it is no loss if that fails."""
        with suppress(Unavailable):
            self.call(_set, keys.warm(self.settings.redis_prefix), f"{place} {version}")

    def remembered_place(self) -> tuple[str, int]:
        """The list that was warmed last, and how far that came."""
        with suppress(Unavailable):
            place, _, version = (self.call(_get, keys.warm(self.settings.redis_prefix)) or b"").decode().partition(" ")
            if place.isdecimal():
                return version, int(place)
        return "", 0

    def call(
        self,
        command: Callable[Concatenate[Client, Arguments], Result],
        *args: Arguments.args,
        **named: Arguments.kwargs,
    ) -> Result:
        """Run `command` with the client and the arguments, within the timeouts, and mind the breaker.

        Raises
        ------
        Unavailable
            It did not answer, or answered with an error.
        """
        return self.call_near("", command, *args, **named)

    def call_near(
        self,
        key: str,
        command: Callable[Concatenate[Client, Arguments], Result],
        *args: Arguments.args,
        **named: Arguments.kwargs,
    ) -> Result:
        """As `call`, for a command that only concerns the node which has `key`.

        A command that finds its connection gone is tried once more on a new one: an execution environment that was
        frozen between two invocations wakes with sockets that the server has closed.

        Raises
        ------
        Unavailable
            It did not answer, or answered with an error.
        """
        breaker = self._breaker(key)
        if breaker.is_open:
            raise Unavailable
        from .faults import ANY, NOBODY_SERVES, REFUSED, WORTH_ANOTHER_TRY

        fresh = self._client is None
        try:
            try:
                result = command(self.client, *args, **named)
            except WORTH_ANOTHER_TRY:
                if fresh or breaker.failures:
                    raise
                result = command(self.client, *args, **named)
        except ANY as error:
            self.counters.errors += 1
            if not isinstance(error, REFUSED) or isinstance(error, NOBODY_SERVES):
                breaker.failed()
                happened("BreakerOpened")
            self._tell("redis failed", error=f"{type(error).__name__}: {error}"[:200])
            raise Unavailable from error
        breaker.succeeded()
        return result

    def record(self) -> None:
        """Bring what was counted since the last round trip to Redis.

        Raises
        ------
        Unavailable
            Redis does not answer.
        """
        if not self._room or not self.counters.pairs():
            return
        taken = self.counters.take()
        try:
            self.call(_record, keys.counters(self.settings.redis_prefix, keys.TAGS[0]), taken.pairs())
        except Unavailable:
            self.counters.merge(taken)
            raise

    def _names(self, key: str) -> list[str]:
        """What a lookup or a store of `key` touches, in the order in which the scripts take it."""
        prefix, tag = self.settings.redis_prefix, keys.tag_of(key)
        names = [keys.entry(prefix, key), keys.counters(prefix, tag), keys.lease(prefix, key)]
        return [*names, keys.popular(prefix, tag), keys.requests(prefix, tag)]

    def _asked(self, key: str, remembered: bytes, weight: int, lease_ms: int, asker: str) -> Any:
        """One round trip: the entry, or 0 where the caller is to draw it, or the ms for which another has the lease."""
        settings, names = self.settings, self._names(key)
        taken = self.counters.take() if self._room else Counters()
        lives: list[Any] = [settings.redis_ttl * 1000, settings.redis_ttl_max * 1000, min(lease_ms, LEASE_MS)]
        args = [*lives, STATISTICS_TTL, weight, key[2:], remembered, self._room]
        args += [asker, *taken.pairs()]
        counted = 0
        try:
            value, counted = self.call_near(names[0], run, LOOKUP, names, args)
        finally:
            if not counted:
                self.counters.merge(taken)
        if not counted and isinstance(value, bytes):
            self.counters.redis_hits += 1
        elif not counted and value == 0:
            self.counters.misses += 1
        return value

    def _checked(self, key: str, request: bytes, value: bytes) -> Entry | None:
        entry = unpack(value)
        if entry is not None and entry.request == request and entry.metadata.startswith(self._layout):
            return entry
        name = keys.entry(self.settings.redis_prefix, key)
        self._tell("a value in redis is no entry of this service, and counts as a miss", key=name)
        self.counters.redis_hits -= 1
        self.counters.misses += 1
        return None

    def _tell(self, message: str, **details: str) -> None:
        """Log `message`, unless the same has been said a short while ago."""
        now = monotonic()
        if now >= self._told.get(message, 0.0):
            self._told[message] = now + _QUIET
            logger().warning(message, extra=details)

    def _breaker(self, key: str) -> Breaker:
        client = self._client
        node = node_of(client, key) if key and client is not None and self.settings.redis_cluster_nodes else ""
        breaker = self.breakers.get(node)
        if breaker is None:
            breaker = self.breakers[node] = Breaker()
        return breaker


def _remembered(request: bytes) -> bytes:
    """The request as popularity keeps it: whole, or not at all."""
    return request if len(request) <= REMEMBERED_REQUEST else b""


def _source(name: str) -> str:
    # Not importlib.resources, which takes 8 ms to import.
    with open(os.path.join(os.path.dirname(__file__), "scripts", f"{name}.lua"), encoding="utf-8") as file:
        return file.read()


LOOKUP, STORE = (Script.of(_source("popularity") + _source(name)) for name in ("lookup", "store"))


def _delete(client: Client, name: str) -> Any:
    return client.delete(name)


def _set(client: Client, name: str, value: str) -> Any:
    return client.set(name, value, ex=STATISTICS_TTL)


def _get(client: Client, name: str) -> Any:
    return client.get(name)


def _lives(client: Client, names: list[str]) -> list[Any]:
    return batch(client, [("PTTL", name) for name in names])


def _record(client: Client, name: str, pairs: list[str | int]) -> None:
    added = [("HINCRBY", name, field, amount) for field, amount in zip(pairs[::2], pairs[1::2], strict=True)]
    batch(client, [*added, ("EXPIRE", name, STATISTICS_TTL)])
