from __future__ import annotations

import time

import pytest
import redis

from qr_engine.cache.clear import ClearFilter
from qr_engine.cache.glob import compile_glob
from qr_engine.errors import InvalidRequest
from qr_engine.pipeline.engine import Engine
from qr_engine.request import text_of

from .conftest import Environment, asked, entry_names


def matching(pattern: str) -> ClearFilter:
    matches = compile_glob(pattern)
    return ClearFilter(lambda _created, request: matches(text_of(request)), pattern)


def fill(engine: Engine, *texts: str) -> None:
    for text in texts:
        engine.generate(asked(text))


def test_everything_goes_but_what_others_keep_and_the_counters(environment: Environment, client: redis.Redis):
    engine, neighbour = environment(), environment(REDIS_PREFIX="qr_engine_v2x")
    fill(engine, "a", "b", "c")
    fill(neighbour, "a")
    foreign = {"session:1": "x", "qr_engine_v2": "x", "qr_engine_v2:e:1": "x", "x:qr_engine_v2:{ab}:e:1": "x"}
    client.mset(foreign)
    cleared = engine.cache.clear()
    assert (cleared.count, cleared.scanned, cleared.cursor) == (3, 3, None)
    assert client.exists(*foreign) == len(foreign)
    assert len(entry_names(client)) == 3
    assert engine.generate(asked("a")).source == "miss"
    assert neighbour.generate(asked("a")).source == "redis"
    assert client.keys("qr_engine_v2:{*}:c")


def test_the_freed_bytes_are_what_redis_says_the_entries_took(environment: Environment, client: redis.Redis):
    engine = environment()
    fill(engine, "a", "b")
    taken = sum(client.memory_usage(name) or 0 for name in entry_names(client))
    assert engine.cache.clear().freed_bytes == taken


def test_what_matches_goes_and_is_not_popular_any_more(environment: Environment, client: redis.Redis):
    engine = environment()
    old = [f"https://old.example.com/{number}" for number in range(5)]
    fill(engine, *old, *old, "https://new.example.com/", "x" * 2200)
    chosen = matching("https://old.example.com/*")
    assert engine.cache.clear(chosen).count == 5
    assert {text_of(found.request) for found in engine.cache.popular(50)} == {"https://new.example.com/"}
    assert environment().generate(asked("https://new.example.com/")).source == "redis"


def test_a_request_too_long_for_the_first_look_is_matched_all_the_same(environment: Environment):
    engine = environment()
    fill(engine, "y" * 2300, "x" * 2300)
    assert engine.cache.clear(matching("y*")).count == 1


def test_values_that_are_no_entries_match_no_pattern_and_go_with_everything(
    environment: Environment, client: redis.Redis
):
    engine = environment()
    fill(engine, "a", "b", "c")
    first, second, _ = entry_names(client)
    client.set(first, b"foreign")
    client.delete(second)
    client.rpush(second, "a list")
    assert engine.cache.clear(matching("*")).count == 1
    assert engine.cache.clear().count == 2


@pytest.mark.parametrize("pattern", [None, "code *"])
def test_a_clear_that_runs_out_of_time_gives_a_cursor_to_go_on_from(
    environment: Environment, client: redis.Redis, monkeypatch: pytest.MonkeyPatch, pattern: str | None
):
    monkeypatch.setattr("qr_engine.cache.clear.SCAN_COUNT", 10)
    engine = environment()
    fill(engine, *(f"code {number}" for number in range(200)))
    chosen = matching(pattern) if pattern else None
    cleared = engine.cache.clear(chosen, seconds=0)
    assert cleared.cursor is not None
    assert 0 < cleared.count < 200
    total, calls = cleared.count, 1
    while cleared.cursor is not None:
        cleared = engine.cache.clear(chosen, cursor=cleared.cursor, seconds=0)
        total, calls = total + cleared.count, calls + 1
    assert total == 200
    assert calls > 3
    assert entry_names(client) == []


@pytest.mark.parametrize("cursor", ["", "5", "-1-0", "a-b", "0-1-x", "0-1", "1-0-" + "9" * 20, "0-0-" + "9" * 60])
def test_a_cursor_of_the_callers_own_making_is_refused(environment: Environment, cursor: str):
    with pytest.raises(InvalidRequest):
        environment().cache.clear(cursor=cursor)


@pytest.mark.parametrize("other", ["conditions", "servers"])
def test_a_cursor_of_other_conditions_or_servers_begins_anew_and_misses_nothing(
    environment: Environment, client: redis.Redis, monkeypatch: pytest.MonkeyPatch, other: str
):
    monkeypatch.setattr("qr_engine.cache.clear.SCAN_COUNT", 10)
    engine = environment()
    fill(engine, *(f"code {number}" for number in range(100)))
    cursor = engine.cache.clear(matching("no such*"), seconds=0).cursor
    assert cursor is not None
    if other == "servers":
        cursor = f"{int(cursor.split('-')[0]) ^ 1}-7-0"
    assert engine.cache.clear(cursor=cursor).count == 100


def test_the_memory_tier_of_another_environment_forgets_within_its_ttl(
    environment: Environment, monkeypatch: pytest.MonkeyPatch
):
    other = environment(MEMORY_CACHE_BYTES="100000", MEMORY_CACHE_TTL="60")
    now = [time.monotonic()]
    monkeypatch.setattr("qr_engine.cache.memory.monotonic", lambda: now[0])
    fill(other, "x")
    environment().cache.clear()
    assert other.generate(asked("x")).source == "memory"
    now[0] += 60
    assert other.generate(asked("x")).source == "miss"


def test_a_clear_empties_the_memory_of_the_environment_that_it_is_asked_of(environment: Environment):
    engine = environment(MEMORY_CACHE_BYTES="100000")
    assert [engine.generate(asked("x")).source for _ in range(2)] == ["miss", "memory"]
    engine.cache.clear()
    assert engine.generate(asked("x")).source == "miss"
