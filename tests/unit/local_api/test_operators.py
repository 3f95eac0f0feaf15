"""The routes for operators at an address that other computers reach: closed, or for whoever has the token."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from scripts.local_api.application import ROOT, application
from scripts.local_api.routes import parse, routes
from scripts.local_api.server_settings import ServerSettings
from scripts.signed_address import sign_with_environment
from tests.environment import forget, fresh

ROUTES = routes(parse(ROOT / "template.yaml"))
SIGNED = [route for route in ROUTES if route.signed]
OPEN = ServerSettings("0.0.0.0")
TOKEN = ServerSettings("0.0.0.0", admin_token="hunter2")
LOCAL = ServerSettings()


@cache
def served(server: ServerSettings) -> Any:
    return application(server)


def call(server: ServerSettings, method: str, path: str, **headers: Any) -> tuple[int, dict[str, Any]]:
    environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": "", "wsgi.input": io.BytesIO(), **headers}
    seen: list[Any] = []
    body = b"".join(served(server)(environ, lambda status, given: seen.extend((status, given))))
    return int(seen[0][:3]), json.loads(body) if body.startswith(b"{") else {}


def test_what_aws_asks_a_signature_for_is_for_operators_here() -> None:
    assert {route.key for route in SIGNED} >= {
        "GET /api/qr/cache/stats",
        "POST /api/qr/cache/clear",
        "POST /api/qr/cache/warm",
    }


@pytest.mark.parametrize("server", [OPEN, TOKEN])
@pytest.mark.parametrize(
    ("method", "path"), [*((route.method, route.path) for route in SIGNED), ("GET", "/metrics"), ("HEAD", "/metrics")]
)
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"HTTP_AUTHORIZATION": "Bearer hunter3"},
        {"HTTP_AUTHORIZATION": "Bearer hunter2x"},
        {"HTTP_AUTHORIZATION": "Bearer "},
        {"HTTP_AUTHORIZATION": "Basic hunter2"},
        {"HTTP_AUTHORIZATION": "hunter2"},
        {"HTTP_AUTHORIZATION": "Bearer h\xfcnter2"},
        {"HTTP_HOST": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "127.0.0.1", "REMOTE_ADDR": "127.0.0.1"},
    ],
)
def test_they_are_closed_without_the_token(
    server: ServerSettings, method: str, path: str, headers: dict[str, str]
) -> None:
    status, problem = call(server, method, path, **headers)
    assert status == 403
    assert method == "HEAD" or problem["code"] == "forbidden"


@pytest.mark.parametrize("scheme", ["Bearer", "bearer"])
@pytest.mark.parametrize("path", ["/api/qr/cache/stats", "/metrics"])
def test_the_token_opens_them(scheme: str, path: str) -> None:
    assert call(TOKEN, "GET", path, HTTP_AUTHORIZATION=f"{scheme} hunter2")[0] == 200


def test_a_token_opens_nothing_where_none_is_set() -> None:
    assert call(OPEN, "GET", "/metrics", HTTP_AUTHORIZATION="Bearer None")[0] == 403
    assert call(OPEN, "GET", "/metrics", HTTP_AUTHORIZATION="Bearer ")[0] == 403


@pytest.mark.parametrize("path", ["/api/qr/cache/stats", "/metrics"])
def test_this_computer_needs_no_token(path: str) -> None:
    assert call(LOCAL, "GET", path)[0] == 200


@pytest.mark.parametrize("path", ["/", "/healthz", "/readyz"])
@pytest.mark.parametrize("server", [OPEN, TOKEN])
def test_probes_and_the_index_are_open(server: ServerSettings, path: str) -> None:
    assert call(server, "GET", path)[0] == 200


def test_a_closed_route_does_not_read_the_body() -> None:
    body = io.BytesIO(b"x" * 100)
    assert call(OPEN, "POST", "/api/qr/cache/warm", **{"wsgi.input": body})[0] == 403
    assert body.tell() == 0


@pytest.fixture
def operators_sign(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    fresh(monkeypatch)
    monkeypatch.setenv("SIGNING", "admin")
    monkeypatch.setenv("SIGNING_KEY", "k" * 32)
    yield
    forget()


@pytest.mark.usefixtures("operators_sign")
@pytest.mark.parametrize("server", [OPEN, TOKEN, LOCAL])
def test_where_operators_sign_a_signature_opens_the_cache_wherever_the_server_listens(server: ServerSettings) -> None:
    path, token = "/api/qr/cache/stats", {"HTTP_AUTHORIZATION": "Bearer hunter2"}
    status, problem = call(server, "GET", path, **token)
    assert (status, problem["code"]) == (403, "bad_signature")
    query = sign_with_environment("GET", path, seconds=60).partition("?")[2]
    assert call(server, "GET", path, QUERY_STRING=query)[0] == 200


@pytest.mark.usefixtures("operators_sign")
def test_the_metrics_of_the_server_need_the_token_all_the_same() -> None:
    query = sign_with_environment("GET", "/metrics", seconds=60).partition("?")[2]
    assert call(TOKEN, "GET", "/metrics", QUERY_STRING=query)[0] == 403
    assert call(TOKEN, "GET", "/metrics", HTTP_AUTHORIZATION="Bearer hunter2")[0] == 200
