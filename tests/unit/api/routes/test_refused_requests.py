from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qr_engine.errors import InvalidRequest

from .conftest import HANDLERS, Answer, Call, answer, event_v1, event_v2

GET = "GET /api/qr/generate"
POST = "POST /api/qr/generate"


def problem(found: Answer, status: int) -> dict[str, Any]:
    assert found.status == status
    assert found.headers["Content-Type"] == "application/problem+json"
    assert found.headers["Cache-Control"] == "no-store"
    assert found.json["status"] == status
    document: dict[str, Any] = found.json
    return document


@pytest.mark.parametrize("query", ["format=png", "downlaod=1", ".=y", "=x"])
def test_a_post_takes_nothing_but_download_from_the_query(call: Call, query: str):
    assert call(POST, query=query, json={"data": "x"}).status == 400
    assert call(POST, query="download=1", json={"data": "x"}).status == 200


def test_half_a_surrogate_pair_is_no_character_whichever_way_it_comes():
    for event in (event_v1(GET, query={"data": ["\ud800"]}), event_v1(GET, query={"\udfff": ["x"]})):
        assert answer(HANDLERS["generate"](event, None)).status == 400
    with pytest.raises(InvalidRequest):
        HANDLERS["warm"]({"patterns": ["\ud800"]}, None)


@pytest.mark.parametrize(
    ("query", "path"),
    [
        ("", "data"),
        ("data=", "data"),
        ("data=x&size=abc", "size"),
        ("data=x&size=100&size=200", "size"),
        ("data=x&format=bmp", "format"),
        ("data=x&download=maybe", "download"),
        ("data=x&download=1&download=1", "download"),
        ("data=x&color.foreground=red", "color"),
        ("data=x&colors.foreground=redd", "colors.foreground"),
        ("data=x&data.type=url", "data.type"),
    ],
)
def test_a_bad_query_gets_a_problem_that_names_the_parameter(call: Call, query: str, path: str):
    document = problem(call(GET, query=query), 400)
    assert path in {error["path"] for error in document["errors"]}


@pytest.mark.parametrize("query", ["data=%ff", "data=%c3%28", "&".join(f"a{n}=1" for n in range(101))])
def test_a_query_that_cannot_be_read_gets_a_problem(call: Call, query: str):
    assert problem(call(GET, query=query), 400)["errors"]


@pytest.mark.parametrize("body", [None, "", "nonsense", "[]", "null", b"\xff\xfe", b"{", '{"data": "a", "data": "b"}'])
def test_a_bad_body_gets_a_problem(call: Call, body: str | bytes | None):
    assert problem(call(POST, body=body), 400)["errors"]


def test_invalid_base64_in_the_event_gets_a_problem():
    event = event_v2(POST, body="{}")
    event |= {"isBase64Encoded": True, "body": "!!!"}
    problem(answer(HANDLERS["generate"](event, None)), 400)


@pytest.mark.parametrize("body", ["x" * 3_000_000, json.dumps({"data": "x" * 3_000_000}), b"x" * 3_000_000])
def test_a_body_of_3_mb_gets_a_413(call: Call, body: str | bytes):
    assert problem(call(POST, body=body), 413)["limit"] == 2816 * 1024


@pytest.mark.parametrize(
    "asked",
    [
        {"data": "x" * 2954, "error_correction": "L"},
        {"data": "x" * 2332},
        {"data": "x" * 18, "version": 1, "error_correction": "L"},
        {"data": "x" * 16, "micro": True, "error_correction": "L"},
        {"data": "1" * 7090},
    ],
)
def test_one_byte_too_many_gets_a_413_with_the_figures(call: Call, asked: dict[str, Any]):
    document = problem(call(POST, json=asked), 413)
    assert document["needed"] > document["capacity"]
    assert document["unit"] in ("bits", "characters")


@pytest.mark.parametrize(
    "asked",
    [
        {"data": "x" * 2953, "error_correction": "L"},
        {"data": "x" * 17, "version": 1, "error_correction": "L"},
        {"data": "x" * 15, "micro": True, "error_correction": "L"},
        {"data": "1" * 7089, "error_correction": "L"},
    ],
)
def test_as_much_as_fits_is_drawn(call: Call, asked: dict[str, Any]):
    assert call(POST, json=asked).status == 200


def test_what_no_phone_would_read_gets_a_422_with_what_to_change(call: Call):
    document = problem(call(POST, json={"data": "x", "colors": {"foreground": "#eeeeee"}}), 422)
    assert document["errors"][0]["path"] == "colors.foreground"
    assert document["errors"][0]["suggestion"]


def test_an_unknown_route_gets_a_404():
    event = event_v2("GET /api/qr/nothing")
    problem(answer(HANDLERS["generate"](event, None)), 404)


def test_a_fault_of_ours_is_a_500_without_its_cause(call: Call, monkeypatch: pytest.MonkeyPatch, capsys: Any):
    def broken() -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr("qr_engine.api.routes.generate.engine", broken)
    response = call(GET, query={"data": "x"})
    assert problem(response, 500)["code"] == "internal_error"
    assert b"secret" not in response.body


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(body=st.binary(max_size=200) | st.text(max_size=200))
def test_no_body_is_a_5xx(call: Call, body: bytes | str):
    assert 400 <= call(POST, body=body).status < 500


values = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.lists(st.text(max_size=3))


FIELDS = ["data", "format", "size", "margin", "error_correction", "version", "mask", "micro", "eci", "kanji", "colors"]


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(body=st.dictionaries(st.sampled_from([*FIELDS, "structured_append", "cache"]), values, max_size=6))
def test_no_object_is_a_5xx(call: Call, body: dict[str, object]):
    assert call(POST, json={"data": "x", **body}).status in (200, 400, 413, 422)
