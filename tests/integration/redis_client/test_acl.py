"""The user that docs/operations.md makes: it can do what the cache needs, and nothing else."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from redis import Redis
from tests.redis_servers.waiting import until

from qr_engine.redis_client import Client, Script
from qr_engine.redis_client.errors import AuthenticationError, NoPermission, ResponseError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.integration.redis_client.conftest import Connect
    from tests.redis_server import RedisServer
    from tests.redis_servers.cluster import ClusterServers

DOCUMENT = Path(__file__).parents[3] / "docs" / "operations.md"
USER, PASSWORD = "qr_engine", "change-me"
KEY = "qr_engine_v2:{aa}:k"

NEEDED: tuple[tuple[Any, ...], ...] = (
    ("SET", KEY, "v", "EX", 60),
    ("GET", KEY),
    ("GETRANGE", KEY, 0, 1),
    ("EXPIRE", KEY, 60),
    ("PEXPIRE", KEY, 60_000),
    ("PTTL", KEY),
    ("MEMORY USAGE", KEY),
    ("TYPE", KEY),
    ("TIME",),
    ("HSET", f"{KEY}h", "f", 1),
    ("HGET", f"{KEY}h", "f"),
    ("HINCRBY", f"{KEY}h", "f", 1),
    ("HMGET", f"{KEY}h", "f"),
    ("HGETALL", f"{KEY}h"),
    ("HDEL", f"{KEY}h", "f"),
    ("ZADD", f"{KEY}z", 1, "m"),
    ("ZSCORE", f"{KEY}z", "m"),
    ("ZREVRANGE", f"{KEY}z", 0, -1),
    ("ZCARD", f"{KEY}z"),
    ("ZREM", f"{KEY}z", "n"),
    ("ZPOPMIN", f"{KEY}z"),
    ("EVAL", "return redis.call('GET', KEYS[1])", 1, KEY),
    ("UNLINK", KEY),
    ("DEL", KEY),
)

FORBIDDEN: tuple[tuple[Any, ...], ...] = (
    ("FLUSHALL",),
    ("FLUSHDB",),
    ("KEYS", "*"),
    ("CONFIG", "GET", "*"),
    ("CLIENT", "LIST"),
    ("ACL", "LIST"),
    ("SCRIPT", "FLUSH"),
    ("MONITOR",),
    ("SHUTDOWN", "NOSAVE"),
    ("REPLICAOF", "NO", "ONE"),
    ("PUBLISH", "c", "m"),
    ("RENAME", KEY, f"{KEY}r"),
    ("GET", "another:k"),
    ("SET", "another:k", "v"),
    ("UNLINK", "another:k"),
    ("EVAL", "return redis.call('GET', KEYS[1])", 1, "another:k"),
)


def make_user(port: int) -> None:
    (line,) = (line for line in DOCUMENT.read_text(encoding="utf-8").splitlines() if line.startswith("ACL SETUSER"))
    with Redis(port=port) as administrator:
        administrator.execute_command(*shlex.split(line))


@pytest.fixture
def server(redis_server: RedisServer) -> RedisServer:
    make_user(redis_server.port)
    return redis_server


@pytest.fixture
def client(server: RedisServer, connected: Connect) -> Client:
    return connected(redis_url=server.url, redis_auth="password", redis_username=USER, redis_password=PASSWORD)


@pytest.fixture
def guarded_cluster(cluster: ClusterServers) -> Iterator[ClusterServers]:
    for each in cluster.servers:
        make_user(each.port)
    yield cluster
    for each in cluster.servers:
        cluster.ask(each, "ACL DELUSER", USER)


@pytest.mark.parametrize("command", NEEDED, ids=lambda command: command[0])
def test_the_user_may(client: Client, command: tuple[Any, ...]) -> None:
    client.batch([command])


def test_the_user_may_run_a_script_that_the_server_does_not_have(client: Client) -> None:
    assert client.run(Script.of("return 'ran'"), [KEY], []) == b"ran"


def test_the_user_may_walk_over_the_keys_of_a_server(client: Client) -> None:
    client.batch([("SET", KEY, "v")])
    (node,) = client.primaries()
    assert (node.redis.dbsize(), node.redis.scan(0)[1]) == (1, [KEY.encode()])
    assert "used_memory" in node.redis.info("memory")


@pytest.mark.parametrize("command", FORBIDDEN, ids=lambda command: " ".join(map(str, command[:2])))
def test_the_user_may_not(client: Client, command: tuple[Any, ...]) -> None:
    (node,) = client.primaries()
    with pytest.raises(NoPermission):
        node.batch([command])


def test_a_script_may_not_do_what_the_user_may_not(client: Client) -> None:
    with pytest.raises(ResponseError):
        client.run(Script.of("return redis.call('FLUSHALL')"), [KEY], [])


def test_a_wrong_password_is_refused(server: RedisServer, connected: Connect) -> None:
    client = connected(redis_url=server.url, redis_auth="password", redis_username=USER, redis_password="guess")
    with pytest.raises(AuthenticationError):
        client.batch([("GET", KEY)])


def test_the_user_finds_its_way_through_a_cluster_that_changes(
    guarded_cluster: ClusterServers, connected: Connect
) -> None:
    client = connected(
        redis_cluster_nodes=guarded_cluster.nodes,
        redis_auth="password",
        redis_username=USER,
        redis_password=PASSWORD,
    )
    client.batch([("SET", KEY, "v")])
    target = guarded_cluster.another(guarded_cluster.master_of(KEY))
    guarded_cluster.migrate(KEY, target)
    assert client.run(Script.of("return redis.call('HGETALL', KEYS[1])"), [f"{KEY}:new"], []) == []
    guarded_cluster.finish(KEY, target)
    until(lambda: client.batch([("GET", KEY)]) == [b"v"], "the client has followed", 5)
    guarded_cluster.wait()
