"""A login with a signed token. Only ElastiCache can check one: the server here takes any password of the user."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from qr_engine.redis_client.errors import AuthenticationError

if TYPE_CHECKING:
    from tests.integration.redis_client.conftest import Connect
    from tests.redis_server import RedisServer
    from tests.redis_servers.certificates import Authority

    from qr_engine.redis_client.pool import Server


@pytest.fixture
def node(tls_server: RedisServer, authority: Authority, connected: Connect, monkeypatch: pytest.MonkeyPatch) -> Server:
    ca_file = str(authority.certificate)
    (administrator,) = connected(redis_url=tls_server.url, redis_tls_ca_file=ca_file).primaries()
    administrator.redis.execute_command("ACL SETUSER engine on nopass allcommands allkeys")
    monkeypatch.setenv("AWS_REGION", "eu-central-1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    client = connected(
        redis_url=tls_server.url,
        redis_tls_ca_file=ca_file,
        redis_auth="iam",
        redis_username="engine",
        redis_iam_cache_name="codes",
    )
    (node,) = client.primaries()
    return node


def test_the_user_is_logged_in(node: Server) -> None:
    assert node.redis.acl_whoami() == "engine"


def test_a_token_is_signed_anew_for_each_connection(node: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    node.redis.ping()
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_CONTAINER_CREDENTIALS_FULL_URI", raising=False)
    assert node.redis.ping()
    node.close()
    with pytest.raises(AuthenticationError, match="credentials"):
        node.redis.ping()
