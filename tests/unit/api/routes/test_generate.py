from __future__ import annotations

import base64
import gzip

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qr_engine.api.routes import generate

from .conftest import HANDLERS, Call, answer, event_v1, read_png

GET = "GET /api/qr/generate"
POST = "POST /api/qr/generate"
NASTY = "žluťoučký kůň ±°µ×"


def test_a_get_answers_an_svg(call: Call):
    response = call(GET, query={"data": "https://example.com"})
    assert response.status == 200
    assert response.headers["Content-Type"] == "image/svg+xml"
    assert response.body.startswith(b"<svg ")


def test_a_get_answers_a_png_of_the_asked_size_that_reads_back(call: Call):
    response = call(GET, query={"data": NASTY, "format": "png", "size": "512"})
    assert response.headers["Content-Type"] == "image/png"
    assert read_png(response.body) == NASTY
    assert int.from_bytes(response.body[16:20], "big") == 512


def test_a_plus_in_the_query_is_a_space_and_percent_2b_a_plus(call: Call):
    response = call(GET, query="data=a+b%2Bc&format=png")
    assert read_png(response.body) == "a b+c"


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("image/png", "image/png"),
        ("image/avif,image/*;q=0.8", "image/avif"),
        ("image/*;q=0.8,*/*;q=0.5", "image/svg+xml"),
        ("application/json", "application/json"),
    ],
)
def test_a_get_without_format_goes_by_accept_and_says_so(call: Call, accept: str, content_type: str):
    response = call(GET, query={"data": "x"}, headers={"accept": accept})
    assert response.headers["Content-Type"] == content_type
    assert response.headers["Vary"] == "Accept, Accept-Encoding"


def test_a_given_format_wins_over_accept(call: Call):
    response = call(GET, query={"data": "x", "format": "svg"}, headers={"accept": "image/png"})
    assert response.headers["Content-Type"] == "image/svg+xml"
    assert response.headers["Vary"] == "Accept-Encoding"


def test_a_success_may_be_kept_for_ever_and_an_svg_runs_no_script(call: Call):
    headers = call(GET, query={"data": "x"}).headers
    assert headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["Server-Timing"].startswith("cache;dur=")


def test_the_second_call_is_answered_from_memory_with_the_same_bytes(call: Call):
    first, second = (call(GET, query={"data": "x", "format": "png"}) for _ in range(2))
    assert (first.headers["X-Cache"], second.headers["X-Cache"]) == ("miss", "memory")
    assert first.body == second.body
    assert first.headers["ETag"] == second.headers["ETag"]


@pytest.mark.parametrize("form", ["svg", "json"])
def test_a_client_that_takes_gzip_gets_the_text_as_it_is_kept(call: Call, form: str):
    query = {"data": "x", "format": form}
    plain = call(GET, query=query)
    packed = call(GET, query=query, headers={"accept-encoding": "gzip, deflate, br"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["ETag"] != plain.headers["ETag"]


def test_either_etag_of_a_picture_is_revalidated(call: Call):
    for encoding in ("gzip", "identity"):
        headers = {"accept-encoding": encoding}
        etag = call(GET, query={"data": "x"}, headers=headers).headers["ETag"]
        response = call(GET, query={"data": "x"}, headers={**headers, "if-none-match": etag})
        assert (response.status, response.headers["ETag"]) == (304, etag)


def test_a_png_is_not_compressed_again(call: Call):
    response = call(GET, query={"data": "x", "format": "png"}, headers={"accept-encoding": "gzip"})
    assert "Content-Encoding" not in response.headers
    assert read_png(response.body) == "x"


def test_cache_false_goes_round_the_cache(call: Call):
    call(GET, query={"data": "x"})
    assert call(GET, query={"data": "x", "cache": "false"}).headers["X-Cache"] == "bypass"


def test_a_client_that_has_the_picture_gets_304_and_nothing_is_drawn(call: Call, monkeypatch: pytest.MonkeyPatch):
    etag = call(GET, query={"data": "x"}).headers["ETag"]
    monkeypatch.setattr("qr_engine.api.routes.generate.engine", None)
    response = call(GET, query={"data": "x"}, headers={"if-none-match": etag})
    assert (response.status, response.body) == (304, b"")
    assert response.headers["ETag"] == etag
    assert "immutable" in response.headers["Cache-Control"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_a_star_is_not_answered_before_it_is_known_that_there_is_a_picture(call: Call):
    query = {"data": "x", "colors.foreground": "white"}
    assert call(GET, query=query, headers={"if-none-match": "*"}).status == 422


def test_another_etag_gets_the_picture(call: Call):
    assert call(GET, query={"data": "x"}, headers={"if-none-match": '"0"'}).status == 200


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ("https://example.com/a?b=c", "qr-example.com-a-b-c.svg"),
        ("žluť", "qr-lu.svg"),
        ("茗荷", "qr.svg"),
        ("茗荷.jp", "qr-jp.svg"),
    ],
)
def test_a_download_has_a_sensible_file_name(call: Call, data: str, name: str):
    response = call(GET, query={"data": data, "download": "1"})
    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'


def test_a_picture_to_look_at_is_no_download(call: Call):
    assert "Content-Disposition" not in call(GET, query={"data": "x", "download": "0"}).headers


def test_a_post_answers_the_envelope(call: Call):
    response = call(POST, json={"data": NASTY, "error_correction": "H"})
    envelope = response.json
    assert response.headers["Content-Type"] == "application/json"
    assert envelope["success"] is True
    assert envelope["cached"] is False
    assert (envelope["format"], envelope["encoding"], envelope["content_type"]) == ("svg", "utf-8", "image/svg+xml")
    assert envelope["data"].startswith("<svg ")
    metadata = envelope["metadata"]
    assert metadata["error_correction"] == "H"
    assert metadata["modules"] == metadata["version"] * 4 + 17
    assert metadata["bytes"] == len(envelope["data"].encode())
    assert metadata["quiet_zone"] == 4
    assert (metadata["width"], metadata["height"]) == (300, 300)
    assert metadata["data_used"] <= metadata["data_capacity"]
    assert metadata["complexity_level"] == "basic"
    assert metadata["generation_time_ms"] > 0
    assert metadata["scan"]["contrast"] == 21


def test_the_second_post_says_that_it_was_cached(call: Call):
    first, second = (call(POST, json={"data": "x"}).json for _ in range(2))
    assert second["cached"] == "memory"
    assert first["data"] == second["data"]
    assert {**first["metadata"], "generation_time_ms": 0} == {**second["metadata"], "generation_time_ms": 0}


def test_a_png_is_base64_in_the_envelope(call: Call):
    envelope = call(POST, json={"data": NASTY, "format": "png"}).json
    assert envelope["encoding"] == "base64"
    assert read_png(base64.b64decode(envelope["data"])) == NASTY


@pytest.mark.parametrize(("accept", "content_type"), [("image/png", "image/png"), ("*/*", "application/json")])
def test_a_post_gives_the_picture_itself_where_accept_would_rather_have_it(call: Call, accept: str, content_type: str):
    response = call(POST, json={"data": "x"}, headers={"accept": accept})
    assert response.headers["Content-Type"] == content_type


def test_colours_are_drawn_and_reported(call: Call):
    colors = {"foreground": "navy", "background": "#ffffcc"}
    metadata = call(POST, json={"data": "x", "format": "png", "colors": colors}).json["metadata"]
    assert metadata["features_used"] == ["colors"]
    assert metadata["complexity_level"] == "medium"


def test_content_becomes_its_payload(call: Call):
    wifi = {"type": "wifi", "ssid": 'a;b,c:"d\\', "password": 'p;w,:"\\word'}
    response = call(POST, json={"data": wifi, "format": "png"}, headers={"accept": "image/png"})
    assert read_png(response.body) == 'WIFI:T:WPA;S:a\\;b\\,c\\:\\"d\\\\;P:p\\;w\\,\\:\\"\\\\word;;'


def test_content_in_a_query_string_is_nested_by_dots(call: Call):
    response = call(GET, query={"data.type": "geo", "data.lat": "50.0875", "data.lon": "14.4213", "format": "png"})
    assert read_png(response.body) == "geo:50.0875,14.4213"


def test_payload_one_from_a_rest_api_is_understood():
    event = event_v1(
        POST, body='{"data": "x", "format": "png"}', headers={"Accept": "image/png", "Content-Type": "application/json"}
    )
    assert read_png(answer(HANDLERS["generate"](event, None)).body) == "x"
    event = event_v1(GET, query={"data": ["x y"], "format": ["png"]})
    assert read_png(answer(HANDLERS["generate"](event, None)).body) == "x y"


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    data=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60),
    level=st.sampled_from("LMQH"),
)
def test_whatever_is_asked_is_what_is_read(call: Call, data: str, level: str):
    response = call(GET, query={"data": data, "error_correction": level, "format": "png", "size": "600"})
    assert read_png(response.body) == data


@pytest.mark.parametrize("form", ["txt", "json"])
def test_a_format_without_colours_uses_none(call: Call, form: str):
    fields = {"data": "x", "format": form, "colors": {"foreground": "navy"}}
    metadata = call(POST, json=fields, headers={"accept": "application/json"}).json["metadata"]
    assert (metadata["features_used"], metadata["complexity_level"]) == ([], "basic")


def test_the_queries_that_came_last_are_parsed_once(call: Call, monkeypatch: pytest.MonkeyPatch):
    parsed: list[str] = []
    parse_fields = generate._parse_fields

    def counting(pairs: list[tuple[str, str]], default_format: str) -> generate.ParsedQuery:
        parsed.append(pairs[0][1])
        return parse_fields(pairs, default_format)

    monkeypatch.setattr(generate, "_remembered", {})
    monkeypatch.setattr(generate, "REMEMBERED_QUERIES", 2)
    monkeypatch.setattr(generate, "_parse_fields", counting)
    for data in ("a", "b", "a", "c", "a", "b"):
        assert call(GET, query={"data": data}).status == 200
    assert parsed == ["a", "b", "c", "a", "b"]
