"""What a server that does not answer costs: one attempt."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest

from qr_engine.config import Settings
from qr_engine.redis_client import Client, Script, connect
from qr_engine.redis_client.errors import ConnectionLost, RedisError, Timeout

if TYPE_CHECKING:
    from collections.abc import Iterator

SCRIPT = Script.of("return 1")
MODES = ("standalone", "cluster", "sentinel")


@pytest.fixture
def silent() -> Iterator[socket.socket]:
    """A port that takes connections, and never says a word."""
    with socket.create_server(("127.0.0.1", 0), backlog=128) as listener:
        listener.setblocking(False)
        yield listener


def client_of(mode: str, port: int) -> Client:
    where = {
        "standalone": Settings(redis_url=f"redis://127.0.0.1:{port}", redis_timeout_ms=20),
        "cluster": Settings(redis_cluster_nodes=f"127.0.0.1:{port}", redis_timeout_ms=20, redis_connect_timeout_ms=20),
        "sentinel": Settings(
            redis_sentinel_nodes=f"127.0.0.1:{port}",
            redis_sentinel_master="main",
            redis_timeout_ms=20,
            redis_connect_timeout_ms=20,
        ),
    }
    return connect(where[mode])


def callers(listener: socket.socket) -> int:
    count = 0
    while True:
        try:
            listener.accept()[0].close()
        except BlockingIOError:
            return count
        count += 1


@pytest.mark.parametrize("mode", MODES)
def test_a_silent_server_is_tried_once(mode: str, silent: socket.socket) -> None:
    client = client_of(mode, silent.getsockname()[1])
    with pytest.raises(Timeout):
        client.run(SCRIPT, ["k"], [])
    client.close()
    assert callers(silent) == 1


@pytest.mark.parametrize("mode", MODES)
def test_a_closed_port_is_an_error_at_once(mode: str) -> None:
    client = client_of(mode, 1)
    with pytest.raises(ConnectionLost):
        client.run(SCRIPT, ["k"], [])
    client.close()


@pytest.mark.parametrize("mode", ["cluster", "sentinel"])
def test_of_many_silent_servers_only_as_many_are_tried_as_fit_into_the_timeouts(mode: str) -> None:
    listeners = [socket.create_server(("127.0.0.1", 0)) for _ in range(6)]
    nodes = ",".join(f"127.0.0.1:{listener.getsockname()[1]}" for listener in listeners)
    where = (
        Settings(redis_cluster_nodes=nodes, redis_timeout_ms=50, redis_connect_timeout_ms=50)
        if mode == "cluster"
        else Settings(
            redis_sentinel_nodes=nodes, redis_sentinel_master="main", redis_timeout_ms=50, redis_connect_timeout_ms=50
        )
    )
    client = connect(where)
    with pytest.raises(RedisError):
        client.run(SCRIPT, ["k"], [])
    client.close()
    for listener in listeners:
        listener.setblocking(False)
    assert sum(map(callers, listeners)) <= 2
    for listener in listeners:
        listener.close()
