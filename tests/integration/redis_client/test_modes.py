"""What every mode can do."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from qr_engine.config import Settings
from qr_engine.redis_client import Client, Script, connect
from qr_engine.redis_client.errors import ResponseError

if TYPE_CHECKING:
    from tests.redis_server import RedisServer

KEPT = Script.of("redis.call('SET', KEYS[1], ARGV[1])\nreturn redis.call('GET', KEYS[1])")
TWO_KEYS = Script.of("redis.call('SET', KEYS[1], 1)\nreturn redis.call('INCR', KEYS[2])")


def connections_made(client: Client) -> int:
    return sum(node.redis.info("stats")["total_connections_received"] for node in client.primaries())


def test_what_a_script_wrote_a_command_reads(client: Client) -> None:
    assert client.run(KEPT, ["p:{aa}:1"], [b"\x00\xff"]) == b"\x00\xff"
    assert client.batch([("GET", "p:{aa}:1")])[0] == b"\x00\xff"


def test_a_script_takes_the_keys_of_one_tag(client: Client) -> None:
    client.batch([("DEL", "p:{ab}:2")])
    assert client.run(TWO_KEYS, ["p:{ab}:1", "p:{ab}:2"], []) == 1


def test_a_script_that_the_server_forgot_is_sent_again(client: Client) -> None:
    client.run(KEPT, ["p:{aa}:1"], ["before"])
    for node in client.primaries():
        node.redis.script_flush()
    assert client.run(KEPT, ["p:{aa}:1"], ["after"]) == b"after"


def test_a_script_that_the_server_has_is_not_sent_again(client: Client) -> None:
    client.run(KEPT, ["p:{aa}:1"], ["once"])
    for node in client.primaries():
        node.redis.config_resetstat()
    client.run(KEPT, ["p:{aa}:1"], ["twice"])
    commands = [name for node in client.primaries() for name in node.redis.info("commandstats")]
    assert "cmdstat_evalsha" in commands
    assert "cmdstat_eval" not in commands


def test_an_error_in_a_script_is_raised(client: Client) -> None:
    with pytest.raises(ResponseError, match="wrong"):
        client.run(Script.of("return redis.error_reply('ERR wrong')"), ["p:{aa}:1"], [])


def test_a_connection_that_the_server_closed_is_replaced_unnoticed(client: Client) -> None:
    client.run(KEPT, ["p:{aa}:1"], ["before"])
    for node in client.primaries():
        node.redis.execute_command("CLIENT KILL TYPE normal SKIPME yes")
    for node in client.primaries():
        node.redis.ping()
    assert client.run(KEPT, ["p:{aa}:1"], ["after"]) == b"after"


def test_commands_on_many_keys_are_answered_in_their_order(client: Client) -> None:
    keys = [f"p:{{{tag:02x}}}:n" for tag in range(64)]
    assert client.batch([("SET", key, number) for number, key in enumerate(keys)]) == [b"OK"] * 64
    assert client.batch([("GET", key) for key in keys]) == [b"%d" % number for number in range(64)]


def test_a_refused_command_of_a_batch_is_raised_and_the_others_are_done(client: Client) -> None:
    client.batch([("SET", "p:{aa}:text", "text")])
    with pytest.raises(ResponseError, match="WRONGTYPE"):
        client.batch([("HGETALL", "p:{aa}:text"), ("SET", "p:{aa}:after", "done")])
    assert client.batch([("GET", "p:{aa}:after")]) == [b"done"]


def test_the_primaries_together_hold_every_key(client: Client) -> None:
    keys = {f"p:{{{tag:02x}}}:s".encode() for tag in range(64)}
    client.batch([("SET", key, "") for key in keys])
    found = [key for node in client.primaries() for key in node.redis.scan_iter(match="p:*:s", count=1000)]
    assert sorted(found) == sorted(keys)


def test_the_primaries_keep_their_order(client: Client) -> None:
    assert [node.name for node in client.primaries()] == [node.name for node in client.primaries()]


def test_one_connection_serves_many_commands(client: Client) -> None:
    client.run(KEPT, ["p:{aa}:1"], ["first"])
    before = connections_made(client)
    for _ in range(20):
        client.run(KEPT, ["p:{aa}:1"], ["more"])
    assert connections_made(client) == before


@pytest.mark.parametrize(
    "settings",
    [
        Settings(redis_url="redis://127.0.0.1:1"),
        Settings(redis_cluster_nodes="127.0.0.1:1"),
        Settings(redis_sentinel_nodes="127.0.0.1:1", redis_sentinel_master="main"),
    ],
    ids=lambda settings: settings.mode,
)
def test_nothing_is_opened_before_the_first_command(settings: Settings) -> None:
    connect(settings).close()


def test_there_is_nothing_to_connect_to_without_a_mode() -> None:
    with pytest.raises(ValueError, match="no Redis"):
        connect(Settings())


def test_as_many_connections_are_opened_as_are_allowed(redis_server: RedisServer) -> None:
    client = connect(Settings(redis_url=redis_server.url, redis_max_connections=2, redis_timeout_ms=5000))
    hold = Script.of("local t = redis.call('TIME')[1]\nreturn 1")
    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(lambda _: client.run(hold, ["k"], []), range(200))) == 200
    # The one that asks counts itself.
    assert client.primaries()[0].redis.info("clients")["connected_clients"] <= 2
    client.close()
