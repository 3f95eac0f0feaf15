from __future__ import annotations

import base64
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

import pytest
from tests.unit.api.routes.test_drop_in import QUICKCHART, read, size_of
from tests.unit.render.independent import open_picture

if TYPE_CHECKING:
    from tests.unit.api.routes.conftest import Call


@pytest.mark.parametrize(
    ("size", "side"),
    [("300", 300), ("21", 116), ("29", 29), ("0", 150), ("", 150), ("x", 150), ("200px", 200), ("5000", 3000),
     ("20", 116), ("-7", 116), ("28", 116), ("1.9", 116)],
)  # fmt: skip
def test_a_size_is_the_number_it_begins_with_and_passed_over_where_it_is_too_small(
    call: Call, size: str, side: int
) -> None:
    found = call(QUICKCHART, query=urlencode({"text": "x", "size": size}))
    assert (read(found), size_of(found)) == ("x", (side, side))


@pytest.mark.parametrize(
    ("margin", "modules"), [("0", 21), ("2", 25), ("-1", 29), ("1.7", 23), ("100", 221), ("150", 221)]
)
def test_a_margin_is_in_modules(call: Call, margin: str, modules: int) -> None:
    found = call(QUICKCHART, query=f"text=x&size=1&margin={margin}")
    assert size_of(found) == (4 * modules, 4 * modules)


@pytest.mark.parametrize(
    ("dark", "light", "pixels"),
    [
        ("f00", "fff", {(255, 0, 0, 255), (255, 255, 255, 255)}),
        ("#00ff00", "#00f", {(0, 255, 0, 255), (0, 0, 255, 255)}),
        ("12345678", "0000", {(0x12, 0x34, 0x56, 0x78), (0, 0, 0, 0)}),
        ("1234567", "", {(0x01, 0x23, 0x45, 0x67), (255, 255, 255, 255)}),
        ("navy", "zzz", {(0, 0, 128, 255), (255, 255, 255, 255)}),
    ],
)
def test_colours_are_hex_digits_with_the_alpha_last(
    call: Call, dark: str, light: str, pixels: set[tuple[int, ...]]
) -> None:
    found = call(QUICKCHART, query=urlencode({"text": "x", "dark": dark, "light": light}))
    assert found.status == 200
    colors = open_picture(found.body).convert("RGBA").getcolors()
    assert colors is not None
    assert {color for _, color in colors} == pixels


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("text=a+b", "a b"),
        ("text=a%2Bb", "a+b"),
        ("text=100%", "100%"),
        ("text=50%zz", "50%zz"),
        ("text=one&text=two", "onetwo"),
        ("text=https://example.com/?a=1&b=2", "https://example.com/?a=1"),
        (f"text={quote('žluťoučký kůň')}", "žluťoučký kůň"),
        (f"text={quote('茗荷')}&mode=sjis", "茗荷"),
    ],
)
def test_a_text_is_read_as_a_form_is(call: Call, query: str, text: str) -> None:
    assert read(call(QUICKCHART, query=query)) == text


def test_svg_is_svg_and_every_other_format_is_png(call: Call) -> None:
    svg = call(QUICKCHART, query="text=x&format=svg&size=300")
    assert (read(svg), svg.headers["Content-Type"]) == ("x", "image/svg+xml")
    assert b'width="300"' in svg.body
    assert b'width="116"' in call(QUICKCHART, query="text=x&format=svg&size=20").body
    other = call(QUICKCHART, query="text=x&format=webp")
    assert other.headers["Content-Type"] == "image/png"
    assert "format: " in other.headers["X-QR-Warning"]


def test_base64_is_the_png_as_text(call: Call) -> None:
    found = call(QUICKCHART, query="text=x&format=base64")
    assert found.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert base64.b64decode(found.body) == call(QUICKCHART, query="text=x").body


def test_an_error_has_the_header_of_the_service(call: Call) -> None:
    found = call(QUICKCHART, query="text=x&dark=1&format=svg")
    assert found.headers["Content-Type"] == "image/png"
    assert found.headers["X-quickchart-error"] == "dark: Must be 3, 4, 6 or 8 hex digits."
