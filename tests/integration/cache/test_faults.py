"""What may happen to a Redis, and that no caller ever notices more than a slower answer."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import redis
from tests.redis_server import RedisServer, free_port

from qr_engine.config import load
from qr_engine.engine import Code, Engine
from qr_engine.request import format_of

from .conftest import Environment, asked, entry_names

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


def took(call: Callable[[], Any]) -> float:
    """Seconds that `call` takes."""
    started = time.monotonic()
    call()
    return time.monotonic() - started


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
    engine = Engine(load({"REDIS_URL": f"redis://127.0.0.1:{free_port()}", "REDIS_CONNECT_TIMEOUT_MS": "200"}))
    right(engine.generate(asked("warm up the imports")) and engine.generate(asked("x")))
    assert took(lambda: engine.generate(asked("y"))) < 0.2


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


@pytest.mark.parametrize("during", ["lookup", "store"])
def test_a_hung_redis_costs_one_request_its_timeout_and_the_next_nothing(
    environment: Environment, redis_server: RedisServer, monkeypatch: pytest.MonkeyPatch, during: str
):
    engine = environment(REDIS_TIMEOUT_MS="300")
    until_hit(engine)
    if during == "store":
        drawn = engine.cache.store

        def hung(*given: Any, **options: Any) -> bool:
            redis_server.pause()
            return drawn(*given, **options)

        monkeypatch.setattr(engine.cache, "store", hung)
        first = took(lambda: engine.generate(asked("new")))
        monkeypatch.undo()
    else:
        redis_server.pause()
        first = took(lambda: right(engine.generate(asked("x"))))
    assert 0.25 < first < 0.6
    assert took(lambda: right(engine.generate(asked("x")))) < 0.1
    redis_server.resume()
    until_hit(engine)


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
def cut() -> Iterator[Callable[[RedisServer, int], int]]:
    """Puts a relay in front of a Redis which passes some bytes of the answers on and then hangs up; gives its port."""
    import socket

    sockets: list[socket.socket] = []

    def relay(server: RedisServer, answered: int) -> int:
        listener = socket.create_server(("127.0.0.1", 0))
        sockets.append(listener)

        def serve() -> None:
            while True:
                try:
                    near, _ = listener.accept()
                except OSError:
                    return
                far = socket.create_connection(("127.0.0.1", server.port))
                sockets.extend((near, far))
                left = answered
                while left > 0:
                    far.sendall(near.recv(65536))
                    got = far.recv(65536)[:left]
                    near.sendall(got)
                    left -= len(got)
                near.close()
                far.close()

        threading.Thread(target=serve, daemon=True).start()
        port: int = listener.getsockname()[1]
        return port

    yield relay
    for found in sockets:
        found.close()


def test_a_reply_that_breaks_off_in_the_middle_is_a_miss(
    environment: Environment, redis_server: RedisServer, cut: Callable[[RedisServer, int], int]
):
    until_hit(environment())
    port = cut(redis_server, 150)
    engine = Engine(load({"REDIS_URL": f"redis://127.0.0.1:{port}", "MEMORY_CACHE_BYTES": "0"}))
    assert right(engine.generate(asked("x"))).source == "miss"
    assert engine.cache.counters.errors >= 1
    assert took(lambda: right(engine.generate(asked("x")))) < 0.3


def test_a_full_redis_still_gives_what_it_has(environment: Environment, client: redis.Redis):
    engine = environment()
    until_hit(engine)
    client.config_set("maxmemory-policy", "noeviction")
    client.config_set("maxmemory", "1")
    assert right(engine.generate(asked("x"))).source == "redis"
    assert engine.generate(asked("new")).source == "miss"
    assert engine.generate(asked("new")).source == "miss"
    assert engine.cache.breaker == "closed"
    client.config_set("maxmemory", "0")
    assert [engine.generate(asked("new")).source for _ in range(2)] == ["miss", "redis"]
    told = engine.cache.stats(format_of)
    assert told.errors == 2
    assert told.hits + told.misses == engine.cache.memory.hits + told.redis_hits + told.misses


def test_a_replica_that_takes_no_writes_still_gives_what_it_has(
    environment: Environment, client: redis.Redis, redis_server: RedisServer, tmp_path: Path
):
    until_hit(environment())
    folder = tmp_path / "replica"
    folder.mkdir()
    replica = RedisServer(folder, "--replicaof", "127.0.0.1", str(redis_server.port))
    replica.start()
    try:
        with redis.Redis.from_url(replica.url) as watching:
            until = time.monotonic() + 10
            while not (watching.info("replication")["master_link_status"] == "up" and entry_names(watching)):
                assert time.monotonic() < until
        engine = Engine(load({"REDIS_URL": replica.url, "MEMORY_CACHE_BYTES": "0"}))
        assert right(engine.generate(asked("x"))).source == "redis"
        assert engine.generate(asked("new")).source == "miss"
        assert engine.cache.counters.errors >= 1
    finally:
        replica.stop()


def test_a_wrong_password_is_a_miss_until_it_is_right(tmp_path: Path):
    server = RedisServer(tmp_path, "--requirepass", "right")
    server.start()
    try:
        engine = Engine(load({"REDIS_URL": f"redis://:wrong@127.0.0.1:{server.port}", "MEMORY_CACHE_BYTES": "0"}))
        assert right(engine.generate(asked("x"))).source == "miss"
        assert engine.cache.breaker == "open"
        with redis.Redis(port=server.port, password="right") as administrator:
            administrator.config_set("requirepass", "wrong")
        until_hit(engine)
    finally:
        server.stop()


def test_a_redis_that_is_still_loading_is_a_miss(environment: Environment, client: redis.Redis):
    engine = environment()
    until_hit(engine)
    # A script that is running is answered with BUSY, as loading is with LOADING: an error for every command.
    busy = threading.Thread(target=_occupy, args=(client, 1.0))
    client.config_set("busy-reply-threshold", "10")
    busy.start()
    time.sleep(0.2)
    assert right(engine.generate(asked("x"))).source == "miss"
    busy.join()
    until_hit(engine)


def _occupy(client: redis.Redis, seconds: float) -> None:
    script = "local t = redis.call('TIME') local stop = t[1] + t[2] / 1e6 + ARGV[1] repeat t = redis.call('TIME') "
    client.eval(script + "until t[1] + t[2] / 1e6 > stop", 0, seconds)


def test_a_clock_that_runs_wrong_changes_nothing(environment: Environment, monkeypatch: pytest.MonkeyPatch):
    until_hit(environment())
    for skew in (-10 * 365 * 86400, 10 * 365 * 86400):
        monkeypatch.setattr("qr_engine.engine.time", lambda skew=skew: 1_800_000_000 + skew)
        engine = environment()
        assert right(engine.generate(asked("x"))).source == "redis"
        assert [engine.generate(asked(f"new {skew}")).source for _ in range(2)] == ["miss", "redis"]


def test_the_cache_routes_say_that_the_cache_is_gone(environment: Environment, redis_server: RedisServer):
    from qr_engine.errors import CacheUnavailable

    engine = environment()
    until_hit(engine)
    redis_server.stop()
    for call in (lambda: engine.cache.stats(format_of), engine.cache.clear, lambda: engine.cache.lasting(["00" * 32])):
        with pytest.raises(CacheUnavailable):
            call()
