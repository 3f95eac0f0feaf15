"""A real cluster: three masters, each with a replica."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from redis import Redis
from redis.crc import REDIS_CLUSTER_HASH_SLOTS as SLOTS
from redis.crc import key_slot
from tests.redis_server import RedisServer, free_port
from tests.redis_servers.waiting import until

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["MASTERS", "ClusterServers"]

MASTERS = 3


class ClusterServers:
    """Six servers on 127.0.0.1 that form a cluster.

    Parameters
    ----------
    folder
        Where they may write.

    Attributes
    ----------
    servers
        The six; the first three start as masters.
    """

    def __init__(self, folder: Path) -> None:
        self.servers: list[RedisServer] = []
        # The port that is usual for the cluster's own talk, 10,000 higher, need not be free, nor exist.
        self._talk = [free_port() for _ in range(2 * MASTERS)]
        for number, port in enumerate(self._talk):
            place = folder / str(number)
            place.mkdir()
            options = ["--cluster-enabled", "yes", "--cluster-port", str(port), "--cluster-node-timeout", "500"]
            self.servers.append(RedisServer(place, *options, "--repl-diskless-sync-delay", "0"))

    @property
    def nodes(self) -> str:
        """All addresses, as ``REDIS_CLUSTER_NODES`` takes them."""
        return ",".join(f"127.0.0.1:{server.port}" for server in self.servers)

    def start(self) -> None:
        """Start the servers, join them, and return once every key can be written and is replicated."""
        for server in self.servers:
            server.start()
        share = -(-SLOTS // MASTERS)
        for number, server in enumerate(self.servers):
            self.ask(server, "CLUSTER MEET", "127.0.0.1", self.servers[0].port, self._talk[0])
            if number < MASTERS:
                self.ask(server, "CLUSTER ADDSLOTSRANGE", number * share, min((number + 1) * share, SLOTS) - 1)
        everyone = 2 * MASTERS
        until(lambda: all(len(self.ask(each, "CLUSTER NODES")) == everyone for each in self.servers), "all know all")
        for master, replica in zip(self.servers[:MASTERS], self.servers[MASTERS:], strict=True):
            self.ask(replica, "CLUSTER REPLICATE", self.id_of(master))
        self.wait()

    def stop(self) -> None:
        """End them all at once."""
        for server in self.servers:
            server.stop()

    def wait(self) -> None:
        """Return once every server is up, each master has a replica in step, and all agree."""
        until(lambda: all(self._is_settled(server) for server in self.servers), "the cluster is whole")

    def ask(self, server: RedisServer, *command: Any) -> Any:
        """What one node answers."""
        with Redis(port=server.port, socket_timeout=2, decode_responses=True) as client:
            return client.execute_command(*command)

    def id_of(self, server: RedisServer) -> str:
        """The name that the cluster has for `server`."""
        return str(self.ask(server, "CLUSTER MYID"))

    def master_of(self, key: str) -> RedisServer:
        """The master that serves `key`, as the servers that run say."""
        asked = next(server for server in self.servers if server.is_running)
        slot = key_slot(key.encode())
        for first, last, (_, port, *_), *_ in self.ask(asked, "CLUSTER SLOTS"):
            if first <= slot <= last:
                return next(server for server in self.servers if server.port == port)
        raise LookupError(f"nobody serves {key}")

    def replica_of(self, master: RedisServer) -> RedisServer:
        """The replica of `master`."""
        return next(each for each in self.servers if self._role(each).get("master_port") == master.port)

    def another(self, master: RedisServer) -> RedisServer:
        """A master that is not `master`."""
        return next(each for each in self.servers if each is not master and self._role(each)["role"] == "master")

    def migrate(self, key: str, target: RedisServer) -> None:
        """Begin to move the slot of `key` to `target`: what is there stays, until `finish` or a client moves it."""
        source, slot = self.master_of(key), key_slot(key.encode())
        self.ask(target, "CLUSTER SETSLOT", slot, "IMPORTING", self.id_of(source))
        self.ask(source, "CLUSTER SETSLOT", slot, "MIGRATING", self.id_of(target))

    def finish(self, key: str, target: RedisServer) -> None:
        """Move what is left of the slot of `key` to `target`, and make it the owner."""
        source, slot, name = self.master_of(key), key_slot(key.encode()), self.id_of(target)
        left = self.ask(source, "CLUSTER GETKEYSINSLOT", slot, 1000)
        if left:
            self.ask(source, "MIGRATE", "127.0.0.1", target.port, "", 0, 2000, "KEYS", *left)
        for server in (target, source):
            self.ask(server, "CLUSTER SETSLOT", slot, "NODE", name)
        until(lambda: self.master_of(key) is target, "the slot has moved")

    def _role(self, server: RedisServer) -> dict[str, Any]:
        told: dict[str, Any] = self.ask(server, "INFO", "replication")
        return told

    def _is_settled(self, server: RedisServer) -> bool:
        if self.ask(server, "CLUSTER INFO")["cluster_state"] != "ok":
            return False
        if any("fail" in node["flags"] for node in self.ask(server, "CLUSTER NODES").values()):
            return False
        told = self._role(server)
        return bool(told["connected_slaves"] == 1 if told["role"] == "master" else told["master_link_status"] == "up")
