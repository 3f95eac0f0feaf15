"""A login with a signed token. Only ElastiCache can check one: the server here takes any password of the user."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from redis.exceptions import AuthenticationError

from qr_engine.cache.connection import primaries

if TYPE_CHECKING:
    from redis import Redis
    from tests.integration.connection.conftest import Connect
    from tests.redis_server import RedisServer
    from tests.redis_servers.certificates import Authority


@pytest.fixture
def node(tls_server: RedisServer, authority: Authority, connected: Connect, monkeypatch: pytest.MonkeyPatch) -> Redis:
    ca_file = str(authority.certificate)
    (administrator,) = primaries(connected(redis_url=tls_server.url, redis_tls_ca_file=ca_file))
    administrator.execute_command("ACL SETUSER engine on nopass allcommands allkeys")
    monkeypatch.setenv("AWS_REGION", "eu-central-1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    (node,) = primaries(
        connected(
            redis_url=tls_server.url,
            redis_tls_ca_file=ca_file,
            redis_auth="iam",
            redis_username="engine",
            redis_iam_cache_name="codes",
        )
    )
    return node


def test_the_user_is_logged_in(node: Redis) -> None:
    assert node.acl_whoami() == "engine"


def test_a_token_is_signed_anew_for_each_connection(node: Redis, monkeypatch: pytest.MonkeyPatch) -> None:
    node.ping()
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_CONTAINER_CREDENTIALS_FULL_URI", raising=False)
    assert node.ping()
    node.connection_pool.disconnect()
    with pytest.raises(AuthenticationError, match="credentials"):
        node.ping()
