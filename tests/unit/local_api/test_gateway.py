"""The local front against what API Gateway documents of payload format 2.0."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from scripts.local_api import gateway
from scripts.local_api.routes import Function, Route

ROUTE = Route("POST", "/api/qr/generate", Function("GenerateFunction", "functions/generate", "app.handle", 1769, 15))
EVENTS = Path(__file__).parents[3] / "events"


def environ(**variables: str) -> dict[str, str]:
    return {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/api/qr/generate",
        "QUERY_STRING": "",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1:54321",
        "HTTP_HOST": "127.0.0.1:3000",
        "PATH": "/usr/bin",
        **variables,
    }


def event(body: bytes = b"", **variables: str) -> dict[str, Any]:
    return gateway.event(environ(**variables), ROUTE, body)


def test_every_part_that_api_gateway_always_sends_is_there() -> None:
    real = json.loads((EVENTS / "validate.json").read_text(encoding="utf-8"))
    sent = event(b"{}", CONTENT_TYPE="application/json")
    assert sent.keys() == real.keys()
    assert sent["requestContext"].keys() == real["requestContext"].keys()
    assert sent["requestContext"]["http"].keys() == real["requestContext"]["http"].keys()


def test_the_route_is_named_as_in_the_template() -> None:
    sent = event()
    assert (sent["routeKey"], sent["requestContext"]["routeKey"]) == ("POST /api/qr/generate",) * 2


def test_header_names_are_in_lower_case() -> None:
    sent = event(HTTP_IF_NONE_MATCH='"a"', CONTENT_TYPE="text/plain", CONTENT_LENGTH="0")
    assert sent["headers"] == {
        "host": "127.0.0.1:3000",
        "if-none-match": '"a"',
        "content-type": "text/plain",
        "content-length": "0",
    }


def test_the_query_string_is_passed_on_as_it_came() -> None:
    assert event(QUERY_STRING="data=a%20b&x=%")["rawQueryString"] == "data=a%20b&x=%"


def test_octets_that_a_client_did_not_encode_are_encoded() -> None:
    sent = event(QUERY_STRING="data=ž%C5%BE".encode().decode("latin-1"))
    assert (sent["rawQueryString"], sent["queryStringParameters"]) == ("data=%C5%BE%C5%BE", {"data": "žž"})


def test_a_repeated_parameter_is_joined_by_a_comma() -> None:
    sent = event(QUERY_STRING="a=1&b=x+y%2F&a=2&c=")
    assert sent["queryStringParameters"] == {"a": "1,2", "b": "x y/", "c": ""}


def test_without_a_query_there_are_no_parameters() -> None:
    assert "queryStringParameters" not in event()


def test_cookies_are_a_list_of_their_own() -> None:
    sent = event(HTTP_COOKIE="a=1; b=2")
    assert (sent["cookies"], "cookie" in sent["headers"]) == (["a=1", "b=2"], False)


def test_the_source_address_has_no_port() -> None:
    assert event()["requestContext"]["http"]["sourceIp"] == "127.0.0.1"


@pytest.mark.parametrize("content_type", ["application/json", "text/plain; charset=utf-8", "application/a+json", ""])
def test_a_text_body_stays_text(content_type: str) -> None:
    sent = event("kůň".encode(), CONTENT_TYPE=content_type)
    assert (sent["body"], sent["isBase64Encoded"]) == ("kůň", False)


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/x-www-form-urlencoded", b"a=1"),
        ("application/octet-stream", b"{}"),
        ("image/png", b"\x89PNG"),
        ("application/json", b"\xff\xfe"),
    ],
)
def test_any_other_body_is_base64(content_type: str, body: bytes) -> None:
    sent = event(body, CONTENT_TYPE=content_type)
    assert (base64.b64decode(sent["body"]), sent["isBase64Encoded"]) == (body, True)


def test_an_empty_body_is_left_out() -> None:
    assert "body" not in event()


def test_a_base64_answer_is_decoded() -> None:
    result = {"statusCode": 200, "body": base64.b64encode(b"\x00\xff").decode(), "isBase64Encoded": True}
    assert gateway.answer(result) == (200, [], b"\x00\xff")


def test_a_text_answer_is_utf_8() -> None:
    result = {"statusCode": 201, "headers": {"ETag": '"a"'}, "body": "kůň", "isBase64Encoded": False}
    assert gateway.answer(result) == (201, [("etag", '"a"')], "kůň".encode())


def test_each_cookie_of_an_answer_has_its_own_header() -> None:
    assert gateway.answer({"statusCode": 204, "cookies": ["a=1", "b=2"]}) == (
        204,
        [("set-cookie", "a=1"), ("set-cookie", "b=2")],
        b"",
    )


def test_an_answer_without_a_status_is_a_json_body() -> None:
    assert gateway.answer({"success": True}) == (200, [("content-type", "application/json")], b'{"success": true}')
