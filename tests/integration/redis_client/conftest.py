"""Real servers of every kind, and clients of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.redis_server import RedisServer
from tests.redis_servers.certificates import Authority
from tests.redis_servers.sentinels import MASTER

from qr_engine.config import Settings
from qr_engine.redis_client import Client, connect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Connect = Callable[..., Client]


@pytest.fixture
def connected() -> Iterator[Connect]:
    """A function from settings to a client that is closed after the test. Its timeouts suit a busy machine."""
    clients: list[Client] = []

    def connect_with(**settings: Any) -> Client:
        timeouts = {"redis_timeout_ms": 2000, "redis_connect_timeout_ms": 2000}
        clients.append(connect(Settings(**timeouts | settings)))
        return clients[-1]

    yield connect_with
    for client in clients:
        client.close()


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """A certificate authority that no system trusts."""
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="session")
def tls_server(tmp_path_factory: pytest.TempPathFactory, authority: Authority) -> Iterator[RedisServer]:
    """A server that talks TLS only, with a certificate for ``localhost``."""
    certificate, key = authority.sign("DNS:localhost")
    server = RedisServer(tmp_path_factory.mktemp("tls"))
    server.encrypt(certificate, key, authority.certificate)
    server.start()
    yield server
    server.stop()


@pytest.fixture(params=["standalone", "encrypted", "cluster", "sentinel"])
def client(request: pytest.FixtureRequest, connected: Connect) -> Client:
    """A client in each mode in turn."""
    if request.param == "standalone":
        return connected(redis_url=request.getfixturevalue("redis_server").url)
    if request.param == "encrypted":
        port, trusted = request.getfixturevalue("tls_server").port, request.getfixturevalue("authority").certificate
        return connected(redis_url=f"rediss://localhost:{port}", redis_tls_ca_file=str(trusted))
    if request.param == "cluster":
        return connected(redis_cluster_nodes=request.getfixturevalue("cluster").nodes)
    nodes = request.getfixturevalue("sentinels").nodes
    return connected(redis_sentinel_nodes=nodes, redis_sentinel_master=MASTER)
