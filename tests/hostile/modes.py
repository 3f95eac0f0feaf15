"""One Redis behind a proxy, reached in each of the three ways, plain or encrypted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import redis
from tests.redis_server import RedisServer
from tests.redis_servers.certificates import Authority
from tests.redis_servers.waiting import until

from .proxy import Proxy

__all__ = ["MODES", "Reached"]

MODES = ("standalone", "cluster", "sentinel")


class _Sentinel(RedisServer):
    ready = "Sentinel ID is"

    def __init__(self, folder: Path, port: int) -> None:
        settings = folder / "sentinel.conf"
        settings.write_text(f"sentinel monitor main 127.0.0.1 {port} 1\n")
        super().__init__(folder, "--sentinel")
        self._arguments.insert(1, str(settings))


class Reached:
    """A Redis, and where sentinels are, one of those: everything that an environment says to them goes through proxies.

    Attributes
    ----------
    proxies
        In front of the server, and of its sentinel.
    variables
        What an environment needs to reach it.
    """

    def __init__(self, folder: Path, mode: str, *, encrypted: bool) -> None:
        self.server = RedisServer(folder, *(["--cluster-enabled", "yes"] if mode == "cluster" else []))
        self.proxies = [Proxy(self.server.port)]
        self._servers = [self.server]
        near = f"127.0.0.1:{self.proxies[0].port}"
        self.variables = {"REDIS_TLS": "true"} if encrypted and mode != "standalone" else {}
        if mode == "standalone":
            self.variables["REDIS_URL"] = f"{'rediss' if encrypted else 'redis'}://{near}"
        elif mode == "cluster":
            self.variables["REDIS_CLUSTER_NODES"] = near
        else:
            place = folder / "sentinel"
            place.mkdir()
            # It watches the server through the proxy, and so names the proxy to those who ask.
            sentinel = _Sentinel(place, self.proxies[0].port)
            self._servers.append(sentinel)
            self.proxies.append(Proxy(sentinel.port))
            self.variables["REDIS_SENTINEL_NODES"] = f"127.0.0.1:{self.proxies[1].port}"
            self.variables["REDIS_SENTINEL_MASTER"] = "main"
        authority = Authority(folder) if encrypted else None
        if authority is not None:
            self.variables["REDIS_TLS_CA_FILE"] = str(authority.certificate)
            signed = authority.sign("IP:127.0.0.1")
            for each in self._servers:
                each.encrypt(*signed, authority.certificate)
        options = ["--cluster-announce-port", str(self.proxies[0].port)] if mode == "cluster" else []
        if mode == "cluster" and encrypted:
            options = ["--tls-cluster", "yes", "--cluster-announce-tls-port", str(self.proxies[0].port)]
        self.server.start(*options)
        if mode == "cluster":
            self._serve_all_slots(authority)
        for each in self._servers[1:]:
            each.start(*(["--tls-replication", "yes"] if encrypted else []))

    def misbehave(self, **how: object) -> None:
        """Have every proxy do what its attributes of these names say."""
        for proxy in self.proxies:
            for name, value in how.items():
                setattr(proxy, name, value)

    def close(self) -> None:
        for proxy in self.proxies:
            proxy.close()
        for server in self._servers:
            server.stop()

    def _serve_all_slots(self, authority: Authority | None) -> None:
        secure: dict[str, Any] = {} if authority is None else {"ssl": True, "ssl_ca_certs": str(authority.certificate)}
        with redis.Redis(port=self.server.port, host="127.0.0.1", **secure) as administrator:
            administrator.execute_command("CLUSTER", "ADDSLOTSRANGE", 0, 16383)
            until(
                lambda: b"cluster_state:ok" in administrator.execute_command("CLUSTER", "INFO"),
                "the cluster serves its slots",
            )
