"""A Redis that is there and says no: full, a replica, locked, still loading. Nothing of it reaches a caller."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import redis
from redis.backoff import NoBackoff
from redis.exceptions import BusyLoadingError
from redis.retry import Retry
from tests.redis_server import RedisServer
from tests.redis_servers.certificates import Authority
from tests.redis_servers.waiting import until

from qr_engine import observability
from qr_engine.aws.credentials import Credentials
from qr_engine.config import load
from qr_engine.pipeline.engine import Engine
from qr_engine.redis_client.iam import sign_token
from qr_engine.request import format_of

from .conftest import Environment, asked, entry_names, right, until_hit


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
    assert (told.hits, told.misses, told.sets, told.errors) == (3, 4, 2, 2)


def test_a_replica_that_takes_no_writes_still_gives_what_it_has(
    environment: Environment, client: redis.Redis, redis_server: RedisServer, tmp_path: Path
):
    until_hit(environment())
    client.config_set("repl-diskless-sync-delay", 0)
    folder = tmp_path / "replica"
    folder.mkdir()
    replica = RedisServer(folder, "--replicaof", "127.0.0.1", str(redis_server.port))
    replica.start()
    try:
        with redis.Redis.from_url(replica.url) as watching:
            until(lambda: entry_names(watching), "the replica has the entry")
            engine = environment(REDIS_URL=replica.url)
            assert right(engine.generate(asked("x"))).source == "redis"
            assert [engine.generate(asked("new")).source for _ in range(2)] == ["miss", "miss"]
            assert engine.cache.counters.errors == 2
            watching.replicaof("NO", "ONE")
        assert [engine.generate(asked("new")).source for _ in range(2)] == ["miss", "redis"]
        assert engine.cache.stats(format_of).errors == 2
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


class Clock(datetime):
    """The clock of an environment, which a test can set."""

    moment = datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)

    @classmethod
    def now(cls, tz: Any = None) -> Any:
        return cls.moment


def test_an_expired_token_is_a_miss_until_a_fresh_one_is_signed(
    environment: Environment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    # What ElastiCache does with a token stands here as a password that is right for one moment only.
    authority, server = Authority(tmp_path), RedisServer(tmp_path)
    server.encrypt(*authority.sign("DNS:localhost"), authority.certificate)
    monkeypatch.setattr("qr_engine.redis_client.iam.datetime", Clock)
    for name, value in (("AWS_REGION", "eu-central-1"), ("AWS_ACCESS_KEY_ID", "key"), ("AWS_SECRET_ACCESS_KEY", "s")):
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("AWS_SESSION_TOKEN", raising=False)
    login = {"REDIS_AUTH": "iam", "REDIS_USERNAME": "engine", "REDIS_IAM_CACHE_NAME": "codes"}
    engine = environment(REDIS_URL=server.url, REDIS_TLS_CA_FILE=str(authority.certificate), **login)
    server.start()
    try:
        with redis.Redis.from_url(server.url, ssl_ca_certs=str(authority.certificate)) as administrator:

            def accept(moment: datetime) -> None:
                signed = sign_token(Credentials("key", "s", None), "eu-central-1", "codes", "engine", moment)
                administrator.execute_command(
                    "ACL", "SETUSER", "engine", "on", "resetpass", f">{signed}", "+@all", "~*"
                )

            accept(Clock.moment)
            until_hit(engine)
            later = Clock.moment + timedelta(hours=12)
            accept(later)
            administrator.execute_command("CLIENT", "KILL", "USER", "engine")
            assert right(engine.generate(asked("x"))).source == "miss"
            assert (engine.cache.counters.errors, engine.cache.breaker) == (1, "open")
            monkeypatch.setattr(Clock, "moment", later)
            until_hit(engine)
            assert engine.cache.stats(format_of).errors >= 1
    finally:
        server.stop()


@pytest.mark.usefixtures("long_pause")
def test_a_redis_that_is_still_loading_is_a_miss(
    environment: Environment, client: redis.Redis, redis_server: RedisServer
):
    engine = environment()
    until_hit(engine)
    client.eval("for i = 1, 500 do redis.call('SET', 'other:' .. i, string.rep('x', 100)) end", 0)
    client.save()
    redis_server.stop()
    slowly = ("--key-load-delay", "2000", "--loading-process-events-interval-bytes", "1024")
    redis_server.start(*slowly, ready="Loading RDB")
    with pytest.raises(BusyLoadingError), redis.Redis(port=redis_server.port, retry=Retry(NoBackoff(), 0)) as impatient:
        impatient.ping()
    assert right(engine.generate(asked("x"))).source == "miss"
    assert engine.cache.counters.errors == 1
    until(client.ping, "it has loaded everything")
    until_hit(engine)
    told = engine.cache.stats(format_of)
    assert told.errors >= 1
    assert told.misses >= 2


def test_a_redis_that_is_busy_with_a_script_is_a_miss(environment: Environment, client: redis.Redis):
    engine = environment()
    until_hit(engine)
    client.config_set("busy-reply-threshold", "10")
    busy = threading.Thread(target=_occupy, args=(client, 1.0))
    busy.start()
    with redis.Redis.from_url(str(engine.cache.settings.redis_url)) as watching:
        until(lambda: _is_busy(watching), "the script runs")
    assert right(engine.generate(asked("x"))).source == "miss"
    busy.join()
    until_hit(engine)
    assert engine.cache.stats(format_of).errors >= 1


def _is_busy(watching: redis.Redis) -> bool:
    try:
        watching.ping()
    except redis.ResponseError as error:
        return "busy" in str(error)
    return False


def _occupy(client: redis.Redis, seconds: float) -> None:
    script = "local t = redis.call('TIME') local stop = t[1] + t[2] / 1e6 + ARGV[1] repeat t = redis.call('TIME') "
    client.eval(script + "until t[1] + t[2] / 1e6 > stop", 0, seconds)


def kinds(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """The refusals that are counted from here on, by kind."""
    counted: dict[str, int] = {}
    monkeypatch.setattr(observability, "_refusals", counted)
    return counted


def test_a_full_redis_is_counted_as_such(
    environment: Environment, client: redis.Redis, monkeypatch: pytest.MonkeyPatch
):
    engine = environment()
    until_hit(engine)
    counted = kinds(monkeypatch)
    client.config_set("maxmemory-policy", "noeviction")
    client.config_set("maxmemory", "1")
    engine.generate(asked("new"))
    assert counted.keys() == {"OOM"}


@pytest.mark.parametrize("missing", ["evalsha", "set"])
def test_a_command_that_the_user_may_not_is_counted_as_such_whoever_calls_it(
    environment: Environment, client: redis.Redis, monkeypatch: pytest.MonkeyPatch, missing: str
):
    until_hit(environment())
    client.execute_command("ACL", "SETUSER", "default", "-eval" if missing == "evalsha" else "+eval", f"-{missing}")
    try:
        counted = kinds(monkeypatch)
        assert environment().generate(asked("new")).source == "miss"
        assert counted.keys() == {"NOPERM"}
    finally:
        client.execute_command("ACL", "SETUSER", "default", "+@all")
