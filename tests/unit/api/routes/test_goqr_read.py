"""``/v1/read-qr-code/``: always 200, always one element, errors in words."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from PIL import Image
from tests.unit.reading.given import draw, encoded

from qr_engine.symbol.structured_append import encode_part

from .conftest import HANDLERS, Answer, Call, answer, event_v1

ROUTES = [f"{method} /v1/read-qr-code{end}" for method in ("GET", "POST") for end in ("", "/")]
READ = "POST /v1/read-qr-code/"
EVENT = Path(__file__).parents[4] / "events" / "goqr-read.json"
UNFETCHED = "download error (could not establish connection)"
TOO_BIG = "download error (file is too big)"
NOT_FOUND = "could not find/read QR Code"


def form(picture: bytes, **fields: str) -> dict[str, Any]:
    """A form as browsers write it."""
    parts = [f'--xyz\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}' for name, value in fields.items()]
    head = '--xyz\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n'
    body = "".join(f"{part}\r\n" for part in parts).encode() + head.encode() + picture + b"\r\n--xyz--\r\n"
    return {"body": body, "headers": {"content-type": 'multipart/form-data; boundary="xyz"'}}


def symbols(response: Answer) -> list[dict[str, Any]]:
    assert response.status == 200
    (element,) = response.json
    assert element["type"] == "qrcode"
    found: list[dict[str, Any]] = element["symbol"]
    return found


def error(response: Answer) -> str:
    (symbol,) = symbols(response)
    assert (symbol["seq"], symbol["data"]) == (0, None)
    word: str = symbol["error"]
    return word


@pytest.mark.parametrize("route", [route for route in ROUTES if route.startswith("POST")])
def test_a_picture_is_read(call: Call, route: str):
    answered = call(route, **form(encoded(draw("žluť"))))
    assert symbols(answered) == [{"seq": 0, "data": "žluť", "error": None}]
    assert answered.headers["Cache-Control"] == "no-store"


def test_the_event_of_the_documents_is_read():
    answered = answer(HANDLERS["generate"](json.loads(EVENT.read_text(encoding="utf-8")), None))
    assert symbols(answered)[0]["data"] == "https://example.com"


def test_a_rest_api_sends_the_same():
    given = form(encoded(draw("abc")))
    event = event_v1(READ, body=base64.b64encode(given["body"]).decode(), headers=given["headers"])
    assert symbols(answer(HANDLERS["generate"](event | {"isBase64Encoded": True}, None)))[0]["data"] == "abc"


@pytest.mark.parametrize("route", ROUTES)
def test_an_address_is_never_fetched(call: Call, route: str):
    assert error(call(route, query="fileurl=http%3A%2F%2F169.254.169.254%2F")) == UNFETCHED


def test_an_address_in_a_form_is_never_fetched_either(call: Call):
    assert error(call(READ, body="fileurl=http%3A%2F%2Fexample.com")) == UNFETCHED


@pytest.mark.parametrize(
    ("parts", "word"),
    [
        ({}, NOT_FOUND),
        ({"query": "outputformat=yaml"}, NOT_FOUND),
        ({"body": "file="}, NOT_FOUND),
        (form(b""), NOT_FOUND),
        (form(b"%PDF-1.7"), "filetype not supported"),
        (form(b"\x89PNG\r\n\x1a\n"), NOT_FOUND),
        (form(encoded(Image.new("L", (100, 100), 255))), NOT_FOUND),
        (form(encoded(Image.new("1", (5000, 5000)))), TOO_BIG),
        (form(b"\x89PNG" + bytes(5_000_000)), TOO_BIG),
        (form(encoded(draw("abc")), MAX_FILE_SIZE="100"), TOO_BIG),
        ({"body": b"no boundary", "headers": {"content-type": "multipart/form-data; boundary=x"}}, NOT_FOUND),
        ({"body": b"\xff", "headers": {"content-type": "image/png"}}, NOT_FOUND),
        ({"query": "fileurl=%FF"}, UNFETCHED),
    ],
)
def test_whatever_goes_wrong_is_said_in_the_words_of_the_service(call: Call, parts: dict[str, Any], word: str):
    assert error(call(READ, **parts)) == word


@pytest.mark.parametrize("given", ["", "1048576", "many"])
def test_a_picture_below_the_limit_of_the_form_is_read(call: Call, given: str):
    assert symbols(call(READ, **form(encoded(draw("abc")), MAX_FILE_SIZE=given)))[0]["data"] == "abc"


def test_bytes_that_are_no_text_are_told_one_by_one(call: Call):
    import segno

    body = bytes(range(256))
    out = encoded(Image.open(_png(segno.make(body, micro=False))))
    assert symbols(call(READ, **form(out)))[0]["data"] == body.decode("iso-8859-1")


def _png(made: Any) -> Any:
    from io import BytesIO

    out = BytesIO()
    made.save(out, kind="png", scale=4)
    out.seek(0)
    return out


def test_the_symbols_of_a_sequence_follow_each_other(call: Call):
    sheet = Image.new("L", (900, 300), 255)
    for place, part in enumerate((2, 3, 1)):
        sheet.paste(draw(encode_part("one two three", part=part, parts=3)), (300 * place, 20))
    found = symbols(call(READ, **form(encoded(sheet))))
    assert [symbol["seq"] for symbol in found] == [0, 1, 2]
    assert "".join(symbol["data"] for symbol in found) == "one two three"


def test_the_largest_of_several_is_told_of(call: Call):
    sheet = Image.new("L", (700, 400), 255)
    sheet.paste(draw("small", pixels=4), (10, 10))
    sheet.paste(draw("large", pixels=9), (300, 20))
    assert [symbol["data"] for symbol in symbols(call(READ, **form(encoded(sheet))))] == ["large"]


@pytest.mark.parametrize("text", ["a & b < c", 'quoted "text"', "žluť\ttab", "\x07 bell", "line\r\nbreak"])
def test_xml_has_the_same(call: Call, text: str):
    answered = call(READ, query="outputformat=xml", **form(encoded(draw(text))))
    assert answered.headers["Content-Type"].startswith("application/xml")
    root = ElementTree.fromstring(answered.body)
    (element,) = root.iter("barcode")
    assert element.findtext("symbol/data") == text.replace("\x07", "\ufffd")
    assert (element.findtext("type"), element.findtext("symbol/seq"), element.findtext("symbol/error")) == (
        "qrcode",
        "0",
        "",
    )


def test_xml_says_what_went_wrong(call: Call):
    for parts in (
        {"query": "outputformat=xml"},
        {"query": "outputformat=xml", "body": b"\xff", "headers": {"content-type": "x/y"}},
    ):
        root = ElementTree.fromstring(call(READ, **parts).body)
        assert root.findtext("barcode/symbol/error") == NOT_FOUND


def test_the_query_goes_before_the_form(call: Call):
    answered = call(READ, query="outputformat=json", **form(encoded(draw("abc")), outputformat="xml"))
    assert symbols(answered)[0]["data"] == "abc"
