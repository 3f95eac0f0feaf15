"""What may happen to a Redis, and that no caller ever notices more than a slower answer."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import redis
from tests.redis_server import RedisServer, free_port

from qr_engine.config import load
from qr_engine.pipeline.engine import Engine
from qr_engine.request import format_of

from .conftest import Environment, asked, lost, right, until_hit
from .relay import Relay


@pytest.mark.usefixtures("long_pause")
def test_redis_absent_at_start_and_present_later(tmp_path: Path):
    server = RedisServer(tmp_path)
    engine = Engine(load({"REDIS_URL": server.url, "MEMORY_CACHE_BYTES": "0"}))
    assert right(engine.generate(asked("x"))).source == "miss"
    assert engine.cache.counters.errors == 1
    server.start()
    try:
        until_hit(engine)
        assert engine.cache.stats(format_of).errors >= 1
    finally:
        server.stop()


def test_connection_refused_costs_no_more_than_the_connection_timeout():
    engine = Engine(load({"REDIS_URL": f"redis://127.0.0.1:{free_port()}", "REDIS_CONNECT_TIMEOUT_MS": "500"}))
    right(engine.generate(asked("warm up the imports")) and engine.generate(asked("x")))
    assert lost(lambda: engine.generate(asked("y"))) < 0.5


def test_a_redis_lost_half_way_comes_back_empty(environment: Environment, redis_server: RedisServer):
    engine = environment()
    until_hit(engine)
    redis_server.stop()
    for _ in range(5):
        assert right(engine.generate(asked("x"))).source == "miss"
    redis_server.start()
    until_hit(engine)
    told = engine.cache.stats(format_of)
    assert told.misses >= 5
    assert told.errors >= 1


@pytest.mark.usefixtures("long_pause")
@pytest.mark.parametrize("during", ["lookup", "store"])
def test_a_hung_redis_costs_one_request_its_timeout_and_the_next_nothing(
    environment: Environment, redis_server: RedisServer, monkeypatch: pytest.MonkeyPatch, during: str
):
    engine = environment(REDIS_TIMEOUT_MS="600")
    until_hit(engine)
    if during == "store":
        drawn = engine.cache.store

        def hung(*given: Any, **options: Any) -> bool:
            redis_server.pause()
            return drawn(*given, **options)

        monkeypatch.setattr(engine.cache, "store", hung)
        first = lost(lambda: engine.generate(asked("new")))
        monkeypatch.undo()
    else:
        redis_server.pause()
        first = lost(lambda: right(engine.generate(asked("x"))))
    assert 0.55 < first < 1.15  # one timeout, and not two
    assert lost(lambda: right(engine.generate(asked("x")))) < 0.3
    redis_server.resume()
    until_hit(engine)
    assert engine.cache.stats(format_of).errors >= 1


def test_each_further_failure_of_a_hung_redis_is_rarer(environment: Environment, redis_server: RedisServer):
    engine = environment(REDIS_TIMEOUT_MS="50")
    until_hit(engine)
    redis_server.pause()
    until = time.monotonic() + 3
    requests = 0
    while time.monotonic() < until:
        right(engine.generate(asked("x")))
        requests += 1
    assert engine.cache.counters.errors <= 6
    assert requests > 100
    redis_server.resume()
    until_hit(engine)


def test_a_connection_killed_between_two_calls_is_replaced_unnoticed(environment: Environment, client: redis.Redis):
    engine = environment()
    until_hit(engine)
    for _ in range(3):
        client.execute_command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
        assert right(engine.generate(asked("x"))).source == "redis"
    assert engine.cache.stats(format_of).errors == 0


@pytest.fixture
def relay(redis_server: RedisServer) -> Iterator[Callable[[int], Relay]]:
    """Puts a relay in front of the test's Redis which passes so many bytes of the answers on."""
    made: list[Relay] = []

    def make(answered: int) -> Relay:
        made.append(Relay(redis_server, answered))
        return made[-1]

    yield make
    for found in made:
        found.close()


@pytest.mark.usefixtures("long_pause")
@pytest.mark.parametrize("answered", [1, 7, 150])
def test_a_reply_that_breaks_off_in_the_middle_is_a_miss(
    environment: Environment, relay: Callable[[int], Relay], answered: int
):
    until_hit(environment())
    cut = relay(answered)
    engine = environment(REDIS_URL=cut.url)
    assert right(engine.generate(asked("x"))).source == "miss"
    assert engine.cache.counters.errors == 1
    assert lost(lambda: right(engine.generate(asked("x")))) < 0.3
    cut.answered = 10**9
    until_hit(engine)
    assert engine.cache.stats(format_of).errors >= 1


def test_a_clock_that_runs_wrong_changes_nothing(environment: Environment, monkeypatch: pytest.MonkeyPatch):
    until_hit(environment())
    for skew in (-10 * 365 * 86400, 10 * 365 * 86400):
        monkeypatch.setattr("qr_engine.pipeline.engine.time", lambda skew=skew: 1_800_000_000 + skew)
        engine = environment()
        assert right(engine.generate(asked("x"))).source == "redis"
        assert [engine.generate(asked(f"new {skew}")).source for _ in range(2)] == ["miss", "redis"]


def test_the_cache_routes_say_that_the_cache_is_gone(environment: Environment, redis_server: RedisServer):
    from qr_engine.errors import CacheUnavailable

    engine = environment()
    until_hit(engine)
    redis_server.stop()
    for call in (
        lambda: engine.cache.stats(format_of),
        engine.cache.clear,
        lambda: engine.cache.not_expiring(["00" * 32]),
    ):
        with pytest.raises(CacheUnavailable):
            call()
