"""The CloudFront Function, run by Node on events of its own format, and the engine on the same requests."""

from __future__ import annotations

import json
import subprocess
from itertools import permutations
from typing import Any

import pytest
from tests.infrastructure.expanded import of_type
from tests.machine import command

from qr_engine.api.gateway import Request
from qr_engine.api.negotiation import best_match
from qr_engine.api.routes.generate import VIEWER_ACCEPT
from qr_engine.api.signing.keys import Key, sign
from qr_engine.api.signing.verifier import Verifier
from qr_engine.hashes import HmacSha256
from qr_engine.render import FORMATS

OFFERED = tuple(entry.content_type for entry in FORMATS.values())

_RUN = """
const events = JSON.parse(require('fs').readFileSync(0, 'utf8'));
process.stdout.write(JSON.stringify(events.map(event => handler(event))));
"""


def handle(*events: dict[str, Any]) -> list[dict[str, Any]]:
    """What the function makes of each event's request."""
    (function,) = of_type("AWS::CloudFront::Function", CloudFront="true").values()
    node = command("node", "install Node.js 18 or later")
    done = subprocess.run(
        [node, "--eval", "'use strict';" + function["FunctionCode"] + _RUN],
        input=json.dumps(events),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def event(query: str = "", accept: str | None = "*/*", method: str = "GET") -> dict[str, Any]:
    """A viewer request as CloudFront Functions get it (version 1.0 of the event)."""
    values: dict[str, list[str]] = {}
    for part in filter(None, query.split("&")):
        name, _, value = part.partition("=")
        values.setdefault(name, []).append(value)
    querystring: dict[str, Any] = {}
    for name, several in values.items():
        querystring[name] = {"value": several[0]}
        if len(several) > 1:
            querystring[name]["multiValue"] = [{"value": each} for each in several]
    headers = {"host": {"value": "d111111abcdef8.cloudfront.net"}}
    if accept is not None:
        headers["accept"] = {"value": accept}
    return {
        "version": "1.0",
        "context": {"eventType": "viewer-request", "requestId": "EXAMPLE=="},
        "viewer": {"ip": "203.0.113.7"},
        "request": {
            "method": method,
            "uri": "/api/qr/generate",
            "querystring": querystring,
            "headers": headers,
            "cookies": {},
        },
    }


ACCEPTS = [
    "*/*",
    "image/png",
    "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8",
    "image/avif,image/webp,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5",
    "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "IMAGE/PNG;Q=0.4, image/webp;q=.5",
    "image/png;q=0.5;level=1,image/webp;level=2;q=0.6",
    "image/svg+xml;q=0,*/*",
    "image/*;q=0, application/pdf;q=0.1",
    "application/json",
    "text/plain",
    "application/postscript;q=1e-1, text/*;q=0.2",
    "image/png;q=oops, image/jpeg;q=0.1",
    "image/png;q=2, image/webp",
    "image/png;q=-1, image/webp;q=0.001",
    "video/mp4",
    "",
    ",,;q=1,",
    "image/png;q=0.5,image/png;q=0.9,image/webp;q=0.7",
    "x" * 500,
    "__proto__, constructor;q=0.5, image/webp;q=0.2",
]


def test_accept_becomes_the_one_type_that_the_engine_would_choose() -> None:
    chosen = [each["headers"]["accept"]["value"] for each in handle(*(event("data=x", each) for each in ACCEPTS))]
    expected = [best_match(each, OFFERED).partition(";")[0] for each in ACCEPTS]
    assert chosen == expected
    # And what the engine then chooses is that again.
    assert [best_match(each, OFFERED) for each in chosen] == [best_match(each, OFFERED) for each in ACCEPTS]


def test_without_an_accept_it_is_the_engine_s_first() -> None:
    (request,) = handle(event("data=x", accept=None))
    assert request["headers"]["accept"] == {"value": OFFERED[0]}


def test_several_accepts_count_as_one() -> None:
    several = event("data=x")
    several["request"]["headers"]["accept"] = {
        "value": "text/html",
        "multiValue": [{"value": "text/html"}, {"value": "image/webp"}],
    }
    (request,) = handle(several)
    assert request["headers"]["accept"] == {"value": "image/webp"}


def test_where_the_query_names_the_format_accept_is_no_difference() -> None:
    found = handle(*(event("data=x&format=png", each) for each in ACCEPTS))
    assert {each["headers"]["accept"]["value"] for each in found} == {"*/*"}


@pytest.mark.parametrize(
    ("query", "passes"),
    [
        ("data=x&utm_source=mail&utm_medium=a", "data=x"),
        ("_=1&cb=2&v=3&t=4&data=x", "data=x"),
        ("data=x&version=3&title=t&underscore_=1&tt=1", "data=x&title=t&tt=1&underscore_=1&version=3"),
        ("data=v%3D1%26t&format=png", "data=v%3D1%26t&format=png"),
        ("data=", "data="),
        ("", ""),
        ("b=2&a=1&b=1", "a=1&b=2&b=1"),
        ("data=a%20b+c%2Bd", "data=a%20b+c%2Bd"),
    ],
)
def test_cache_busters_stay_outside_and_the_rest_is_in_order(query: str, passes: str) -> None:
    (request,) = handle(event(query))
    assert request["querystring"] == passes


@pytest.mark.parametrize(
    "query",
    [
        "size=512&data=hello&format=png",
        "gradient.colors=teal&data=a%20b+c%2Bd&gradient.colors=navy&exp=4102444800&kid=2026-11",
        "data=%68%c3%a9llo~*()&utm_source=mail&title&v=3&a1=1&a=2&a.b=3",
    ],
)
def test_a_signature_holds_for_what_the_edge_makes_of_its_request(query: str) -> None:
    key = Key("2026-11", "2026-11", HmacSha256(b"k" * 32))
    verifier = Verifier((key,), expires=False)
    signed = f"{query}&sig={sign(key, 'GET', '/api/qr/generate', query)}"
    (request,) = handle(event(signed))
    assert request["querystring"] != signed
    for raw in (signed, request["querystring"]):
        asked = {"routeKey": "GET /api/qr/generate", "rawQueryString": raw, "headers": {"host": "x"}}
        assert verifier.verify(Request(asked), 0.0).key == "2026-11"


def test_the_edge_keeps_a_signed_picture_by_its_signature_and_its_moment() -> None:
    """It verifies nothing, and may give a picture only to an address that the functions have seen."""
    found = handle(event("data=x&sig=abc&exp=4102444800&kid=a"), event("data=x&sig=abd&exp=4102444800&kid=a"))
    assert [each["querystring"] for each in found] == [
        "data=x&exp=4102444800&kid=a&sig=abc",
        "data=x&exp=4102444800&kid=a&sig=abd",
    ]


def test_one_picture_is_one_request_to_the_edge() -> None:
    parts = ("data=x", "size=300", "format=png", "gradient.type=linear", "utm_campaign=z")
    found = handle(*(event("&".join(each), accept) for each in permutations(parts) for accept in ("*/*", "image/avif")))
    # What a problem is told by plays no part in what is kept.
    accepts = {each["headers"].pop("x-viewer-accept")["value"] for each in found}
    assert accepts == {"*/*", "image/avif"}
    assert len({json.dumps(each, sort_keys=True) for each in found}) == 1


def test_where_the_path_has_the_format_accept_is_no_difference() -> None:
    asked = [event("data=x", each) for each in ACCEPTS]
    for each in asked:
        each["request"]["uri"] = "/api/qr/generate.png"
    assert {each["headers"]["accept"]["value"] for each in handle(*asked)} == {"*/*"}


def test_the_engine_is_told_what_the_viewer_accepts_for_problems_alone() -> None:
    (request,) = handle(event("data=", "image/avif,image/webp,*/*;q=0.8"))
    assert request["headers"][VIEWER_ACCEPT] == {"value": "image/avif,image/webp,*/*;q=0.8"}
    (policy,) = of_type("AWS::CloudFront::CachePolicy", CloudFront="true").values()
    kept_by = policy["CachePolicyConfig"]["ParametersInCacheKeyAndForwardedToOrigin"]["HeadersConfig"]["Headers"]
    assert kept_by == ["Accept"]


def test_a_post_passes_as_it_is() -> None:
    sent = event("utm_source=a&data=x", "image/avif", method="POST")
    assert handle(sent) == [sent["request"]]


def test_head_is_as_get() -> None:
    get, head = handle(event("b=1&a=2", "image/png"), event("b=1&a=2", "image/png", method="HEAD"))
    assert {**head, "method": "GET"} == get


def test_it_fits_into_what_cloudfront_takes() -> None:
    (function,) = of_type("AWS::CloudFront::Function", CloudFront="true").values()
    assert len(function["FunctionCode"].encode()) < 10_240
    assert function["FunctionConfig"]["Runtime"] == "cloudfront-js-2.0"
    assert function["AutoPublish"] is True
