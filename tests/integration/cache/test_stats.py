from __future__ import annotations

import time

import pytest
import redis
from tests.redis_server import RedisServer

from qr_engine.cache.clear import ClearFilter
from qr_engine.cache.entry import compress_entry, pack
from qr_engine.request import format_of

from .conftest import Environment, asked, entry_names

COUNTERS = "qr_engine_v2:{%s}:c"

MANY = 300_000


def test_the_figures_are_those_of_redis(environment: Environment, client: redis.Redis):
    engine = environment()
    for number in range(20):
        engine.generate(asked(f"https://example.com/{number}"))
    told = engine.cache.stats(format_of)
    taken = sum(client.memory_usage(name) or 0 for name in entry_names(client))
    assert (told.total_keys, told.total_keys_exact, told.memory_bytes) == (20, True, taken)
    assert told.average_entry_bytes == pytest.approx(taken / 20, abs=0.1)
    assert told.compression_ratio is not None
    assert told.compression_ratio > 3
    assert (told.evictions, told.breaker, told.mode) == (0, "closed", "standalone")
    assert len(told.popular) == 10


def test_evictions_are_told(environment: Environment, client: redis.Redis):
    engine = environment()
    engine.generate(asked("x"))
    client.config_set("maxmemory-policy", "allkeys-random")
    client.config_set("maxmemory", client.info("memory")["used_memory"] + 20_000)
    for number in range(200):
        engine.generate(asked(f"https://example.com/{number}"))
    client.config_set("maxmemory", "0")
    told = engine.cache.stats(format_of)
    assert told.evictions is not None
    assert told.evictions > 0


def test_a_large_cache_is_estimated_in_time(environment: Environment, client: redis.Redis):
    value = pack(compress_entry(0, b"", b"request", b"x" * 200, text=False))
    script = """
    for i = tonumber(ARGV[1]), tonumber(ARGV[2]) do
      local key = redis.sha1hex(i)
      redis.call('SET', 'qr_engine_v2:{' .. key:sub(1, 2) .. '}:e:' .. key:sub(3), ARGV[3], 'EX', 3600)
    end
    """
    for first in range(1, MANY, 10_000):
        client.execute_command("EVAL", script, 0, first, first + 9_999, value)
    client.mset({f"foreign:{number}": "x" for number in range(1000)})
    engine = environment(REDIS_TIMEOUT_MS="5000")
    engine.cache.not_expiring(["00" * 32])
    started = time.monotonic()
    told = engine.cache.stats(format_of)
    assert time.monotonic() - started < 3
    assert told.total_keys == pytest.approx(MANY, rel=0.05)
    assert told.average_entry_bytes == pytest.approx(
        client.memory_usage(next(client.scan_iter(match="*:e*:*"))) or 0, rel=0.1
    )


def test_one_environment_tells_what_all_have_counted(environment: Environment, redis_server: RedisServer):
    for _ in range(3):
        environment().generate(asked("x"))
    told = environment().cache.stats(format_of)
    assert (told.hits, told.misses, told.sets) == (2, 1, 1)


def test_what_is_no_counters_counts_as_none_and_the_others_are_told(environment: Environment, client: redis.Redis):
    engine = environment()
    keys = [engine.generate(asked(data)).key for data in ("x", "y")]
    client.set(COUNTERS % keys[0][:2], "another application's value")
    told = engine.cache.stats(format_of)
    assert (told.misses, told.sets, told.total_keys, told.breaker) == (1, 1, 2, "closed")


def test_what_counters_would_not_take_is_told_once_and_not_lost(environment: Environment, client: redis.Redis):
    client.rpush(COUNTERS % "00", "no", "hash")
    engine = environment(MEMORY_CACHE_BYTES="100000")
    for _ in range(3):
        engine.generate(asked("x"))
    for _ in range(2):
        assert engine.cache.stats(format_of).memory_hits == 2
    client.delete(COUNTERS % "00")
    assert [each.cache.stats(format_of).memory_hits for each in (engine, environment())] == [2, 2]


@pytest.mark.parametrize("name", ["p", "r"])
def test_what_is_no_popularity_leaves_the_popular_of_other_tags(
    name: str, environment: Environment, client: redis.Redis
):
    engine = environment()
    spoilt, other = (engine.generate(asked(data)).key for data in ("x", "y"))
    client.set(f"qr_engine_v2:{{{spoilt[:2]}}}:{name}", "another application's value")
    assert [found.key for found in engine.cache.stats(format_of).popular] == [other]
    assert engine.cache.clear(ClearFilter(lambda _, __: True)).count == 2
