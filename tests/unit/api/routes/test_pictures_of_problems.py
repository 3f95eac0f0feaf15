"""Paths with an ending, and problems for whoever shows only pictures."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image
from tests.unit.api.routes.conftest import HANDLERS, Answer, Call, answer, event_v2, read_png

from qr_engine.render import FORMATS

CHROME = "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8"
SAFARI = "image/webp,image/avif,video/*;q=0.8,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5"
PAGE = "text/html,application/xhtml+xml,*/*;q=0.8"
GET = "GET /api/qr/generate"
ENDINGS = [(name, entry.extension) for name, entry in FORMATS.items()] + [("jpeg", "jpeg"), ("png", "PNG")]


def ask(picture: str, query: str, method: str = "GET", **headers: str) -> Answer:
    event = event_v2(f"{method} /api/qr/{{picture}}", query=query, headers=headers)
    return answer(HANDLERS["generate"]({**event, "pathParameters": {"picture": picture}}, None))


@pytest.mark.parametrize(("name", "ending"), ENDINGS)
def test_the_ending_is_the_format(call: Call, name: str, ending: str) -> None:
    found = ask(f"generate.{ending}", "data=x", accept="image/webp")
    asked = call(GET, query=f"data=x&format={name}")
    assert (found.status, found.body) == (200, asked.body)
    differing = {"X-Cache", "Server-Timing"}
    assert {name: value for name, value in found.headers.items() if name not in differing} == {
        name: value for name, value in asked.headers.items() if name not in differing
    }


@pytest.mark.parametrize("format_name", ["png", "PNG"])
def test_the_format_may_be_said_again(format_name: str) -> None:
    found = ask("generate.png", f"data=12345&format={format_name}")
    assert read_png(found.body) == "12345"


@pytest.mark.parametrize("query", ["data=x&format=svg", "data=x&format=gif2", "data=x&format=png&format=png"])
def test_a_format_that_contradicts_the_ending_is_refused(query: str) -> None:
    found = ask("generate.png", query)
    assert (found.status, found.headers["Content-Type"]) == (400, "image/png")
    assert "format" in found.headers["X-Problem"]


@pytest.mark.parametrize(
    "picture", ["generate", "generate.", "generate.bmp", "batch", "other.png", ".png", "", "a.b.png"]
)
def test_other_paths_are_no_routes(picture: str) -> None:
    found = ask(picture, "data=x", accept=CHROME)
    assert (found.status, found.headers["Content-Type"]) == (404, "application/problem+json")


def test_what_was_remembered_of_an_address_stays_with_its_path(call: Call) -> None:
    """The query is the same each time; only what chooses the format differs."""
    for _ in range(2):
        by_accept = call(GET, query="data=x", headers={"accept": "image/png"})
        by_ending = ask("generate.png", "data=x")
        assert by_accept.headers["ETag"] == by_ending.headers["ETag"]
        assert (by_accept.headers["Vary"], by_ending.headers["Vary"]) == ("Accept, Accept-Encoding", "Accept-Encoding")
        assert ask("generate.svg", "data=x").headers["Content-Type"] == "image/svg+xml"


@pytest.mark.parametrize("ending", ["png", "jpg", "webp", "avif"])
def test_a_problem_of_a_path_with_an_ending_is_a_picture_of_that_format(ending: str) -> None:
    found = ask(f"generate.{ending}", "data=x&size=9")
    assert (found.status, found.headers["Cache-Control"]) == (400, "no-store")
    assert found.headers["X-Problem"].startswith("invalid_request: size:")
    with Image.open(io.BytesIO(found.body)) as image:
        assert min(image.size) >= 150
        assert image.get_format_mimetype() == found.headers["Content-Type"]


@pytest.mark.parametrize("ending", ["txt", "json"])
def test_a_problem_of_a_text_is_a_document(ending: str) -> None:
    assert ask(f"generate.{ending}", "data=").headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        (CHROME, "image/svg+xml"),
        (SAFARI, "image/svg+xml"),
        ("image/png", "image/png"),
        ("image/webp;q=0.5, image/png;q=0.4", "image/webp"),
        ("text/html,image/webp,*/*;q=0.8", "image/webp"),
        ("text/html,image/webp;q=0.9,*/*;q=0.8", "application/problem+json"),
        ("application/json, image/png;q=0.9", "application/problem+json"),
        ("image/*", "application/problem+json"),
        ("image/png;q=0", "application/problem+json"),
        ("*/*", "application/problem+json"),
        (PAGE, "application/problem+json"),
        ("", "application/problem+json"),
        ("application/pdf", "application/problem+json"),
    ],
)
def test_accept_says_whether_a_problem_is_seen_or_read(call: Call, accept: str, content_type: str) -> None:
    found = call(GET, query="data=", headers={"accept": accept})
    assert (found.status, found.headers["Content-Type"]) == (400, content_type)
    assert ("X-Problem" in found.headers) == content_type.startswith("image/")


def test_behind_cloudfront_the_accept_of_the_viewer_says_so(call: Call) -> None:
    headers = {"accept": "*/*", "x-viewer-accept": CHROME}
    assert call(GET, query="data=&format=png", headers=headers).headers["Content-Type"] == "image/svg+xml"


@pytest.mark.parametrize("query", ["data=" + "1" * 8000, "data=x&colors.foreground=yellow", "data=x&logo.asset=a.svg"])
def test_every_kind_of_problem_keeps_its_status(call: Call, query: str) -> None:
    seen = call(GET, query=query, headers={"accept": CHROME})
    read: Any = call(GET, query=query)
    assert seen.status == read.status == read.json["status"]
    assert seen.headers["X-Problem"].startswith(read.json["code"])


def test_a_post_is_always_read(call: Call) -> None:
    found = call("POST /api/qr/generate", json={"data": ""}, headers={"accept": CHROME})
    assert found.headers["Content-Type"] == "application/problem+json"
