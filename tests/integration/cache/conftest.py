from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import redis
from tests.redis_server import RedisServer

from qr_engine.config import load
from qr_engine.engine import Engine
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


def asked(data: str, **fields: Any) -> CanonicalRequest:
    """The canonical request for `data`."""
    return parse({"data": data, **fields})[1]


def entry_names(client: redis.Redis) -> list[bytes]:
    """The names of all entries."""
    return sorted(client.scan_iter(match="*:e:*"))
