"""Many codes in one go: two exchanges with Redis, and the meaning of as many requests of their own."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import redis
from tests.redis_server import RedisServer
from tests.stopwatch import idle_seconds

from qr_engine.cache import LookupRequest, StoreRequest
from qr_engine.errors import Problem
from qr_engine.pipeline.batch import generate_all
from qr_engine.pipeline.engine import Code, Engine
from qr_engine.pipeline.keyed_request import KeyedRequest
from qr_engine.request import cache_key, canonical_bytes, format_of

from .batches import TEXTS, figures, made, sources
from .conftest import Environment, asked, entry_name, entry_names, lost
from .relay import Relay


def test_fifty_codes_are_looked_up_in_one_exchange_and_stored_in_one_more(environment: Environment, sends: list[int]):
    engine = environment()
    made(engine, ["other"])
    sends.clear()
    assert sources(engine, TEXTS) == ["miss"] * 50
    assert len(sends) == 2
    sends.clear()
    assert sources(engine, TEXTS) == ["redis"] * 50
    assert len(sends) == 1


def test_scripts_that_the_server_does_not_know_cost_one_more_exchange(
    environment: Environment, client: redis.Redis, sends: list[int]
):
    engine = environment()
    made(engine, TEXTS)
    client.script_flush()
    sends.clear()
    assert sources(engine, TEXTS) == ["redis"] * 50
    assert len(sends) == 2


@pytest.mark.parametrize("memory", ["0", "1000000"], ids=["Redis alone", "memory in front"])
def test_it_counts_as_so_many_requests_of_their_own(memory: str, environment: Environment):
    texts = [*TEXTS[:6], *TEXTS[3:9], TEXTS[0], TEXTS[0]]
    together, apart = (environment(REDIS_PREFIX=name, MEMORY_CACHE_BYTES=memory) for name in ("together", "apart"))
    for _ in range(2):
        found = made(together, texts)
        alone = [apart.generate(asked(text)) for text in texts]
        assert [each.entry.picture() for each in found] == [each.entry.picture() for each in alone]
        assert [each.source for each in found] == [each.source for each in alone]
    assert figures(together) == figures(apart)


def test_entries_live_as_long_as_if_looked_up_alone(environment: Environment, client: redis.Redis):
    engine = environment(REDIS_TTL="100", REDIS_TTL_MAX="350")
    for _ in range(3):
        made(engine, TEXTS[:3])
    assert [client.ttl(name) for name in entry_names(client)] == pytest.approx([300] * 3, abs=3)


def test_without_statistics_nothing_but_entries_is_written(environment: Environment, client: redis.Redis):
    engine = environment(REDIS_ENABLE_STATS="false")
    assert sources(engine, TEXTS[:3]) == ["miss"] * 3
    assert sources(engine, TEXTS[:3]) == ["redis"] * 3
    assert sorted(client.keys("*")) == entry_names(client)
    assert figures(engine)["hits"] == figures(engine)["misses"] == figures(engine)["sets"] == 3


def test_what_the_cache_may_not_answer_is_neither_looked_up_nor_stored(environment: Environment, client: redis.Redis):
    engine = environment()
    requests = [
        KeyedRequest.of(asked("x"), cached=False),
        KeyedRequest.of(asked("y")),
        KeyedRequest.of(asked("x"), cached=False),
    ]
    found = generate_all(engine, requests, remaining_ms=lambda: 30_000.0)
    assert [each.source for each in found if isinstance(each, Code)] == ["bypass", "miss", "bypass"]
    assert len(entry_names(client)) == 1
    assert figures(engine)["misses"] == 1


def test_a_value_that_is_no_entry_is_a_miss_among_hits(environment: Environment, client: redis.Redis):
    engine = environment()
    keys = [found.key for found in made(engine, TEXTS[:3])]
    client.set(entry_name(keys[1]), b"foreign")
    assert sources(engine, TEXTS[:3]) == ["redis", "miss", "redis"]
    assert sources(engine, TEXTS[:3]) == ["redis"] * 3
    assert (figures(engine)["hits"], figures(engine)["misses"]) == (5, 4)


def test_what_is_left_undone_after_a_failure_keeps_nobody_waiting(environment: Environment, client: redis.Redis):
    engine = environment()
    made(engine, ["c"])
    found = made(engine, ["a", "x" * 3000, "b", "c"], stop_on_error=True)
    assert isinstance(found[1], Problem)
    assert found[2] is None
    assert list(client.scan_iter(match="*:l*:*")) == []
    assert len(entry_names(client)) == 2


def lease(engine: Engine, text: str) -> None:
    """Begin to draw `text` in `engine`, and never end."""
    canonical = canonical_bytes(asked(text))
    assert engine.cache.lookup_all([LookupRequest(cache_key(canonical), canonical)]) == [None]


def test_what_another_draws_is_waited_for_after_the_rest_is_stored(environment: Environment):
    other, engine = environment(), environment()
    lease(other, TEXTS[0])
    told: list[Any] = []
    waiting = threading.Thread(target=lambda: told.extend(sources(engine, TEXTS)))
    waiting.start()
    deadline = time.monotonic() + 1.5
    while other.cache.not_expiring([cache_key(canonical_bytes(asked(TEXTS[-1])))]) != [True]:
        assert time.monotonic() < deadline
    other.generate(asked("something else"))
    keyed = KeyedRequest.of(asked(TEXTS[0]))
    other.cache.store(StoreRequest(keyed.key, other.draw(keyed)))
    waiting.join()
    assert told == ["redis", *["miss"] * 49]


def test_a_holder_that_dies_delays_all_its_codes_by_one_lease(environment: Environment):
    dead = environment()
    orders = [canonical_bytes(asked(text)) for text in TEXTS[:4]]
    dead.cache.lookup_all([LookupRequest(cache_key(each), each, lease_ms=300) for each in orders])
    engine = environment()
    started = idle_seconds()
    assert sources(engine, TEXTS[:4]) == ["miss"] * 4
    assert idle_seconds() - started < 1
    assert (figures(engine)["misses"], figures(engine)["errors"]) == (8, 0)


def test_two_that_ask_for_the_same_in_opposite_order_do_not_wait_for_each_other(environment: Environment):
    engines, told = [environment() for _ in range(2)], []
    for engine in engines:
        made(engine, ["other"])
    waited: list[float] = []

    def ask(engine: Engine, texts: list[str]) -> None:
        waited.append(lost(lambda: told.extend(sources(engine, texts))))

    threads = [threading.Thread(target=ask, args=given) for given in zip(engines, (TEXTS, TEXTS[::-1]), strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert max(waited) < 1.5
    assert sorted(told) == ["miss"] * 50 + ["redis"] * 50
    assert figures(engines[0])["sets"] == 51


def test_what_takes_long_to_draw_is_stored_before_all_is_drawn(
    environment: Environment, monkeypatch: pytest.MonkeyPatch, sends: list[int]
):
    monkeypatch.setattr("qr_engine.pipeline.batch.STORED_AFTER", 0.0)
    engine = environment()
    made(engine, ["other"])
    sends.clear()
    made(engine, TEXTS[:5])
    assert len(sends) > 3


@pytest.fixture
def relay(redis_server: RedisServer) -> Iterator[Callable[[int], Relay]]:
    """Puts a relay in front of the test's Redis which passes so many bytes of the answers on."""
    opened: list[Relay] = []

    def make(answered: int) -> Relay:
        opened.append(Relay(redis_server, answered))
        return opened[-1]

    yield make
    for found in opened:
        found.close()


@pytest.mark.parametrize("answered", [1, 3000])
def test_what_arrived_before_the_connection_broke_is_kept(
    answered: int, environment: Environment, relay: Callable[[int], Relay]
):
    expected = [found.entry.picture() for found in made(environment(), TEXTS)]
    engine = environment(REDIS_URL=relay(answered).url, REDIS_TIMEOUT_MS="3000")
    found = made(engine, TEXTS)
    assert [each.entry.picture() for each in found] == expected
    hits = [each.source for each in found].count("redis")
    assert hits == 0 if answered == 1 else 0 < hits < 50
    counters = engine.cache.counters
    assert (counters.misses, counters.errors, engine.cache.breaker) == (50 - hits, 1, "open")


def test_connections_that_went_stale_are_replaced_unnoticed(environment: Environment, client: redis.Redis):
    engine = environment()
    made(engine, TEXTS)
    client.execute_command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
    assert sources(engine, TEXTS) == ["redis"] * 50
    assert figures(engine)["errors"] == 0


@pytest.mark.usefixtures("long_pause")
def test_a_redis_that_is_gone_costs_one_timeout(environment: Environment, redis_server: RedisServer):
    engine = environment(REDIS_TIMEOUT_MS="300")
    made(engine, TEXTS)
    redis_server.pause()
    started = idle_seconds()
    assert sources(engine, TEXTS) == ["miss"] * 50
    assert idle_seconds() - started < 0.9
    redis_server.resume()
    assert engine.cache.counters.errors == 1
    assert engine.cache.counters.misses == 50


def test_a_full_redis_gives_what_it_has_and_takes_nothing(environment: Environment, client: redis.Redis):
    engine = environment()
    made(engine, TEXTS[:10])
    client.config_set("maxmemory-policy", "noeviction")
    client.config_set("maxmemory", "1")
    assert sources(engine, TEXTS[:20]) == ["redis"] * 10 + ["miss"] * 10
    client.config_set("maxmemory", "0")
    assert engine.cache.breaker == "closed"
    told = figures(engine)
    assert (told["hits"], told["misses"], told["sets"], told["errors"]) == (10, 20, 10, 10)


def test_a_first_lookup_of_many_waits_for_redis_and_one_of_a_single_code_does_not(environment: Environment):
    made(environment(), TEXTS[:2])
    skipping = [environment(REDIS_FIRST_LOOKUP="skip") for _ in range(2)]
    assert sources(skipping[0], TEXTS[:1]) == ["miss"]
    assert skipping[0].cache.redis is not None
    assert not skipping[0].cache.redis.client.has_client
    assert sources(skipping[1], TEXTS[:2]) == ["redis"] * 2
    assert sources(skipping[0], TEXTS[:2]) == ["redis"] * 2
    assert (figures(skipping[0])["hits"], figures(skipping[0])["misses"]) == (4, 3)


def test_the_hits_of_the_memory_tier_count_once_a_batch_asks_redis_again(
    environment: Environment, monkeypatch: pytest.MonkeyPatch
):
    engine = environment(MEMORY_CACHE_BYTES="1000000", MEMORY_CACHE_TTL="1")
    now = [time.monotonic()]
    monkeypatch.setattr("qr_engine.cache.memory.monotonic", lambda: now[0])
    for _ in range(10):
        made(engine, ["x", "y"])
    now[0] += 2
    assert sources(engine, ["x", "y"]) == ["redis", "redis"]
    popular = engine.cache.stats(format_of).popular
    assert [found.lookups for found in popular] == pytest.approx([11, 11], abs=0.2)
