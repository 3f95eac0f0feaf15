"""A real master with replicas, and sentinels that watch them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from redis import Redis
from tests.redis_server import RedisServer
from tests.redis_servers.waiting import until

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["MASTER", "SentinelServers"]

MASTER = "main"
"""What the sentinels call the master."""


class _Sentinel(RedisServer):
    ready = "Sentinel ID is"

    def __init__(self, folder: Path, master: RedisServer, password: str | None) -> None:
        settings = folder / "sentinel.conf"
        lines = [
            f"sentinel monitor {MASTER} 127.0.0.1 {master.port} 2",
            f"sentinel down-after-milliseconds {MASTER} 500",
            f"sentinel failover-timeout {MASTER} 3000",
        ]
        if password is not None:
            lines += [f"sentinel auth-pass {MASTER} {password}", f"requirepass {password}"]
        settings.write_text("\n".join(lines) + "\n")
        super().__init__(folder, "--sentinel")
        self._arguments.insert(1, str(settings))


class SentinelServers:
    """A master, two replicas and three sentinels on 127.0.0.1.

    Parameters
    ----------
    folder
        Where they may write.
    password
        What all six ask for; None for nothing.

    Attributes
    ----------
    servers
        The three that hold data; the first one starts as the master.
    sentinels
        The three that watch.
    """

    def __init__(self, folder: Path, password: str | None = None) -> None:
        self._password = password
        log_in = [] if password is None else ["--requirepass", password, "--masterauth", password]
        self.servers = [RedisServer(folder, "--repl-diskless-sync-delay", "0", *log_in)]
        follow = ["--replicaof", f"127.0.0.1 {self.servers[0].port}"]
        self.servers += [RedisServer(folder, "--repl-diskless-sync-delay", "0", *follow, *log_in) for _ in range(2)]
        self.sentinels: list[RedisServer] = []
        for number in range(3):
            place = folder / f"sentinel{number}"
            place.mkdir()
            self.sentinels.append(_Sentinel(place, self.servers[0], password))

    @property
    def nodes(self) -> str:
        """The sentinels' addresses, as ``REDIS_SENTINEL_NODES`` takes them."""
        return ",".join(f"127.0.0.1:{sentinel.port}" for sentinel in self.sentinels)

    def start(self) -> None:
        """Start all six, and return once the sentinels know each other and the replicas."""
        for server in self.servers:
            server.start()
        for sentinel in self.sentinels:
            sentinel.start()
            # Sentinels look at the replicas only every ten seconds, and talk to each other every two.
            self.ask(sentinel, "SENTINEL DEBUG", "info-period", 300, "publish-period", 200)
        self.wait()

    def stop(self) -> None:
        """End them all at once."""
        for server in [*self.sentinels, *self.servers]:
            server.stop()

    def wait(self) -> None:
        """Return once every sentinel sees one master with two replicas in step, and the other sentinels."""
        until(lambda: all(self._is_content(sentinel) for sentinel in self.sentinels), "the sentinels are content", 30)

    def ask(self, server: RedisServer, *command: Any) -> Any:
        """What one of the six answers."""
        with Redis(port=server.port, password=self._password, socket_timeout=2, decode_responses=True) as client:
            return client.execute_command(*command)

    def master(self) -> RedisServer:
        """The master by the word of the first sentinel."""
        _, port = self.ask(self.sentinels[0], "SENTINEL GET-MASTER-ADDR-BY-NAME", MASTER)
        return next(server for server in self.servers if server.port == int(port))

    def _is_content(self, sentinel: RedisServer) -> bool:
        state = self.ask(sentinel, "SENTINEL MASTER", MASTER)
        if (state["num-slaves"], state["num-other-sentinels"], state["flags"]) != (2, 2, "master"):
            return False
        replicas = self.ask(sentinel, "SENTINEL REPLICAS", MASTER)
        return all(each["master-link-status"] == "ok" and each["flags"] == "slave" for each in replicas)
