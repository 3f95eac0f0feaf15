from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import redis
from tests.redis_server import RedisServer
from tests.stopwatch import idle_seconds

from qr_engine.cache import keys
from qr_engine.cache.entry_format import EntryFormat
from qr_engine.config import Settings, load
from qr_engine.pipeline.engine import Code, Engine
from qr_engine.pipeline.metadata import FINGERPRINT
from qr_engine.redis_client.connection import Connection
from qr_engine.request import CanonicalRequest, parse

Environment = Callable[..., Engine]


@pytest.fixture
def environment(redis_server: RedisServer) -> Environment:
    """Makes a new execution environment on the test's Redis, without a memory tier unless asked for one."""

    def make(**variables: str) -> Engine:
        return Engine(load({"REDIS_URL": redis_server.url, "MEMORY_CACHE_BYTES": "0", **variables}))

    return make


@pytest.fixture
def client(redis_server: RedisServer) -> Iterator[redis.Redis]:
    """A client that knows nothing of the engine."""
    with redis.Redis.from_url(redis_server.url) as found:
        yield found


@pytest.fixture
def sends(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Grows with each time that something is sent to Redis, however long a busy machine takes to draw."""
    monkeypatch.setattr("qr_engine.pipeline.batch.STORED_AFTER", 60.0)
    counted: list[int] = []
    talk = Connection.send

    def counting(self: Connection, packed: Any, *into: Any) -> list[Any]:
        counted.append(len(packed))
        return talk(self, packed, *into)

    monkeypatch.setattr(Connection, "send", counting)
    return counted


def asked(data: str, **fields: Any) -> CanonicalRequest:
    """The canonical request for `data`."""
    return parse({"data": data, **fields})[1]


def entry_name(key: str, prefix: str = "qr_engine_v2") -> str:
    """Return the name of the entry with this cache key, where nothing is signed."""
    return keys.entry(prefix, EntryFormat(Settings(), FINGERPRINT).identity, key)


def entry_names(client: redis.Redis) -> list[bytes]:
    """The names of all entries."""
    return sorted(client.scan_iter(match="*:e*:*"))


BACK_WITHIN = 5.0
"""Seconds from the recovery of Redis to the first hit."""

EXPECTED = Engine(load({})).generate(asked("x")).entry.picture()


def right(code: Code) -> Code:
    """The code, which has the right picture whatever happened."""
    assert code.entry.picture() == EXPECTED
    return code


def until_hit(engine: Engine) -> float:
    """Seconds until a lookup is a hit again."""
    started = time.monotonic()
    while right(engine.generate(asked("x"))).source != "redis":
        assert time.monotonic() - started < BACK_WITHIN
        time.sleep(0.02)
    return time.monotonic() - started


def lost(call: Callable[[], Any]) -> float:
    """Seconds that `call` waits for somebody else."""
    started = idle_seconds()
    call()
    return idle_seconds() - started
