"""``POST /api/qr/read``: a picture in any of the ways in which it may be sent."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from .conftest import DATA, HANDLERS, Answer, Call, answer, event_v1

READ, POST = "POST /api/qr/read", "POST /api/qr/generate"
EVENTS = Path(__file__).parents[4] / "events"
RASTERS = ("png", "jpeg", "webp", "gif", "avif")


def picture(call: Call, form: str = "png", **fields: Any) -> bytes:
    """A picture as generate draws it."""
    made = call(POST, json={"data": DATA, "format": form, "size": 300, **fields}).json
    return base64.b64decode(made["data"]) if made["encoding"] == "base64" else made["data"].encode()


def form_of(*pictures: bytes, name: str = "file") -> dict[str, Any]:
    """A form with files in it, as browsers write it."""
    head = (
        f'--xyz\r\nContent-Disposition: form-data; name="{name}"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n'
    )
    body = b"".join([head.encode() + picture + b"\r\n" for picture in pictures]) + b"--xyz--\r\n"
    return {"body": body, "headers": {"content-type": "multipart/form-data; boundary=xyz"}}


def texts(response: Answer) -> list[str]:
    assert response.status == 200, response.json
    return [symbol["text"] for symbol in response.json["symbols"]]


@pytest.mark.parametrize("form", [*RASTERS, "svg"])
def test_a_picture_is_read_as_the_body_itself(call: Call, form: str):
    assert texts(call(READ, body=picture(call, form), headers={"content-type": f"image/{form}"})) == [DATA]


@pytest.mark.parametrize("headers", [{}, {"content-type": "application/octet-stream"}, {"content-type": "image/jpeg"}])
def test_what_a_picture_is_its_bytes_tell(call: Call, headers: dict[str, str]):
    assert texts(call(READ, body=picture(call, "webp"), headers=headers)) == [DATA]


def test_a_picture_is_read_from_the_field_of_a_form(call: Call):
    assert texts(call(READ, **form_of(picture(call)))) == [DATA]


@pytest.mark.parametrize("form", ["png", "svg"])
def test_a_picture_is_read_from_a_data_uri_and_from_base64_in_json(call: Call, form: str):
    encoded = base64.b64encode(picture(call, form)).decode()
    for image in (f"data:image/{form};base64,{encoded}", encoded):
        assert texts(call(READ, json={"image": image}, headers={"content-type": "application/json"})) == [DATA]


def test_a_rest_api_sends_the_same(call: Call):
    event = event_v1(READ, body=base64.b64encode(picture(call)).decode()) | {"isBase64Encoded": True}
    assert texts(answer(HANDLERS["generate"](event, None))) == [DATA]


def test_the_event_of_the_documents_is_read():
    event = json.loads((EVENTS / "read.json").read_text(encoding="utf-8"))
    (symbol,) = answer(HANDLERS["generate"](event, None)).json["symbols"]
    assert symbol["text"] == "https://example.com"
    assert symbol["parsed"] == {"type": "url", "url": "https://example.com", "as_typed": False}


def test_a_symbol_is_told_whole(call: Call):
    made = call(POST, json={"data": DATA, "format": "png", "size": 290, "eci": "always", "mask": 3}).json
    (symbol,) = call(READ, body=base64.b64decode(made["data"])).json["symbols"]
    metadata = made["metadata"]
    assert base64.b64decode(symbol.pop("bytes")) == DATA.encode()
    side = metadata["scan"]["module_pixels"] * (4 * int(metadata["version"]) + 17)
    corners = {"top_left": (0, 0), "top_right": (side, 0), "bottom_right": (side, side), "bottom_left": (0, side)}
    left = (metadata["width"] - side) / 2
    position = symbol.pop("position")
    for name, (x, y) in corners.items():
        assert position[name]["x"] == pytest.approx(left + x, abs=1), name
        assert position[name]["y"] == pytest.approx(left + y, abs=1), name
    assert symbol == {
        "text": DATA,
        "content_type": "text",
        "eci": 26,
        "version": int(metadata["version"]),
        "micro": False,
        "error_correction": metadata["error_correction"],
        "mask": 3,
        "structured_append": None,
        "inverted": False,
        "mirrored": False,
        "parsed": {"type": "url", "url": DATA, "as_typed": True},
    }


def test_a_network_comes_back_as_its_fields_and_gives_the_same_code(call: Call):
    network = {"type": "wifi", "ssid": "Guests; 2", "password": "correct horse", "hidden": True}
    drawn = picture(call, data=network)
    (symbol,) = call(READ, body=drawn).json["symbols"]
    assert symbol["parsed"] == {**network, "security": "WPA"}
    assert picture(call, data=symbol["parsed"]) == drawn


def test_a_picture_without_a_symbol_is_no_error(call: Call):
    blank = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'
    response = call(READ, body=blank.encode())
    assert (response.status, response.json) == (200, {"symbols": [], "grade": None})


def test_the_grade_of_a_picture_is_that_of_its_largest_symbol(call: Call):
    made = call(POST, json={"data": DATA, "format": "png", "size": 290}).json
    scan = made["metadata"]["scan"]
    grade = call(READ, body=base64.b64decode(made["data"])).json["grade"]
    assert grade["contrast"] == scan["contrast"] == 21
    # What is left over of the pixels widens it.
    assert scan["quiet_zone"] == 4 <= grade["quiet_zone"]
    assert grade["module_pixels"] == pytest.approx(scan["module_pixels"], abs=0.1)
    assert (grade["score"], grade["unused_error_correction"], grade["warnings"]) == (100, 1, [])
    assert "15415" in grade["note"]


def test_nobody_keeps_an_answer(call: Call):
    assert call(READ, body=picture(call)).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("parts", "path", "words"),
    [
        ({"body": b""}, "image", "no picture"),
        ({"body": b"neither"}, "image", "neither a PNG"),
        ({"body": b"\x89PNG\r\n\x1a\n"}, "image", "damaged"),
        ({"json": {"image": "https://example.com/code.png"}}, "image", "fetches no pictures from URLs"),
        ({"json": {"image": "%%%"}}, "image", "base64"),
        ({"json": {"image": "data:image/png"}}, "image", "comma"),
        ({"json": {"image": ""}}, "image", "no picture"),
        ({"json": {}}, "image", "missing"),
        ({"json": {"image": 5}}, "image", "text"),
        ({"json": {"image": "x", "url": "https://example.com/code.png"}}, "url", "image"),
        ({"body": b"--x--", "headers": {"content-type": "multipart/form-data; boundary=x"}}, "file", "given"),
        (form_of(b"x", b"y"), "file", "once"),
        ({"body": b"--y--", "headers": {"content-type": "multipart/form-data; boundary=x"}}, "", "boundary"),
        ({"body": b"--x", "headers": {"content-type": "multipart/form-data"}}, "", "boundary"),
        ({"body": b"x", "query": "format=png"}, "format", "query"),
    ],
)
def test_what_is_no_picture_is_refused_in_words(call: Call, parts: dict[str, Any], path: str, words: str):
    response = call(READ, **parts)
    assert response.status == 400
    (issue,) = response.json["errors"]
    assert issue["path"] == path
    assert words in json.dumps(response.json)


def test_a_form_has_no_other_field(call: Call):
    response = call(READ, **form_of(picture(call), name="picture"))
    assert [(issue["path"], response.status) for issue in response.json["errors"]] == [("picture", 400), ("file", 400)]


def test_a_body_that_is_too_large_is_a_413(call: Call):
    response = call(READ, body=b"\x89PNG" + bytes(6_000_000))
    assert (response.status, response.json["code"]) == (413, "too_much_data")
