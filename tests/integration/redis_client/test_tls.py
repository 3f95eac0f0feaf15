"""Certificates that are verified."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.redis_server import RedisServer
from tests.redis_servers.certificates import Authority

from qr_engine import tls
from qr_engine.redis_client.errors import ConnectionLost, RedisError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.integration.redis_client.conftest import Connect


def test_a_server_with_a_certificate_of_the_authority_is_trusted(
    tls_server: RedisServer, authority: Authority, connected: Connect
) -> None:
    client = connected(redis_url=f"rediss://localhost:{tls_server.port}", redis_tls_ca_file=str(authority.certificate))
    assert client.batch([("SET", "k", "v"), ("GET", "k")]) == [b"OK", b"v"]


def test_a_server_of_another_authority_is_refused(tls_server: RedisServer, tmp_path: Path, connected: Connect) -> None:
    other = Authority(tmp_path)
    client = connected(redis_url=f"rediss://localhost:{tls_server.port}", redis_tls_ca_file=str(other.certificate))
    with pytest.raises(ConnectionLost, match="CERTIFICATE_VERIFY_FAILED"):
        client.batch([("GET", "k")])


def test_a_server_that_only_the_system_could_vouch_for_is_refused(tls_server: RedisServer, connected: Connect) -> None:
    client = connected(redis_url=f"rediss://localhost:{tls_server.port}")
    with pytest.raises(ConnectionLost, match="CERTIFICATE_VERIFY_FAILED"):
        client.batch([("GET", "k")])


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch, authority: Authority, tmp_path: Path) -> Iterator[pytest.MonkeyPatch]:
    """A system whose folder of authorities, the hashes of their names, has `authority` alone."""
    monkeypatch.setenv("SSL_CERT_DIR", str(authority.hashed(tmp_path)))
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    tls.tls_context.cache_clear()
    yield monkeypatch
    tls.tls_context.cache_clear()


@pytest.mark.usefixtures("system")
def test_an_authority_in_the_folder_of_the_system_is_trusted(tls_server: RedisServer, connected: Connect) -> None:
    client = connected(redis_url=f"rediss://localhost:{tls_server.port}")
    assert client.batch([("PING",)]) == [b"PONG"]


def test_the_folder_is_passed_over_where_a_file_is_named(
    system: pytest.MonkeyPatch, tls_server: RedisServer, tmp_path_factory: pytest.TempPathFactory, connected: Connect
) -> None:
    other = Authority(tmp_path_factory.mktemp("other"))
    system.setenv("SSL_CERT_FILE", str(other.certificate))
    system.delenv("SSL_CERT_DIR")
    client = connected(redis_url=f"rediss://localhost:{tls_server.port}")
    with pytest.raises(ConnectionLost, match="CERTIFICATE_VERIFY_FAILED"):
        client.batch([("PING",)])


@pytest.mark.parametrize("way", ["no folder", "no hashes"])
def test_a_system_without_such_a_folder_has_its_file(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    authority: Authority,
    tls_server: RedisServer,
    connected: Connect,
    way: str,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.certificate))
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path / "none" if way == "no folder" else tmp_path))
    tls.tls_context.cache_clear()
    client = connected(redis_url=f"rediss://localhost:{tls_server.port}")
    assert client.batch([("PING",)]) == [b"PONG"]
    tls.tls_context.cache_clear()


def test_a_certificate_for_another_name_is_refused(
    tls_server: RedisServer, authority: Authority, connected: Connect
) -> None:
    client = connected(redis_url=f"rediss://127.0.0.1:{tls_server.port}", redis_tls_ca_file=str(authority.certificate))
    with pytest.raises(ConnectionLost, match="IP address mismatch"):
        client.batch([("GET", "k")])


def test_a_server_without_tls_gets_no_command(redis_server: RedisServer, connected: Connect) -> None:
    # It waits for the end of what it takes for a command, and the client for a certificate.
    client = connected(redis_url=f"rediss://localhost:{redis_server.port}", redis_timeout_ms=50)
    with pytest.raises(RedisError):
        client.batch([("GET", "k")])


def test_a_file_that_is_not_there_is_an_error_of_the_connection(tls_server: RedisServer, connected: Connect) -> None:
    client = connected(redis_url=f"rediss://localhost:{tls_server.port}", redis_tls_ca_file="/nowhere/ca.pem")
    with pytest.raises(ConnectionLost):
        client.batch([("GET", "k")])


def test_every_connection_shares_one_context(authority: Authority) -> None:
    assert tls.tls_context(str(authority.certificate)) is tls.tls_context(str(authority.certificate))
