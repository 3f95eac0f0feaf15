"""Requests that name a style, by every route that takes one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.unit.logo.buckets import Clock, assets_folder, forget_assets
from tests.unit.logo.pictures import as_base64, svg

from qr_engine.assets import FRESH_SECONDS
from qr_engine.logo import assets
from qr_engine.pipeline.engine import engine
from qr_engine.request import named_style

from .conftest import Answer, Call, read_png

GET, POST = "GET /api/qr/generate", "POST /api/qr/generate"
VALIDATE, BATCH = "POST /api/qr/validate", "POST /api/qr/batch"
WARM = "POST /api/qr/cache/warm"
DATA = "https://example.com"
ACME: dict[str, Any] = {"colors": {"foreground": "#1a2b8c"}, "data_pattern": "rounded", "size": 400}
LOGO = svg('<circle cx="5" cy="5" r="5" fill="red"/>', 'viewBox="0 0 10 10"')


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, environment: None) -> Iterator[Path]:
    with assets_folder(monkeypatch, tmp_path / "assets") as found:
        yield found


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    found = Clock()
    for module in (named_style, assets):
        monkeypatch.setattr(module, "monotonic", found)
    return found


def put(folder: Path, fields: dict[str, Any], name: str = "acme") -> None:
    (folder / "styles" / f"{name}.json").write_text(json.dumps(fields), encoding="utf-8")


def get(call: Call, **query: Any) -> Answer:
    return call(GET, query={"data": DATA, "style": "acme", **query})


def etag(call: Call, fields: dict[str, Any], style: str | None = "acme") -> Any:
    named = {} if style is None else {"style": style}
    response = call(VALIDATE, json={"data": DATA, **named, **fields})
    assert response.status == 200, response.json
    return response.json["etag"]


def envelope(call: Call, **fields: Any) -> Any:
    response = call(POST, json={"data": DATA, **fields})
    assert response.status == 200, response.json
    return response.json


def test_a_code_is_drawn_with_the_fields_of_its_style(call: Call, folder: Path):
    put(folder, ACME)
    response = get(call, format="png")
    assert read_png(response.body) == DATA
    assert response.headers["Cache-Control"] == "public, max-age=60"
    assert response.body == call(GET, query={"data": DATA, "format": "png", **flat(ACME)}).body


def flat(fields: dict[str, Any], prefix: str = "") -> dict[str, str]:
    return {
        name: text
        for key, value in fields.items()
        for name, text in (
            flat(value, f"{prefix}{key}.") if isinstance(value, dict) else {f"{prefix}{key}": str(value)}
        ).items()
    }


def test_it_is_looked_up_by_a_key_of_its_own(call: Call, folder: Path):
    put(folder, ACME)
    first = get(call)
    assert [get(call).headers["X-Cache"], get(call).headers["ETag"]] == ["memory", first.headers["ETag"]]
    assert get(call).status == 200
    again = call(GET, query={"data": DATA, "style": "acme"}, headers={"if-none-match": first.headers["ETag"]})
    assert (again.status, again.headers["Cache-Control"]) == (304, "public, max-age=60")
    assert etag(call, {}) == first.headers["ETag"] != etag(call, ACME, None)


def test_all_routes_agree_on_the_key(call: Call, folder: Path):
    put(folder, ACME)
    batch = call(BATCH, json={"codes": [{"data": DATA, "style": "acme"}]}).json
    assert {etag(call, {}), envelope(call, style="acme")["etag"], batch["results"][0]["etag"]} == {
        get(call).headers["ETag"]
    }


def test_own_fields_win_and_objects_are_joined_by_field(call: Call, folder: Path):
    put(folder, {**ACME, "frame": {"style": "badge", "text": "ACME"}})
    own = {"size": 500, "colors": {"background": "#fffbe6"}, "frame": {"text": "Menu"}}
    whole = {
        "data_pattern": "rounded",
        "size": 500,
        "colors": {"foreground": "#1a2b8c", "background": "#fffbe6"},
        "frame": {"style": "badge", "text": "Menu"},
    }
    assert envelope(call, style="acme", **own)["data"] == envelope(call, **whole)["data"]
    assert get(call, **flat(own)).body.decode() == envelope(call, **whole)["data"]


def test_null_is_not_given(call: Call, folder: Path):
    put(folder, ACME)
    assert etag(call, {"style": None}, None) == etag(call, {}, None)
    batch = call(BATCH, json={"codes": [{"data": DATA, "style": None, "private": None}]}).json
    assert batch["results"][0]["success"]
    assert etag(call, {"size": None, "colors": None}) == etag(call, {})


@pytest.mark.parametrize(
    ("style", "own", "whole"),
    [
        ({"eye_shape": "circle"}, {"eye_border_style": "rounded_square"}, {"eye_border_style": "rounded_square"}),
        ({"eye_border_style": "rounded_square"}, {"eye_shape": "circle"}, {"eye_shape": "circle"}),
        (
            {"gradient": {"type": "linear", "colors": ["navy", "teal"]}},
            {"gradient": {"stops": [{"offset": 0, "color": "navy"}, {"offset": 0.3, "color": "black"}]}},
            {
                "gradient": {
                    "type": "linear",
                    "stops": [{"offset": 0, "color": "navy"}, {"offset": 0.3, "color": "black"}],
                }
            },
        ),
    ],
    ids=["eye shape", "eye border", "gradient"],
)
def test_an_own_field_takes_the_place_of_those_that_it_excludes(
    call: Call, folder: Path, style: dict[str, Any], own: dict[str, Any], whole: dict[str, Any]
):
    put(folder, style)
    assert envelope(call, style="acme", **own)["data"] == envelope(call, **whole)["data"]


def test_a_logo_that_is_sent_along_takes_the_place_of_that_of_the_style(call: Call, folder: Path):
    put(folder, {"logo": {"asset": "logo.svg", "size": 15}})
    (folder / "logo.svg").write_bytes(LOGO)
    sent = as_base64(LOGO)
    with_own = envelope(call, style="acme", logo={"data": sent})
    assert with_own["data"] == envelope(call, logo={"data": sent, "size": 15})["data"]


@pytest.mark.parametrize(
    ("query", "accept", "content_type"),
    [
        ({}, "*/*", "image/png"),
        ({}, "image/webp", "image/png"),
        ({"format": "pdf"}, "*/*", "application/pdf"),
    ],
)
def test_the_format_of_a_style_counts_where_the_request_names_none(
    call: Call, folder: Path, query: dict[str, str], accept: str, content_type: str
):
    put(folder, {"format": "png"})
    response = call(GET, query={"data": DATA, "style": "acme", **query}, headers={"accept": accept})
    assert response.headers["Content-Type"] == content_type
    assert response.headers["Vary"] == "Accept-Encoding"


def test_a_style_without_a_format_leaves_it_to_accept(call: Call, folder: Path):
    put(folder, {})
    response = call(GET, query={"data": DATA, "style": "acme"}, headers={"accept": "image/png"})
    assert (response.headers["Content-Type"], response.headers["Vary"]) == ("image/png", "Accept, Accept-Encoding")


LOCKED = {**ACME, "logo": {"asset": "logo.svg"}, "eye_shape": "circle", "lock": True}


@pytest.mark.parametrize(
    ("query", "paths"),
    [
        ({"colors.foreground": "red"}, ["colors.foreground"]),
        ({"colors.background": "yellow"}, ["colors.background"]),
        ({"colors.foreground": "red", "data_pattern": "dots"}, ["colors.foreground", "data_pattern"]),
        ({"colors.foreground": "red", "data_pattern": "rounded"}, ["colors.foreground"]),
        ({"gradient.type": "linear", "gradient.colors": "red,blue"}, ["gradient.type", "gradient.colors"]),
        ({"eye_border_style": "rounded_square"}, ["eye_border_style"]),
        ({"logo.size": "10"}, ["logo.size"]),
        ({"logo.data": as_base64(LOGO)}, ["logo.data"]),
    ],
    ids=str,
)
def test_a_locked_field_that_differs_is_a_400_that_names_the_lock(
    call: Call, folder: Path, query: dict[str, str], paths: list[str]
):
    put(folder, LOCKED)
    (folder / "logo.svg").write_bytes(LOGO)
    response = get(call, **query)
    assert (response.status, response.json["code"]) == (400, "invalid_request")
    assert [issue["path"] for issue in response.json["errors"]] == paths
    assert {"Is locked by the style acme (" in issue["message"] for issue in response.json["errors"]} == {True}


@pytest.mark.parametrize(
    "query",
    [
        {"colors.foreground": "1a2b8c"},
        {"colors.foreground": "#1A2B8CFF"},
        {"colors.background": "white"},
        {"data_pattern": "rounded"},
        {"size": "512", "format": "png", "margin": "2"},
        {"title": "Menu", "frame.style": "badge"},
        {"verify": "false", "cache": "false"},
    ],
    ids=str,
)
def test_what_means_the_same_or_is_not_locked_is_taken(call: Call, folder: Path, query: dict[str, str]):
    put(folder, LOCKED)
    (folder / "logo.svg").write_bytes(LOGO)
    assert get(call, **query).status == 200


def test_size_format_and_margin_are_locked_where_they_are_listed(call: Call, folder: Path):
    put(folder, {"size": 400, "format": "png", "margin": 2, "lock": ["size", "format", "margin"]})
    assert get(call, size="400", format="PNG", margin="2").status == 200
    for name, value in (("size", "401"), ("format", "svg"), ("margin", "3")):
        assert [issue["path"] for issue in get(call, **{name: value}).json["errors"]] == [name]


def test_a_locked_field_that_the_style_has_not_is_locked_as_it_is_by_default(call: Call, folder: Path):
    put(folder, {"lock": ["logo", "colors.foreground"]})
    assert get(call, **{"colors.foreground": "black"}).status == 200
    assert [issue["path"] for issue in get(call, **{"logo.data": as_base64(LOGO)}).json["errors"]] == ["logo.data"]


def test_what_is_wrong_with_the_request_itself_is_told_as_ever(call: Call, folder: Path):
    put(folder, LOCKED)
    (folder / "logo.svg").write_bytes(LOGO)
    response = get(call, **{"colors.foreground": "nave", "size": "3"})
    assert [issue["path"] for issue in response.json["errors"]] == ["size", "colors.foreground"]
    response = call(POST, json={"style": "acme"})
    assert [issue["path"] for issue in response.json["errors"]] == ["data"]


def test_a_style_that_changed_is_drawn_within_a_minute_under_a_new_key(call: Call, folder: Path, clock: Clock):
    put(folder, ACME)
    first = get(call)
    put(folder, {**ACME, "data_pattern": "dots"})
    clock.now += FRESH_SECONDS - 1
    assert get(call).headers["ETag"] == first.headers["ETag"]
    clock.now += 1
    second = call(GET, query={"data": DATA, "style": "acme"}, headers={"if-none-match": first.headers["ETag"]})
    assert (second.status, second.headers["X-Cache"]) == (200, "miss")
    assert second.headers["ETag"] != first.headers["ETag"]


def test_a_lock_that_came_later_holds_for_an_address_that_was_drawn_before(call: Call, folder: Path, clock: Clock):
    put(folder, ACME)
    assert [get(call, size="500").status for _ in range(2)] == [200, 200]
    put(folder, {**ACME, "lock": ["size"]})
    clock.now += FRESH_SECONDS
    assert [issue["path"] for issue in get(call, size="500").json["errors"]] == ["size"]
    (folder / "styles" / "acme.json").unlink()
    clock.now += FRESH_SECONDS
    assert get(call, size="500").status == 404


def test_a_broken_style_is_no_fault_of_the_service(call: Call, folder: Path):
    put(folder, {"size": 3})
    response = get(call)
    assert (response.status, response.json["code"]) == (422, "broken_style")
    assert response.json["detail"].startswith("styles/acme.json: size: ")
    image = call(GET, query={"data": DATA, "style": "acme"}, headers={"accept": "image/png"})
    assert (image.status, image.headers["X-Problem"][:14]) == (422, "broken_style: ")


def test_a_style_whose_logo_is_not_there_is_broken(call: Call, folder: Path, clock: Clock):
    put(folder, {"logo": {"asset": "logo.svg"}})
    response = get(call)
    assert (response.status, response.json["errors"][0]["path"]) == (422, "style.logo.asset")
    assert get(call, **{"logo.data": as_base64(LOGO)}).status == 200
    (folder / "logo.svg").write_bytes(LOGO)
    assert get(call).status == 200


@pytest.mark.parametrize(("name", "status"), [("other", 404), ("../acme", 400), ("", 400)])
def test_a_name_without_a_style_is_told(call: Call, name: str, status: int):
    response = get(call, style=name)
    assert (response.status, response.json["errors"][0]["path"]) == (status, "style")


def test_without_a_place_for_styles_there_are_none(call: Call, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("ASSETS_DIR")
    forget_assets()
    assert get(call).json["errors"][0]["path"] == "style"
    assert call("GET /api/qr/styles").json == {"success": True, "styles": []}


def test_in_a_batch_each_code_has_its_style(call: Call, folder: Path):
    put(folder, ACME)
    codes = [{"data": DATA, "style": "acme"}, {"data": DATA, "style": "other"}, DATA]
    results = call(BATCH, json={"codes": codes}).json["results"]
    assert [result["success"] for result in results] == [True, False, True]
    assert results[1]["problem"]["code"] == "style_not_found"
    assert '"#1a2b8c"' in results[0]["data"]


def test_styles_are_listed_with_an_address_that_shows_them(call: Call, folder: Path):
    for name in ("acme", "b"):
        put(folder, ACME, name)
    (folder / "styles" / "notes.txt").write_text("", encoding="utf-8")
    response = call("GET /api/qr/styles")
    assert response.headers["Cache-Control"] == "public, max-age=60"
    assert [style["name"] for style in response.json["styles"]] == ["acme", "b"]
    _, _, query = response.json["styles"][0]["preview"].partition("?")
    assert call(GET, query=query).status == 200
    assert call("GET /api/qr/styles", query={"page": "2"}).status == 400


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


def test_a_popular_code_is_drawn_again_with_the_style_as_it_is_then(call: Call, folder: Path, clock: Clock):
    put(folder, ACME)
    for _ in range(2):
        get(call, size="500")
    put(folder, {**ACME, "data_pattern": "dots"})
    clock.now += FRESH_SECONDS
    assert call(WARM, json={"popular": 10}).json["stored"] == 1
    assert get(call, size="500").headers["X-Cache"] == "memory"


def test_what_popularity_remembers_of_a_styled_code_can_be_cleared_by_its_text(call: Call, folder: Path):
    put(folder, ACME)
    get(call)
    assert [popular["format"] for popular in call("GET /api/qr/cache/stats").json["stats"]["popular"]] == ["svg"]
    call("POST /api/qr/cache/clear", json={"pattern": f"{DATA}*"})
    assert engine().cache.popular(10) == []
