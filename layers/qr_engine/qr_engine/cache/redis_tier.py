"""The Redis tier: one round trip a lookup, one a store, and no fault of Redis ever reaches the caller."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from ..config import Settings
from ..observability import logger
from . import keys
from .breaker import Breaker
from .connection import connect
from .counters import Counters
from .entry import Entry, pack, unpack

if TYPE_CHECKING:
    from redis import Redis

__all__ = ["COUNTERS_TTL", "RedisTier", "Unavailable"]

COUNTERS_TTL = 90 * 24 * 3600
"""Seconds that the counters live after the last lookup: every key in Redis has an end."""

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
    """

    def __init__(self, settings: Settings, counters: Counters) -> None:
        self.settings = settings
        self.counters = counters
        self.breaker = Breaker()
        self._client: Redis | None = None
        self._lookup: Any = None
        self._store: Any = None
        self._told_of_foreign_value = False

    def lookup(self, key: str, request: bytes) -> Entry | None:
        """The entry under `key`, if it is one and answers `request`; counts the hit or the miss."""
        name = keys.entry(self.settings.redis_prefix, key)
        try:
            value = self.call(self._read, name, key)
        except Unavailable:
            self.counters.misses += 1
            return None
        if value is None:
            return None
        entry = unpack(value)
        if entry is None or entry.request != request:
            self._tell_of_foreign_value(name)
            self.counters.hits -= 1
            self.counters.misses += 1
            return None
        return entry

    def store(self, key: str, entry: Entry) -> bool:
        """Keep `entry` under `key` for its TTL; whether Redis took it."""
        name = keys.entry(self.settings.redis_prefix, key)
        try:
            self.call(self._write, name, key, pack(entry))
        except Unavailable:
            return False
        return True

    def holds(self, key: str) -> bool:
        """Whether there is an entry under `key`; counts nothing.

        Raises
        ------
        Unavailable
            Redis does not answer.
        """
        return bool(self.call(lambda client: client.exists(keys.entry(self.settings.redis_prefix, key))))

    def call(
        self, command: Callable[Concatenate[Redis, Arguments], Result], *args: Arguments.args, **named: Arguments.kwargs
    ) -> Result:
        """Run `command` with the client and the arguments, within the timeouts, and mind the breaker.

        A command that finds its connection gone is tried once more on a new one: an execution environment that was
        frozen between two invocations wakes with sockets that the server has closed.

        Raises
        ------
        Unavailable
            It did not answer, or answered with an error.
        """
        if self.breaker.is_open:
            raise Unavailable
        from redis import ConnectionError as Lost
        from redis import RedisError

        try:
            try:
                result = command(self.client, *args, **named)
            except Lost:
                if self._client is None or self.breaker.failures:
                    raise
                result = command(self.client, *args, **named)
        except (RedisError, OSError) as error:
            self.breaker.failed()
            self.counters.errors += 1
            if self.breaker.failures == 1:
                logger.warning("redis does not answer", extra={"error": type(error).__name__})
            raise Unavailable from error
        self.breaker.succeeded()
        return result

    @property
    def client(self) -> Redis:
        """The one client of this environment, made when it is first needed."""
        if self._client is None:
            self._client = connect(self.settings)
            self._lookup = self._client.register_script(_script("lookup"))
            self._store = self._client.register_script(_script("store"))
        return self._client

    def record(self) -> None:
        """Bring what was counted since the last round trip to Redis.

        Raises
        ------
        Unavailable
            Redis does not answer.
        """
        pairs = self.counters.pairs()
        if not pairs or not self.settings.redis_enable_stats:
            return
        name = keys.counters(self.settings.redis_prefix, keys.TAGS[0])

        def add(client: Redis) -> None:
            with client.pipeline() as pipeline:
                for field, amount in zip(pairs[::2], pairs[1::2], strict=True):
                    pipeline.hincrby(name, str(field), int(amount))
                pipeline.expire(name, COUNTERS_TTL)
                pipeline.execute()

        self.call(add)
        self.counters.reset()

    def _read(self, client: Redis, name: str, key: str) -> Any:
        if not self.settings.redis_enable_stats:
            value = client.get(name)
            self._count_here(hit=value is not None)
            return value
        names = [name, keys.counters(self.settings.redis_prefix, key[:2])]
        value = self._lookup(keys=names, args=[COUNTERS_TTL, *self.counters.pairs()])
        self.counters.reset()
        return value

    def _count_here(self, *, hit: bool) -> None:
        if hit:
            self.counters.hits += 1
        else:
            self.counters.misses += 1

    def _write(self, client: Redis, name: str, key: str, value: bytes) -> None:
        ttl = self.settings.redis_ttl
        if not self.settings.redis_enable_stats:
            client.set(name, value, ex=ttl)
            self.counters.sets += 1
            return
        names = [name, keys.counters(self.settings.redis_prefix, key[:2])]
        self._store(keys=names, args=[value, ttl, COUNTERS_TTL])

    def _tell_of_foreign_value(self, name: str) -> None:
        if not self._told_of_foreign_value:
            self._told_of_foreign_value = True
            logger.warning("a value in redis is no entry of this service, and counts as a miss", extra={"key": name})


def _script(name: str) -> str:
    # Not importlib.resources, which takes 8 ms to import.
    with open(os.path.join(os.path.dirname(__file__), "scripts", f"{name}.lua"), encoding="utf-8") as file:
        return file.read()
