from __future__ import annotations

import base64
import io
from typing import Any
from xml.etree import ElementTree

import pytest
from PIL import Image

from qr_engine.api.problem_picture import NOTICE_FORMATS, problem_header, problem_picture_response
from qr_engine.errors import InvalidRequest, Issue, NotFound, TooMuchData
from qr_engine.render import FORMATS

PROBLEM = InvalidRequest.of(Issue("size", "Must be a whole number from 16 to 4096."))


def body_of(response: dict[str, Any]) -> bytes:
    return base64.b64decode(response["body"]) if response["isBase64Encoded"] else response["body"].encode()


@pytest.mark.parametrize("name", NOTICE_FORMATS)
def test_a_problem_is_a_picture_with_its_status_in_every_format_that_has_pictures(name: str):
    response = problem_picture_response(PROBLEM, name)
    assert response["statusCode"] == 400
    assert response["headers"]["Content-Type"] == FORMATS[name].content_type
    assert response["headers"]["Cache-Control"] == "no-store"
    assert response["headers"]["X-Problem"] == "invalid_request: size: Must be a whole number from 16 to 4096."
    assert response["isBase64Encoded"] is FORMATS[name].binary
    assert body_of(response) == body_of(problem_picture_response(PROBLEM, name))
    if FORMATS[name].raster:
        image = Image.open(io.BytesIO(body_of(response))).convert("L")
        assert image.size == (400, 200)
        assert min(image.tobytes()) < 100, "there is ink"


def test_an_svg_says_the_same_to_those_who_cannot_see_it():
    root = ElementTree.fromstring(body_of(problem_picture_response(PROBLEM, "svg")))
    title = root.find("{http://www.w3.org/2000/svg}title")
    assert title is not None
    assert title.text == f"400 Invalid request: {PROBLEM.detail}"
    assert (root.get("width"), root.get("height")) == ("400", "200")


def ink(text: str) -> tuple[int, int, int, int]:
    """The box of what is drawn for a detail."""
    body = body_of(problem_picture_response(NotFound(text), "png"))
    box = Image.open(io.BytesIO(body)).convert("L").point(lambda level: 255 * (level < 128)).getbbox()
    assert box is not None
    return box


@pytest.mark.parametrize(
    "text", ["x " * 4000, "x" * 4000, "W" * 4000, "漢字" * 500, "\x00\x07\ud800 \u202e", "žluťoučký kůň", ""]
)
def test_whatever_a_problem_says_stays_within_the_picture(text: str):
    left, top, right, bottom = ink(text)
    assert left >= 8
    assert top >= 8
    assert right <= 392
    assert bottom <= 192


def test_another_problem_is_another_picture():
    first = body_of(problem_picture_response(PROBLEM, "png"))
    assert first != body_of(problem_picture_response(TooMuchData("data has too much."), "png"))


def test_the_header_has_printable_ascii_alone():
    assert problem_header(NotFound("žluť\r\nSet-Cookie: a=b")) == "not_found: ?lu? Set-Cookie: a=b"
    assert len(problem_header(NotFound("x" * 10_000))) == 1000
