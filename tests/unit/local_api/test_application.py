"""The WSGI application: what it answers itself, and how it calls the handlers."""

from __future__ import annotations

import io
import json
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from scripts.local_api.application import BODY_LIMIT, Context, application
from tests.environment import forget, fresh
from tests.redis_server import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator


@cache
def app() -> Any:
    return application()


class Body(io.BytesIO):
    """A request body that remembers how much of it was read."""

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self.taken = 0

    def read(self, size: int | None = -1, /) -> bytes:
        got = super().read(size)
        self.taken += len(got)
        return got


def call(
    method: str, path: str, body: Body | None = None, served: Any = None, **headers: str
) -> tuple[int, dict[str, str], bytes]:
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path.partition("?")[0],
        "QUERY_STRING": path.partition("?")[2],
        "wsgi.input": body or Body(b""),
        **headers,
    }
    seen: list[Any] = []
    content = b"".join((served or app())(environ, lambda status, given: seen.extend((status, given))))
    return int(seen[0][:3]), dict(seen[1]), content


def test_an_unknown_path_is_a_404_problem() -> None:
    status, headers, body = call("GET", "/nowhere")
    assert (status, headers["content-type"]) == (404, "application/problem+json")
    assert json.loads(body)["code"] == "not_found"


@pytest.mark.parametrize(
    ("method", "path", "allow"),
    [
        ("DELETE", "/api/qr/generate", "GET, HEAD, POST"),
        ("GET", "/api/qr/batch", "POST"),
        ("PUT", "/api/qr/generate.png", "GET, HEAD"),
        ("HEAD", "/api/qr/cache/clear", "POST"),
        ("POST", "/api/qr/cache/stats", "GET, HEAD"),
    ],
)
def test_another_method_is_a_405_problem_that_says_which(method: str, path: str, allow: str) -> None:
    status, headers, _ = call(method, path)
    assert (status, headers["content-type"], headers["allow"]) == (405, "application/problem+json", allow)


def test_head_is_get_without_the_body() -> None:
    _, got, picture = call("GET", "/api/qr/generate?data=head")
    status, headers, body = call("HEAD", "/api/qr/generate?data=head")
    assert (status, body) == (200, b"")
    assert (headers["etag"], headers["content-length"]) == (got["etag"], str(len(picture)))


def test_a_body_that_says_it_is_too_large_is_not_read() -> None:
    body = Body(b"x" * 100)
    status, _, _ = call("POST", "/api/qr/generate", body, CONTENT_LENGTH=str(BODY_LIMIT + 1))
    assert (status, body.taken) == (413, 0)


def test_a_body_that_does_not_say_how_large_it_is_is_read_up_to_the_limit() -> None:
    body = Body(bytes(BODY_LIMIT + 100))
    status, headers, answer = call("POST", "/api/qr/generate", body)
    assert (status, headers["content-type"]) == (413, "application/problem+json")
    assert body.taken == json.loads(answer)["capacity"] + 1


def test_the_index_lists_every_route() -> None:
    _, headers, body = call("GET", "/", HTTP_ACCEPT="*/*")
    assert headers["content-type"] == "application/json"
    listed = {(route["method"], route["path"]) for route in json.loads(body)["routes"]}
    assert {("GET", "/api/qr/generate"), ("POST", "/api/qr/cache/warm")} <= listed


def test_the_index_shows_a_browser_the_page() -> None:
    _, headers, body = call("GET", "/", HTTP_ACCEPT="text/html,application/xhtml+xml,*/*;q=0.8")
    assert headers["content-type"].startswith("text/html")
    assert b'<script type="module" src="studio/' in body


@pytest.mark.parametrize(
    ("method", "path", "given"),
    [
        ("GET", "/nowhere", {}),
        ("DELETE", "/api/qr/generate", {}),
        ("POST", "/api/qr/generate", {"CONTENT_LENGTH": str(BODY_LIMIT + 1)}),
    ],
)
def test_no_answer_of_its_own_is_for_guessing_at(method: str, path: str, given: dict[str, str]) -> None:
    _, headers, _ = call(method, path, None, None, **given)
    assert headers["x-content-type-options"] == "nosniff"


@pytest.fixture
def warming(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A new execution environment that is to be warm from the start."""
    fresh(monkeypatch)
    monkeypatch.setenv("REDIS_WARM_CACHE", "true")
    yield
    forget()


def test_with_warming_wanted_the_first_request_is_a_hit(warming: None) -> None:
    started = application()
    _, headers, _ = call("GET", "/api/qr/generate?data=https://example.com", served=started)
    assert headers["x-cache"] == "memory"


def test_it_says_what_was_warmed(warming: None, capsys: pytest.CaptureFixture[str]) -> None:
    application()
    assert capsys.readouterr().out.splitlines()[-1] == "The cache is warm: 2 stored, 0 present, 0 failed, 0 left."


def test_without_a_redis_to_warm_it_starts_all_the_same(
    warming: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("REDIS_URL", f"redis://127.0.0.1:{free_port()}")
    started = application()
    assert capsys.readouterr().out.splitlines()[-1].startswith("The cache was not warmed: Redis does not answer")
    status, _, _ = call("GET", "/api/qr/generate?data=x", served=started)
    assert status == 200


def test_without_warming_wanted_nothing_is_warm(monkeypatch: pytest.MonkeyPatch) -> None:
    fresh(monkeypatch)
    started = application()
    _, headers, _ = call("GET", "/api/qr/generate?data=https://example.com", served=started)
    assert headers["x-cache"] == "miss"


def test_the_context_counts_down() -> None:
    over = Context("GenerateFunction", "1769", "arn", "id", deadline=0.0)
    assert over.get_remaining_time_in_millis() == 0
