"""Requests that name a style, by every route that takes one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.unit.logo.buckets import Clock, forget_assets
from tests.unit.logo.pictures import as_base64

from qr_engine.assets import FRESH_SECONDS
from qr_engine.pipeline.engine import engine

from ..conftest import Call, read_png
from .conftest import ACME, BATCH, DATA, GET, LOGO, POST, VALIDATE, WARM, get, put


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
