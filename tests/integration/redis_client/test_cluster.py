"""A cluster whose keys move and whose nodes go."""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import TYPE_CHECKING

import pytest
from tests.redis_server import RedisServer, free_port
from tests.redis_servers.waiting import until

from qr_engine.redis_client import Client, Script
from qr_engine.redis_client.errors import ClusterDown, NoKey, RedisError

if TYPE_CHECKING:
    from pathlib import Path

    from tests.integration.redis_client.conftest import Connect
    from tests.redis_servers.cluster import ClusterServers

KEPT = Script.of("redis.call('SET', KEYS[1], ARGV[1])\nreturn redis.call('GET', KEYS[1])")
READ = Script.of("return redis.call('GET', KEYS[1])")


@pytest.fixture
def client(cluster: ClusterServers, connected: Connect) -> Client:
    return connected(redis_cluster_nodes=cluster.nodes)


def test_a_cluster_is_found_by_one_address(cluster: ClusterServers, connected: Connect) -> None:
    client = connected(redis_cluster_nodes=f"localhost:{cluster.servers[0].port}")
    assert client.run(KEPT, ["{one}"], ["v"]) == b"v"
    assert len(client.primaries()) == 3


def test_a_node_that_is_down_does_not_hide_the_cluster(cluster: ClusterServers, connected: Connect) -> None:
    client = connected(redis_cluster_nodes=f"127.0.0.1:1,{cluster.nodes}")
    assert client.run(KEPT, ["{one}"], ["v"]) == b"v"


def test_nobody_is_asked_who_serves_a_key(connected: Connect) -> None:
    assert connected(redis_cluster_nodes="127.0.0.1:1").node_of("{one}") == ""


def test_the_node_of_a_key_is_the_master_that_serves_it(cluster: ClusterServers, client: Client) -> None:
    client.run(KEPT, ["{one}"], ["v"])
    assert client.node_of("{one}") == f"127.0.0.1:{cluster.master_of('{one}').port}"


def test_a_command_without_a_key_is_refused_with_a_hint(client: Client) -> None:
    with pytest.raises(NoKey, match="primaries"):
        client.batch([("PING",)])


def test_a_key_that_has_moved_is_found(cluster: ClusterServers, client: Client) -> None:
    client.run(KEPT, ["{moved}"], ["v"])
    target = cluster.another(cluster.master_of("{moved}"))
    cluster.migrate("{moved}", target)
    cluster.finish("{moved}", target)
    assert client.run(READ, ["{moved}"], []) == b"v"
    assert client.batch([("GET", "{moved}")]) == [b"v"]
    assert client.node_of("{moved}") == f"127.0.0.1:{target.port}"
    cluster.wait()


def test_a_batch_finds_a_key_that_has_moved(cluster: ClusterServers, client: Client) -> None:
    client.run(KEPT, ["{batch}"], ["v"])
    target = cluster.another(cluster.master_of("{batch}"))
    cluster.migrate("{batch}", target)
    cluster.finish("{batch}", target)
    assert client.batch([("GET", "{batch}"), ("STRLEN", "{batch}")]) == [b"v", 1]
    cluster.wait()


def test_a_key_is_found_while_it_moves(cluster: ClusterServers, client: Client) -> None:
    client.run(KEPT, ["{asked}"], ["here"])
    source = cluster.master_of("{asked}")
    target = cluster.another(source)
    cluster.migrate("{asked}", target)
    assert client.run(READ, ["{asked}"], []) == b"here"
    assert client.run(KEPT, ["{asked}:new"], ["there"]) == b"there"
    assert client.batch([("GET", "{asked}"), ("GET", "{asked}:new")]) == [b"here", b"there"]
    assert client.node_of("{asked}") == f"127.0.0.1:{source.port}"
    cluster.finish("{asked}", target)
    assert client.run(READ, ["{asked}:new"], []) == b"there"
    cluster.wait()


def test_a_script_that_the_next_owner_does_not_have_runs_there_while_the_key_moves(
    cluster: ClusterServers, client: Client
) -> None:
    source = cluster.master_of("{sent}")
    target = cluster.another(source)
    cluster.ask(target, "SCRIPT FLUSH")
    cluster.migrate("{sent}", target)
    assert client.run(KEPT, ["{sent}"], ["there"]) == b"there"
    cluster.finish("{sent}", target)
    cluster.wait()


def test_a_failover_by_hand_is_followed(cluster: ClusterServers, client: Client) -> None:
    client.run(KEPT, ["{hand}"], ["before"])
    replica = cluster.replica_of(cluster.master_of("{hand}"))
    cluster.ask(replica, "CLUSTER FAILOVER")
    until(lambda: cluster.master_of("{hand}") is replica, "the replica has taken over")
    until(lambda: client.run(KEPT, ["{hand}"], ["after"]) == b"after", "the client has followed", 5)
    assert client.node_of("{hand}") == f"127.0.0.1:{replica.port}"
    cluster.wait()


def test_the_primaries_are_those_of_now_though_nothing_was_sent_since(cluster: ClusterServers, client: Client) -> None:
    client.run(KEPT, ["{now}"], ["v"])
    replica = cluster.replica_of(cluster.master_of("{now}"))
    cluster.ask(replica, "CLUSTER FAILOVER")
    name = f"127.0.0.1:{replica.port}"
    until(lambda: name in {node.name for node in client.primaries()}, "the replica is among them", 5)
    cluster.wait()
    assert next(node for node in client.primaries() if node.name == name).batch([("UNLINK", "{now}")]) == [1]


def test_a_cluster_without_slots_has_no_primaries_and_says_so(tmp_path: Path, connected: Connect) -> None:
    server = RedisServer(tmp_path, "--cluster-enabled", "yes", "--cluster-port", str(free_port()))
    server.start()
    try:
        with pytest.raises(ClusterDown):
            connected(redis_cluster_nodes=f"127.0.0.1:{server.port}").primaries()
    finally:
        server.stop()


@pytest.mark.parametrize("way", ["killed", "hung"])
def test_a_master_that_goes_is_replaced(cluster: ClusterServers, connected: Connect, way: str) -> None:
    client = connected(redis_cluster_nodes=cluster.nodes, redis_timeout_ms=250, redis_connect_timeout_ms=250)
    client.run(KEPT, ["{gone}"], ["before"])
    master = cluster.master_of("{gone}")
    replica = cluster.replica_of(master)
    (master.stop if way == "killed" else master.pause)()
    try:
        with pytest.raises(RedisError):
            client.run(KEPT, ["{gone}"], ["meanwhile"])
        until(lambda: cluster.ask(replica, "ROLE")[0] == "master", "the replica has taken over")
        until(lambda: cluster.ask(replica, "CLUSTER INFO")["cluster_state"] == "ok", "the cluster is well")
        until(lambda: client.run(KEPT, ["{gone}"], ["after"]) == b"after", "the client has followed", 5)
    finally:
        (master.start if way == "killed" else master.resume)()
        cluster.wait()


def test_a_node_that_does_not_know_its_own_address_is_the_one_that_was_reached(
    cluster: ClusterServers, client: Client
) -> None:
    for server in cluster.servers:
        cluster.ask(server, "CONFIG SET", "cluster-preferred-endpoint-type", "unknown-endpoint")
    try:
        client.run(KEPT, ["{nameless}"], ["v"])
        source = cluster.master_of("{nameless}")
        target = cluster.another(source)
        cluster.migrate("{nameless}", target)
        # While it moves the old owner says ASK, and once it has moved, MOVED: each without a host.
        assert client.run(KEPT, ["{nameless}:new"], ["there"]) == b"there"
        cluster.finish("{nameless}", target)
        assert client.run(READ, ["{nameless}"], []) == b"v"
        assert client.node_of("{nameless}") == f"127.0.0.1:{target.port}"
    finally:
        for server in cluster.servers:
            cluster.ask(server, "CONFIG SET", "cluster-preferred-endpoint-type", "ip")
        cluster.wait()


class HangsUp:
    """A node that takes every connection and ends it, and counts them."""

    def __init__(self) -> None:
        self.calls = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._listener.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._listener.close()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                taken, _ = self._listener.accept()
                self.calls += 1
                taken.close()


def test_a_node_that_failed_is_asked_for_the_slots_last(cluster: ClusterServers, connected: Connect) -> None:
    dead = HangsUp()
    try:
        # The order is left to chance: this goes on until a client has asked the dead node first.
        for _ in range(100):
            client = connected(redis_cluster_nodes=f"{dead.address},127.0.0.1:{cluster.servers[0].port}")
            assert len(client.primaries()) == 3
            if dead.calls:
                break
        assert dead.calls == 1
        for _ in range(5):
            assert len(client.primaries()) == 3
        assert dead.calls == 1
    finally:
        dead.close()
