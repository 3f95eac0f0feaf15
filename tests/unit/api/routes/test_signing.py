"""Signed URLs through the functions: what is closed, what stays open, and what a caller is told."""

from __future__ import annotations

import base64
import io
import json
import re
from pathlib import Path
from time import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as settings_of_hypothesis
from hypothesis import strategies as st
from PIL import Image
from tests.unit.api.routes.conftest import DATA, FUNCTION_OF, HANDLERS, Answer, answer, event_v1, event_v2, read_png
from tests.unit.logo.buckets import assets_folder

from qr_engine.api.drop_in.answer import SERVICES
from qr_engine.api.query_string import SIGNATURE_PARAMETERS, is_cache_buster
from qr_engine.api.signing.keys import keys_of, sign
from qr_engine.config import settings
from qr_engine.request.schema import BatchRequest, ClearRequest, QRRequest, WarmRequest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.unit.api.routes.conftest import Call

    Sign = Callable[[str, str], str]

KEY = "a key for tests, of more than 32 bytes"
IMAGE = {"accept": "image/avif,image/webp,image/png,*/*;q=0.1"}
CACHE = tuple(FUNCTION_OF)
YEAR = "public, max-age=31536000, immutable"


def blank_picture() -> str:
    """A white PNG in base64."""
    picture = io.BytesIO()
    Image.new("L", (40, 40), 255).save(picture, "PNG")
    return base64.b64encode(picture.getvalue()).decode()


CLOSED: dict[str, dict[str, str]] = {
    "GET /api/qr/generate": {"query": "data=hello"},
    "HEAD /api/qr/generate": {"query": "data=hello"},
    "POST /api/qr/generate": {"body": '{"data": "hello"}'},
    "POST /api/qr/batch": {"body": '{"codes": [{"data": "hello"}]}'},
    "POST /api/qr/validate": {"body": '{"data": "hello"}'},
    "GET /api/qr/styles": {},
    "POST /api/qr/read": {"body": json.dumps({"image": f"data:image/png;base64,{blank_picture()}"})},
    "GET /qr": {"query": "text=hello"},
    "HEAD /qr/": {"query": "text=hello"},
    "GET /v1/create-qr-code/": {"query": "data=hello"},
    "POST /v1/create-qr-code": {"body": "data=hello"},
    "GET /chart": {"query": "cht=qr&chs=200x200&chl=hello"},
    "GET /v1/read-qr-code": {"query": "fileurl=x"},
    "POST /v1/read-qr-code/": {"body": "fileurl=x"},
    "POST /gchart/": {"body": "cht=qr&chs=200x200&chl=hello"},
}
OPEN = ("GET /healthz", "HEAD /healthz", "GET /openapi.json", "GET /llms.txt", "GET /", "HEAD /")


@pytest.fixture
def required(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIGNING", "required")
    monkeypatch.setenv("SIGNING_KEY", KEY)


@pytest.fixture
def admin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIGNING", "admin")
    monkeypatch.setenv("SIGNING_KEY", KEY)


def signed(route: str, query: str = "", body: str = "") -> str:
    """The query of a request with its signature."""
    method, _, path = route.partition(" ")
    signature = sign(keys_of(settings())[0], method, path, query, body.encode())
    return "&".join(filter(None, (query, f"sig={signature}")))


def ask(call: Call, route: str, query: str = "", body: str | None = None, **headers: str) -> Answer:
    """The answer to a request that is signed."""
    return call(route, query=signed(route, query, body or ""), body=body, headers=headers)


@pytest.mark.usefixtures("required")
@pytest.mark.parametrize("route", CLOSED)
def test_what_draws_or_checks_answers_signed_requests_only(call: Call, route: str):
    query, body = CLOSED[route].get("query", ""), CLOSED[route].get("body")
    refused = call(route, query=query, body=body)
    assert (refused.status, refused.headers["Cache-Control"]) == (403, "no-store")
    assert ask(call, route, query, body).status == 200


def test_every_route_is_closed_or_open():
    there = {route for route in _routes_of("generate") if "{" not in route}
    ends = {re.sub(r"/$", "", route) for route in (*CLOSED, *OPEN)}
    paths = {route.partition(" ")[2] for route in ends}
    assert {re.sub(r"/$", "", route).partition(" ")[2] for route in there} == paths
    assert set(FUNCTION_OF) == {route for name in ("stats", "clear", "warm") for route in _routes_of(name)}


def _routes_of(function: str) -> list[str]:
    routes: dict[str, object] = HANDLERS[function].__globals__["ROUTES"]
    return list(routes)


@pytest.mark.usefixtures("required")
@pytest.mark.parametrize("route", OPEN)
def test_what_only_describes_the_service_stays_open(call: Call, route: str):
    assert call(route).status == 200


@pytest.mark.usefixtures("required")
def test_the_page_is_off_since_it_could_sign_nothing(call: Call, monkeypatch: pytest.MonkeyPatch):
    listing = call("GET /", headers={"accept": "text/html"})
    assert (listing.status, listing.json["name"]) == (200, "QR Engine")
    event = event_v2("GET /studio/{version}/{file}") | {"pathParameters": {"version": "0", "file": "style.css"}}
    assert HANDLERS["generate"](event, None)["statusCode"] == 404
    monkeypatch.setenv("SIGNING", "admin")
    settings.cache_clear()
    assert call("GET /", headers={"accept": "text/html"}).headers["Content-Type"].startswith("text/html")
    assert HANDLERS["generate"](event, None)["statusCode"] == 200


@pytest.mark.usefixtures("required")
@pytest.mark.parametrize("route", CACHE)
def test_a_key_for_pictures_is_none_for_the_cache(call: Call, route: str):
    """Whoever may ask here is decided before the function: by IAM, or by the token of the local API."""
    body = '{"patterns": ["x"]}' if route.endswith("warm") else None
    assert call(route, body=body).status == 200


@pytest.mark.usefixtures("admin")
@pytest.mark.parametrize("route", CACHE)
def test_the_routes_of_the_cache_answer_signatures_of_the_next_hour(call: Call, route: str):
    body = '{"patterns": ["x"]}' if route.endswith("warm") else None
    now = int(time())
    refused = call(route, body=body)
    assert (refused.status, refused.json["code"], refused.headers["Cache-Control"]) == (
        403,
        "bad_signature",
        "no-store",
    )
    assert ask(call, route, f"exp={now + 60}", body).status == 200
    assert ask(call, route, f"exp={now - 1}", body).json["code"] == "expired"
    for query in ("", f"exp={now + 4000}"):
        refused = ask(call, route, query, body)
        assert (refused.status, refused.json["code"], refused.json["errors"][0]["path"]) == (
            403,
            "bad_signature",
            "exp",
        )


@pytest.mark.usefixtures("admin")
def test_a_condition_that_is_added_to_a_signed_clear_is_refused(call: Call):
    route = "POST /api/qr/cache/clear"
    query = signed(route, f"exp={int(time()) + 60}&pattern=a")
    assert call(route, query=query.replace("pattern=a", "pattern=*")).status == 403
    assert call(route, query=query, body='{"format": "png"}').status == 403
    assert call(route, query=query).json["pattern"] == "a"


@pytest.mark.usefixtures("admin")
@pytest.mark.parametrize("route", CLOSED)
def test_where_operators_sign_pictures_are_public(call: Call, route: str):
    assert call(route, **CLOSED[route]).status == 200


@pytest.mark.usefixtures("required")
def test_a_signed_picture_is_the_same_as_an_unsigned_one(call: Call, monkeypatch: pytest.MonkeyPatch):
    query = f"data={DATA}&format=png"
    first = ask(call, "GET /api/qr/generate", query)
    again = ask(call, "GET /api/qr/generate", f"{query}&exp={int(time()) + 60}")
    assert read_png(first.body) == DATA
    assert (first.headers["X-Cache"], again.headers["X-Cache"]) == ("miss", "memory")
    assert first.headers["ETag"] == again.headers["ETag"]
    monkeypatch.setenv("SIGNING", "off")
    settings.cache_clear()
    assert call("GET /api/qr/generate", query=query).headers["ETag"] == first.headers["ETag"]


@pytest.mark.parametrize("route", [route for route in CLOSED if not route.startswith("HEAD")])
def test_addresses_may_be_signed_before_signatures_are_asked_for(call: Call, route: str):
    query, body = CLOSED[route].get("query", ""), CLOSED[route].get("body")
    plain = call(route, query=query, body=body)
    early = call(route, query=f"{query}&sig=abc&exp=1&kid=next", body=body)
    assert early.status == plain.status == 200
    assert {**early.headers, "Server-Timing": "", "X-Cache": ""} == {
        **plain.headers,
        "Server-Timing": "",
        "X-Cache": "",
    }


@pytest.mark.usefixtures("required")
def test_nothing_is_kept_for_longer_than_an_address_works(call: Call):
    route = "GET /api/qr/generate"
    assert ask(call, route, "data=x").headers["Cache-Control"] == YEAR
    query = f"data=x&exp={int(time()) + 100}"
    answers = [ask(call, route, query)]
    answers.append(ask(call, route, query, **{"if-none-match": answers[0].headers["ETag"]}))
    answers.append(ask(call, "GET /qr", f"text=x&exp={int(time()) + 100}"))
    assert [each.status for each in answers] == [200, 304, 200]
    for each in answers:
        found = re.fullmatch(r"public, max-age=([0-9]+), immutable", each.headers["Cache-Control"])
        assert found is not None
        assert 90 <= int(found[1]) <= 100
    # What is remembered of the query has not learnt it.
    assert ask(call, route, "data=x").headers["Cache-Control"] == YEAR
    assert ask(call, route, f"data=x&exp={int(time()) + 10**9}").headers["Cache-Control"] == YEAR


@pytest.mark.usefixtures("required")
def test_what_takes_long_to_draw_is_kept_for_the_rest_alone(call: Call, monkeypatch: pytest.MonkeyPatch):
    now = int(time())
    clock = iter([now, now + 4])
    monkeypatch.setattr("qr_engine.api.signing.guard.time", lambda: next(clock))
    first = ask(call, "GET /api/qr/generate", f"data=x&exp={now + 10}")
    assert first.headers["Cache-Control"] == "public, max-age=6, immutable"
    clock = iter([now, now + 14])
    assert "max-age=0," in ask(call, "GET /api/qr/generate", f"data=x&exp={now + 10}").headers["Cache-Control"]


@pytest.mark.usefixtures("required")
def test_an_address_that_was_answered_is_refused_once_it_has_expired(call: Call, monkeypatch: pytest.MonkeyPatch):
    query = signed("GET /api/qr/generate", f"data=x&exp={int(time()) + 100}")
    assert call("GET /api/qr/generate", query=query).status == 200
    later = time() + 101
    monkeypatch.setattr("qr_engine.api.signing.guard.time", lambda: later)
    refused = call("GET /api/qr/generate", query=query)
    assert (refused.status, refused.json["code"], refused.headers["Cache-Control"]) == (403, "expired", "no-store")
    assert call("GET /api/qr/generate", query=query, headers={"if-none-match": "*"}).status == 403


@pytest.mark.usefixtures("required")
def test_whoever_shows_only_pictures_is_shown_why_there_is_none(call: Call):
    for route, headers, kind in (
        ("GET /api/qr/generate", IMAGE, "image/png"),
        ("GET /qr", {}, "image/png"),
        ("POST /chart", {}, "image/png"),
    ):
        refused = call(route, query="data=hello", headers=headers)
        assert (refused.status, refused.headers["Content-Type"]) == (403, kind)
        assert refused.headers["X-Problem"].startswith("bad_signature: sig: Must be given")
        assert refused.headers["Cache-Control"] == "no-store"


@pytest.mark.usefixtures("required")
def test_a_path_with_an_ending_is_signed_as_it_is():
    event = event_v2("GET /api/qr/{picture}", query=signed("GET /api/qr/generate.png", "data=hello"))
    for picture, status, kind in (
        ("generate.png", 200, "image/png"),
        ("generate.svg", 403, "image/svg+xml"),
        ("generate.txt", 403, "application/problem+json"),
    ):
        response = answer(HANDLERS["generate"](event | {"pathParameters": {"picture": picture}}, None))
        assert (response.status, response.headers["Content-Type"]) == (status, kind)


@pytest.mark.usefixtures("required")
def test_a_rest_api_may_be_asked_as_well():
    signature = signed("GET /api/qr/generate", "data=a%20b").rpartition("=")[2]
    for data, status in (("a b", 200), ("a+b", 403)):
        event = event_v1("GET /api/qr/generate", query={"data": [data], "sig": [signature]})
        assert answer(HANDLERS["generate"](event, None)).status == status


@pytest.mark.usefixtures("required")
def test_the_previews_of_styles_are_signed_so_that_they_can_be_looked_at(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    with assets_folder(monkeypatch, tmp_path) as folder:
        (folder / "styles" / "acme.json").write_text('{"colors": {"foreground": "navy"}}', encoding="utf-8")
        settings.cache_clear()
        (style,) = ask(call, "GET /api/qr/styles").json["styles"]
        assert style["name"] == "acme"
        preview = urlsplit(style["preview"])
        shown = call(f"GET {preview.path}", query=preview.query)
        assert (shown.status, shown.headers["Content-Type"]) == (200, "image/svg+xml")
        assert call(f"GET {preview.path}", query=preview.query.replace("example.com", "example.org")).status == 403


junk = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.text(st.characters(exclude_categories=[]), max_size=20),
    st.lists(st.text(max_size=3), max_size=2),
    st.dictionaries(st.text(max_size=3), st.text(max_size=3), max_size=2),
)


@pytest.mark.usefixtures("required")
@settings_of_hypothesis(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(
        ["GET /api/qr/generate", "POST /api/qr/generate", "GET /api/qr/{picture}", "GET /qr", "POST /chart"]
    ),
    st.dictionaries(
        st.sampled_from(
            [
                *("rawQueryString", "queryStringParameters", "multiValueQueryStringParameters", "pathParameters"),
                *("body", "isBase64Encoded", "headers", "requestContext"),
            ]
        ),
        junk,
    ),
    st.booleans(),
)
def test_whatever_else_an_event_has_it_is_refused_and_no_fault(route: str, parts: dict[str, object], is_v1: bool):
    method, _, path = route.partition(" ")
    event = {"httpMethod": method, "resource": path} if is_v1 else {"routeKey": route}
    response = HANDLERS["generate"]({**event, **parts}, None)
    assert response["statusCode"] in (400, 403), response


@pytest.mark.usefixtures("required")
def test_a_route_that_there_is_none_of_needs_no_signature(call: Call):
    assert call("GET /nothing").status == 404


@pytest.mark.usefixtures("required")
def test_the_line_of_a_request_names_its_key_or_why_it_was_refused(
    call: Call, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("SIGNING_KEY_ID", "2026-11")
    ask(call, "GET /api/qr/generate", "data=x")
    ask(call, "GET /api/qr/generate", "data=x&exp=1")
    call("GET /api/qr/generate", query="data=x&sig=a&kid=from-the-caller")
    call("GET /healthz")
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(each["outcome"], each.get("kid"), each.get("problem")) for each in lines] == [
        ("miss", "2026-11", None),
        ("rejected", None, "expired"),
        ("rejected", None, "bad_signature"),
        ("done", None, None),
    ]
    assert all(
        each["_aws"]["CloudWatchMetrics"][0]["Dimensions"] == [["route", "outcome", "service"]] for each in lines
    )
    assert "from-the-caller" not in str(lines)


def test_no_parameter_of_a_route_is_called_like_one_of_a_signature():
    schemas = (QRRequest, BatchRequest, ClearRequest, WarmRequest)
    fields = {name for schema in schemas for name in schema.__struct_fields__} | {"download"}
    others = {name for service in SERVICES.values() for name in service.parameters}
    assert not SIGNATURE_PARAMETERS & (fields | others)
    # Nobody signs these, and so nothing may depend on them.
    assert not [name for name in fields | others if is_cache_buster(name)]
    assert not [name for name in SIGNATURE_PARAMETERS if is_cache_buster(name)]
