"""A master that sentinels replace."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from redis import Redis
from tests.redis_server import RedisServer
from tests.redis_servers.sentinels import MASTER, SentinelServers
from tests.redis_servers.waiting import until

from qr_engine.redis_client import Client, Script
from qr_engine.redis_client.errors import ConnectionLost, ReadOnly, RedisError
from qr_engine.redis_client.options import ConnectionOptions
from qr_engine.redis_client.pool import Server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.integration.redis_client.conftest import Connect

KEPT = Script.of("redis.call('SET', KEYS[1], ARGV[1])\nreturn redis.call('GET', KEYS[1])")


@pytest.fixture
def client(sentinels: SentinelServers, connected: Connect) -> Client:
    return connected(redis_sentinel_nodes=sentinels.nodes, redis_sentinel_master=MASTER)


@pytest.fixture
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SentinelServers]:
    servers = SentinelServers(tmp_path_factory.mktemp("guarded"), password="hunter2")
    try:
        servers.start()
        yield servers
    finally:
        servers.stop()


def test_a_sentinel_that_is_down_is_passed_over(sentinels: SentinelServers, connected: Connect) -> None:
    client = connected(redis_sentinel_nodes=f"127.0.0.1:1,{sentinels.nodes}", redis_sentinel_master=MASTER)
    assert client.run(KEPT, ["k"], ["v"]) == b"v"


def test_a_name_that_no_sentinel_knows_is_named(sentinels: SentinelServers, connected: Connect) -> None:
    client = connected(redis_sentinel_nodes=sentinels.nodes, redis_sentinel_master="other")
    with pytest.raises(ConnectionLost, match="other"):
        client.run(KEPT, ["k"], ["v"])


def test_sentinels_that_ask_for_a_login_get_the_one_of_the_master(guarded: SentinelServers, connected: Connect) -> None:
    client = connected(
        redis_sentinel_nodes=guarded.nodes,
        redis_sentinel_master=MASTER,
        redis_auth="password",
        redis_password="hunter2",
    )
    assert client.run(KEPT, ["k"], ["v"]) == b"v"


def test_a_master_that_became_a_replica_is_left(sentinels: SentinelServers, client: Client) -> None:
    client.run(KEPT, ["k"], ["before"])
    old = sentinels.master()
    sentinels.ask(sentinels.sentinels[0], "SENTINEL FAILOVER", MASTER)
    until(lambda: sentinels.master() is not old, "another is the master", 30)
    until(lambda: client.run(KEPT, ["k"], ["after"]) == b"after", "the client has followed", 5)
    sentinels.wait()


def test_a_refusal_to_write_makes_the_client_look_for_the_master(sentinels: SentinelServers, client: Client) -> None:
    client.run(KEPT, ["k"], ["before"])
    master = sentinels.master()
    sentinels.ask(master, "REPLICAOF", "127.0.0.1", 1)
    try:
        with pytest.raises(ReadOnly):
            client.run(KEPT, ["k"], ["meanwhile"])
    finally:
        sentinels.ask(master, "REPLICAOF", "NO", "ONE")
    assert client.run(KEPT, ["k"], ["after"]) == b"after"
    sentinels.wait()


@pytest.mark.parametrize("way", ["killed", "hung"])
def test_a_master_that_goes_is_replaced(sentinels: SentinelServers, connected: Connect, way: str) -> None:
    client = connected(
        redis_sentinel_nodes=sentinels.nodes,
        redis_sentinel_master=MASTER,
        redis_timeout_ms=250,
        redis_connect_timeout_ms=250,
    )
    client.run(KEPT, ["k"], ["before"])
    old = sentinels.master()
    (old.stop if way == "killed" else old.pause)()
    try:
        with pytest.raises(RedisError):
            client.run(KEPT, ["k"], ["meanwhile"])
        until(lambda: sentinels.master() is not old, "another is the master", 30)
        until(lambda: client.run(KEPT, ["k"], ["after"]) == b"after", "the client has followed", 5)
    finally:
        (old.start if way == "killed" else old.resume)()
        sentinels.wait()


def test_a_master_that_lives_on_as_a_replica_is_left_at_its_first_refusal(
    redis_server: RedisServer, tmp_path: Path
) -> None:
    other = RedisServer(tmp_path)
    other.start()
    masters = [("127.0.0.1", redis_server.port)]
    server = Server(
        ConnectionOptions(("main", 0), connect_timeout=2, timeout=2, locate=lambda: masters[-1]), max_connections=1
    )
    try:
        assert server.run(KEPT, ["k"], ["before"]) == b"before"
        # By hand: sentinels would also end the connections of an old master, which lets each go by itself.
        with Redis(port=redis_server.port) as administrator:
            administrator.replicaof("127.0.0.1", other.port)
        masters.append(("127.0.0.1", other.port))
        with pytest.raises(ReadOnly):
            server.run(KEPT, ["k"], ["meanwhile"])
        assert server.run(KEPT, ["k"], ["after"]) == b"after"
        with Redis(port=other.port) as administrator:
            assert administrator.get("k") == b"after"
    finally:
        with Redis(port=redis_server.port) as administrator:
            administrator.replicaof("NO", "ONE")
        server.close()
        other.stop()
