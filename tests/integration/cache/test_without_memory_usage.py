"""A Redis that does not tell what a key takes, as ElastiCache Serverless does not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from tests.redis_server import RedisServer

from qr_engine.config import load
from qr_engine.pipeline.engine import Engine
from qr_engine.request import format_of

from .conftest import asked, entry_names


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RedisServer]:
    server = RedisServer(tmp_path, "--rename-command", "MEMORY", "")
    server.start()
    yield server
    server.stop()


@pytest.fixture
def engine(server: RedisServer) -> Engine:
    engine = Engine(load({"REDIS_URL": server.url, "MEMORY_CACHE_BYTES": "0"}))
    for text, form in (("a", "svg"), ("b", "png"), ("c" * 500, "svg")):
        engine.generate(asked(text, format=form))
    return engine


def test_stats_estimate_what_the_entries_take(engine: Engine, server: RedisServer, redis_server: RedisServer):
    told = engine.cache.stats(format_of)
    knowing = Engine(load({"REDIS_URL": redis_server.url, "MEMORY_CACHE_BYTES": "0"}))
    with redis.Redis.from_url(server.url) as one, redis.Redis.from_url(redis_server.url) as other:
        for name in entry_names(one):
            other.restore(name, 60_000, one.dump(name))
    assert told.total_keys == knowing.cache.stats(format_of).total_keys == 3
    assert told.memory_bytes == pytest.approx(knowing.cache.stats(format_of).memory_bytes, rel=0.1)


def test_a_clear_removes_everything_and_says_what_is_free(engine: Engine, server: RedisServer):
    with redis.Redis.from_url(server.url) as client:
        client.rpush(entry_names(client)[0] + b"00", "of another type")
    cleared = engine.cache.clear()
    assert cleared.count == 4
    assert cleared.freed_bytes > 1000
    assert engine.cache.stats(format_of).errors == 0
