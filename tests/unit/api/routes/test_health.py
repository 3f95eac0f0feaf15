"""``GET /healthz``, and HEAD where there is a GET."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.unit.api.routes.conftest import HANDLERS

import qr_engine
from qr_engine.cache.cache import Cache
from qr_engine.config import settings

lambda_handler = HANDLERS["generate"]


def event(route: str, query: str = "") -> dict[str, Any]:
    return {"version": "2.0", "routeKey": route, "rawQueryString": query, "headers": {"accept": "*/*"}}


def test_it_says_what_runs_and_may_be_kept_by_nobody() -> None:
    answer = lambda_handler(event("GET /healthz"), None)
    assert answer["statusCode"] == 200
    assert answer["headers"]["Cache-Control"] == "no-store"
    assert json.loads(answer["body"]) == {
        "status": "ok",
        "version": qr_engine.__version__,
        "renderer_version": qr_engine.RENDERER_VERSION,
    }


def test_it_never_asks_the_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    def asked(*arguments: object) -> None:
        raise AssertionError("the cache was asked")

    for name in ("lookup", "lookup_all"):
        monkeypatch.setattr(Cache, name, asked)
    assert lambda_handler(event("GET /healthz"), None)["statusCode"] == 200


@pytest.mark.parametrize("query", ["data=https://example.com&format=png", "data=x&size=1"])
def test_head_has_the_status_and_the_headers_of_get(query: str) -> None:
    # API Gateway, as every HTTP server, leaves the body of its answer out.
    get, head = (lambda_handler(event(f"{method} /api/qr/generate", query), None) for method in ("GET", "HEAD"))
    own = {"X-Cache", "Server-Timing"}
    assert get["statusCode"] == head["statusCode"]
    assert get["headers"].keys() == head["headers"].keys()
    assert {k: v for k, v in get["headers"].items() if k not in own} == {
        k: v for k, v in head["headers"].items() if k not in own
    }


@pytest.mark.parametrize("shown", [None, "wrong", "", "ä"])
@pytest.mark.parametrize("route", ["GET /api/qr/generate", "HEAD /api/qr/generate"])
def test_where_there_is_a_secret_only_who_shows_it_gets_a_code(
    route: str, shown: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ORIGIN_SECRET", "what CloudFront knows")
    settings.cache_clear()
    asked = event(route, "data=x")
    asked["headers"] |= {} if shown is None else {"x-origin-secret": shown}
    refused = lambda_handler(asked, None)
    assert (refused["statusCode"], json.loads(refused["body"])["code"]) == (403, "forbidden")
    assert refused["headers"]["Cache-Control"] == "no-store"
    asked["headers"]["x-origin-secret"] = "what CloudFront knows"
    assert lambda_handler(asked, None)["statusCode"] == 200


def test_a_probe_needs_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORIGIN_SECRET", "what CloudFront knows")
    settings.cache_clear()
    assert lambda_handler(event("GET /healthz"), None)["statusCode"] == 200
