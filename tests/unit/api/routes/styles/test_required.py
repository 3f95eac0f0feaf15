"""A service that draws with its owner's styles only."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.unit.logo.buckets import forget_assets

from ..conftest import Call
from .conftest import ACME, BATCH, DATA, GET, POST, VALIDATE, WARM, get, put


@pytest.fixture
def required(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    put(folder, ACME)
    monkeypatch.setenv("REQUIRE_STYLE", "true")
    forget_assets()


@pytest.mark.usefixtures("required")
@pytest.mark.parametrize(
    ("route", "parts"),
    [
        (GET, {"query": {"data": DATA}}),
        (POST, {"json": {"data": DATA}}),
        (POST, {"json": {"data": DATA, "style": None}}),
        (VALIDATE, {"json": {"data": DATA}}),
    ],
)
def test_where_a_style_is_required_a_request_without_one_is_a_400(call: Call, route: str, parts: dict[str, Any]):
    response = call(route, **parts)
    assert (response.status, response.json["errors"][0]["path"]) == (400, "style")


@pytest.mark.parametrize("route", [POST, VALIDATE])
def test_where_none_is_required_null_is_no_style(call: Call, route: str):
    found, expected = (call(route, json={"data": DATA, **style}) for style in ({"style": None}, {}))
    assert (found.status, found.json["etag"]) == (200, expected.json["etag"])


@pytest.mark.usefixtures("required")
def test_where_a_style_is_required_one_that_has_it_is_drawn(call: Call):
    assert get(call).status == 200
    results = call(BATCH, json={"codes": [DATA, {"data": DATA, "style": "acme"}]}).json["results"]
    assert [result["success"] for result in results] == [False, True]


@pytest.mark.usefixtures("required")
@pytest.mark.parametrize("route", ["GET /qr", "GET /v1/create-qr-code/", "GET /chart"])
def test_where_a_style_is_required_the_addresses_of_other_services_draw_nothing(call: Call, route: str):
    response = call(route, query={"text": DATA, "data": DATA, "cht": "qr", "chl": DATA, "chs": "200x200"})
    assert (response.status, response.headers["X-Problem"][:24]) == (400, "invalid_request: style: ")


@pytest.mark.usefixtures("required")
def test_where_a_style_is_required_what_is_warmed_has_one(call: Call):
    answer = call(WARM, json={"patterns": [DATA, {"data": DATA, "style": "acme"}]}).json
    assert [result["outcome"] for result in answer["results"]] == ["failed", "stored"]
    assert get(call).headers["X-Cache"] == "memory"
