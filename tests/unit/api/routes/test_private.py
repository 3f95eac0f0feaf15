"""Codes that nobody but their caller may keep."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.unit.logo.buckets import assets_folder

from qr_engine.pipeline.engine import engine

from .conftest import Answer, Call, read_png

GET, POST = "GET /api/qr/generate", "POST /api/qr/generate"
VALIDATE, BATCH = "POST /api/qr/validate", "POST /api/qr/batch"
DAY = "private, max-age=86400"
WIFI = {"type": "wifi", "ssid": "Guests", "password": "correct horse"}
SECRETS = [
    "WIFI:T:WPA;S:Guests;P:correct horse;;",
    "wifi:S:Guests;;",
    " \n WIFI:T:WPA;S:Guests;P:correct horse;;",
    "otpauth://totp/ACME:alice?secret=JBSWY3DPEHPK3PXP",
    "OTPAUTH://TOTP/ACME?SECRET=JBSWY3DPEHPK3PXP",
    "otpauth-migration://offline?data=CjEKCkhlbGxv",
    "\ufeffWIFI:T:WPA;S:Guests;P:correct horse;;",
    "\u200b\u2060 otpauth://totp/ACME:alice?secret=JBSWY3DPEHPK3PXP",
]
PUBLIC = ["https://example.com", "The WIFI: is free", "wifi", "otpauth", "https://example.com/?x=otpauth://totp"]


def get(call: Call, data: str, headers: dict[str, str] | None = None, **query: str) -> Answer:
    response = call(GET, query={"data": data, **query}, headers=headers)
    assert response.status == 200, response.body
    return response


@pytest.mark.parametrize("text", SECRETS)
def test_a_secret_is_private_by_get(call: Call, text: str):
    first, second = get(call, text, format="png"), get(call, text, format="png")
    assert (first.headers["Cache-Control"], "ETag" in first.headers) == (DAY, False)
    assert read_png(first.body) == text
    assert [first.headers["X-Cache"], second.headers["X-Cache"]] == ["miss", "memory"]
    assert (second.headers["Cache-Control"], "ETag" in second.headers) == (DAY, False)


@pytest.mark.parametrize("text", PUBLIC)
def test_any_other_text_is_not(call: Call, text: str):
    response = get(call, text)
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    key = response.headers["ETag"]
    asked_to = get(call, text, private="true")
    assert (asked_to.headers["Cache-Control"], "ETag" in asked_to.headers) == (DAY, False)
    assert asked_to.body == response.body
    assert call(GET, query={"data": text}, headers={"if-none-match": key}).status == 304


def test_no_etag_gets_a_304(call: Call):
    key = get(call, "x").headers["ETag"]
    assert get(call, "x", headers={"if-none-match": key}, private="yes").status == 200


@pytest.mark.parametrize("fields", [{"data": WIFI}, {"data": "x", "private": True}])
def test_by_post_the_envelope_and_the_picture_are_private(call: Call, fields: dict[str, Any]):
    response = call(POST, json=fields)
    assert (response.headers["Cache-Control"], response.json["etag"], response.json["cached"]) == (DAY, None, False)
    assert call(POST, json=fields).json["cached"] == "memory"
    picture = call(POST, json=fields, headers={"accept": "image/png"})
    assert (picture.headers["Cache-Control"], "ETag" in picture.headers) == (DAY, False)
    described = call(VALIDATE, json=fields)
    assert (described.headers["Cache-Control"], described.json["etag"]) == (DAY, None)


def test_in_a_batch_each_code_is_private_or_not(call: Call):
    codes = [{"data": WIFI}, "https://example.com", {"data": "x", "private": True}, {"data": WIFI}]
    response = call(BATCH, json={"codes": codes})
    assert response.headers["Cache-Control"] == DAY
    results = response.json["results"]
    assert [result["etag"] is None for result in results] == [True, False, True, True]
    assert [result["cached"] for result in results] == [False, False, False, "memory"]
    assert "Cache-Control" not in call(BATCH, json={"codes": ["https://example.com"]}).headers


def test_a_batch_stops_at_a_private_code_that_fails(call: Call):
    codes = [{"data": WIFI, "version": 1}, "https://example.com"]
    results = call(BATCH, json={"codes": codes, "options": {"stop_on_error": True}}).json["results"]
    assert results[0]["problem"]["code"] == "too_much_data"
    assert results[1]["skipped"]


@pytest.mark.parametrize(
    ("route", "parameters"),
    [
        ("GET /qr", {"text": SECRETS[0]}),
        ("GET /v1/create-qr-code/", {"data": SECRETS[3]}),
        ("GET /chart", {"cht": "qr", "chs": "300x300", "chl": SECRETS[0]}),
    ],
)
def test_at_the_addresses_of_other_services_a_secret_is_private(call: Call, route: str, parameters: dict[str, str]):
    responses = [call(route, query=parameters, headers={"if-none-match": '"x"'}) for _ in range(2)]
    for response in responses:
        assert (response.status, response.headers["Cache-Control"], "ETag" in response.headers) == (200, DAY, False)
    assert [response.headers["X-Cache"] for response in responses] == ["miss", "memory"]


def test_the_file_that_is_saved_is_not_called_by_a_secret(call: Call):
    assert get(call, SECRETS[0], download="1").headers["Content-Disposition"] == 'attachment; filename="qr.svg"'


def test_it_is_neither_popular_nor_warmed(call: Call):
    for _ in range(3):
        get(call, SECRETS[0])
        get(call, "x", private="true")
    assert engine().cache.popular(10) == []
    patterns: list[Any] = [SECRETS[0], {"data": WIFI}, {"data": "y", "private": True}, "https://example.com"]
    results = call("POST /api/qr/cache/warm", json={"patterns": patterns}).json["results"]
    assert [result["outcome"] for result in results] == ["failed", "failed", "failed", "stored"]
    assert results[0]["problem"]["errors"][0]["path"] == "data"


def test_its_lookups_are_in_the_totals(call: Call):
    for _ in range(3):
        get(call, SECRETS[0])
    stats = call("GET /api/qr/cache/stats").json["stats"]
    assert (stats["hits"], stats["misses"], stats["popular"]) == (2, 1, [])


def test_without_the_cache_it_is_private_as_well(call: Call):
    response = get(call, SECRETS[0], cache="false")
    assert (response.headers["Cache-Control"], response.headers["X-Cache"]) == (DAY, "bypass")


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, environment: None) -> Iterator[Path]:
    with assets_folder(monkeypatch, tmp_path / "assets") as found:
        yield found


def test_in_a_style_it_may_change_within_a_minute(call: Call, folder: Path):
    (folder / "styles" / "acme.json").write_text(json.dumps({"data_pattern": "dots"}), encoding="utf-8")
    response = get(call, SECRETS[0], style="acme")
    assert (response.headers["Cache-Control"], "ETag" in response.headers) == ("private, max-age=60", False)
    assert engine().cache.popular(10) == []
