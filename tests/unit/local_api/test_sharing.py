"""Pages of other sites, which the local API answers as the deployed one does."""

from __future__ import annotations

from typing import Any

import pytest
from scripts.local_api.application import ROOT
from scripts.local_api.routes import parse
from scripts.local_api.sharing import Sharing, parse_sharing

from .test_application import call

ORIGIN = "https://shop.example.com"
PREFLIGHT: dict[str, Any] = {"HTTP_ORIGIN": ORIGIN, "HTTP_ACCESS_CONTROL_REQUEST_METHOD": "POST"}


def test_a_browser_that_asks_whether_it_may_is_told_what_the_template_allows() -> None:
    status, headers, body = call("OPTIONS", "/api/qr/generate", **PREFLIGHT)
    sharing = parse_sharing(parse(ROOT / "template.yaml"))
    assert (status, body) == (204, b"")
    assert headers == {
        "access-control-allow-origin": "*",
        "access-control-allow-methods": ",".join(sharing.allow_methods),
        "access-control-allow-headers": ",".join(sharing.allow_headers),
        "access-control-max-age": str(sharing.max_age),
    }


@pytest.mark.parametrize(("query", "status"), [("data=x", 200), ("data=", 400)])
def test_a_script_may_read_the_answer_and_where_it_came_from(query: str, status: int) -> None:
    found, headers, _ = call("GET", f"/api/qr/generate?{query}", HTTP_ORIGIN=ORIGIN)
    assert (found, headers["access-control-allow-origin"]) == (status, "*")
    assert "x-cache" in headers["access-control-expose-headers"].split(",")


def test_who_is_no_page_of_another_site_is_told_nothing() -> None:
    _, headers, _ = call("GET", "/api/qr/generate?data=x")
    assert not [name for name in headers if name.startswith("access-control")]


def test_options_that_no_browser_sends_are_another_method() -> None:
    assert call("OPTIONS", "/api/qr/generate")[0] == 405


def test_only_pages_of_the_sites_that_are_named_may() -> None:
    named = Sharing([ORIGIN], ["GET"], ["accept"], ["etag"], 60)
    environ = {"REQUEST_METHOD": "GET", "HTTP_ORIGIN": ORIGIN}
    assert named.headers(environ)[0] == ("access-control-allow-origin", ORIGIN)
    assert named.headers({**environ, "HTTP_ORIGIN": "https://example.net"}) == []
    assert not named.is_preflight({**PREFLIGHT, "REQUEST_METHOD": "OPTIONS", "HTTP_ORIGIN": "https://example.net"})
