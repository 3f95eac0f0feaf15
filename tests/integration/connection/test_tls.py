"""Certificates that are verified."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.redis_server import RedisServer
from tests.redis_servers.certificates import Authority

from qr_engine.cache.connection import batch, tls
from qr_engine.cache.connection.faults import Fault, Lost

if TYPE_CHECKING:
    from pathlib import Path

    from tests.integration.connection.conftest import Connect


def test_a_server_with_a_certificate_of_the_authority_is_trusted(
    tls_server: RedisServer, authority: Authority, connected: Connect
) -> None:
    client = connected(redis_url=f"rediss://localhost:{tls_server.port}", redis_tls_ca_file=str(authority.certificate))
    assert batch(client, [("SET", "k", "v"), ("GET", "k")]) == [b"OK", b"v"]


def test_a_server_of_another_authority_is_refused(tls_server: RedisServer, tmp_path: Path, connected: Connect) -> None:
    other = Authority(tmp_path)
    client = connected(redis_url=f"rediss://localhost:{tls_server.port}", redis_tls_ca_file=str(other.certificate))
    with pytest.raises(Lost, match="CERTIFICATE_VERIFY_FAILED"):
        batch(client, [("GET", "k")])


def test_a_server_that_only_the_system_could_vouch_for_is_refused(tls_server: RedisServer, connected: Connect) -> None:
    client = connected(redis_url=f"rediss://localhost:{tls_server.port}")
    with pytest.raises(Lost, match="CERTIFICATE_VERIFY_FAILED"):
        batch(client, [("GET", "k")])


def test_a_certificate_for_another_name_is_refused(
    tls_server: RedisServer, authority: Authority, connected: Connect
) -> None:
    client = connected(redis_url=f"rediss://127.0.0.1:{tls_server.port}", redis_tls_ca_file=str(authority.certificate))
    with pytest.raises(Lost, match="IP address mismatch"):
        batch(client, [("GET", "k")])


def test_a_server_without_tls_gets_no_command(redis_server: RedisServer, connected: Connect) -> None:
    # It waits for the end of what it takes for a command, and the client for a certificate.
    client = connected(redis_url=f"rediss://localhost:{redis_server.port}", redis_timeout_ms=50)
    with pytest.raises(Fault):
        batch(client, [("GET", "k")])


def test_a_file_that_is_not_there_is_an_error_of_the_connection(tls_server: RedisServer, connected: Connect) -> None:
    client = connected(redis_url=f"rediss://localhost:{tls_server.port}", redis_tls_ca_file="/nowhere/ca.pem")
    with pytest.raises(Lost):
        batch(client, [("GET", "k")])


def test_every_connection_shares_one_context(authority: Authority) -> None:
    assert tls.context(str(authority.certificate)) is tls.context(str(authority.certificate))
