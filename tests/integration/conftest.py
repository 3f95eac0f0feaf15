"""The servers that take seconds to start, and serve all the tests of one process."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.redis_servers.cluster import ClusterServers
from tests.redis_servers.sentinels import SentinelServers

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClusterServers]:
    """Three masters and three replicas; a test that hurts it waits until it is whole again."""
    servers = ClusterServers(tmp_path_factory.mktemp("cluster"))
    try:
        servers.start()
        yield servers
    finally:
        servers.stop()


@pytest.fixture(scope="session")
def sentinels(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SentinelServers]:
    """A master, two replicas and three sentinels; a test that hurts them waits until they are content again."""
    servers = SentinelServers(tmp_path_factory.mktemp("sentinels"))
    try:
        servers.start()
        yield servers
    finally:
        servers.stop()
