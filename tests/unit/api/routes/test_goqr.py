from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

import pytest
from tests.unit.api.routes.test_drop_in import GOQR, read, size_of
from tests.unit.render.independent import open_picture

from qr_engine.render import FORMATS

if TYPE_CHECKING:
    from tests.unit.api.routes.conftest import Call


@pytest.mark.parametrize(
    ("size", "side"),
    [("150x150", 150), ("150", 150), ("", 200), ("large", 200), ("100x200", 100), ("5000x5000", 4096), ("30x30", 30)],
)
def test_a_size_is_two_sides_of_a_square(call: Call, size: str, side: int) -> None:
    found = call(GOQR, query=urlencode({"data": "x", "size": size}))
    assert (read(found), size_of(found)) == ("x", (side, side))


def test_a_size_with_fewer_pixels_than_modules_grows_and_says_so(call: Call) -> None:
    found = call(GOQR, query="data=x&size=10x10")
    assert (read(found), size_of(found)) == ("x", (23, 23))
    assert "too small for the modules; the picture is 23 pixels wide" in found.headers["X-QR-Warning"]


@pytest.mark.parametrize(
    ("query", "left"), [("", (200 - 21 * 9) // 2), ("&margin=0", 5), ("&margin=50", 58), ("&margin=0&qzone=4", 37)]
)
def test_a_margin_is_in_pixels_and_a_quiet_zone_in_modules(call: Call, query: str, left: int) -> None:
    found = call(GOQR, query=f"data=x&size=200x200{query}")
    box = open_picture(found.body).convert("L").point(lambda level: 255 - level).getbbox()
    assert box is not None
    assert box[:2] == (left, left)
    assert read(found) == "x"


def test_a_margin_is_below_a_third_of_the_size(call: Call) -> None:
    found = call(GOQR, query="data=x&size=100x100&margin=50")
    assert (read(found), size_of(found)) == ("x", (100, 100))
    assert "margin: must be below a third" in found.headers["X-QR-Warning"]


@pytest.mark.parametrize("name", ["svg", "eps"])
def test_a_vector_picture_has_no_margin(call: Call, name: str) -> None:
    plain, wide = (call(GOQR, query=f"data=x&format={name}{margin}") for margin in ("", "&margin=40"))
    assert plain.body == wide.body
    assert "margin: has no effect" in wide.headers["X-QR-Warning"]


@pytest.mark.parametrize(
    ("value", "color"),
    [
        ("255-0-0", (255, 0, 0)),
        ("f00", (255, 0, 0)),
        ("FF0000", (255, 0, 0)),
        ("#00f", (0, 0, 255)),
        ("999-0-0", (0, 0, 0)),
    ],
)
def test_a_colour_is_decimal_or_hex(call: Call, value: str, color: tuple[int, int, int]) -> None:
    found = call(GOQR, query=urlencode({"data": "x", "color": value}))
    colors = open_picture(found.body).convert("RGB").getcolors()
    assert colors is not None
    assert {each for _, each in colors} == {color, (255, 255, 255)}


@pytest.mark.parametrize(
    ("name", "content_type"),
    [("png", "image/png"), ("jpg", "image/jpeg"), ("JPEG", "image/jpeg"), ("svg", "image/svg+xml"),
     ("eps", "application/postscript"), ("tiff", "image/png"),
     ("gif", "image/gif" if "gif" in FORMATS else "image/png")],
)  # fmt: skip
def test_each_format_has_its_type(call: Call, name: str, content_type: str) -> None:
    found = call(GOQR, query=f"data=x&format={name}")
    assert (found.status, found.headers["Content-Type"]) == (200, content_type)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("data=caf%E9&charset-source=ISO-8859-1", "café"),
        ("data=caf%E9&charset-source=ISO-8859-1&charset-target=ISO-8859-1", "café"),
        ("data=caf%C3%A9&charset-target=ISO-8859-1", "café"),
        ("data=caf%E9", "café"),
        (f"data={quote('100 €')}&charset-target=ISO-8859-1", "100 €"),
        ("data=a+b%2Bc", "a b+c"),
        ("data=one&data=two", "two"),
    ],
)
def test_data_are_read_and_written_in_the_sets_that_are_named(call: Call, query: str, text: str) -> None:
    assert read(call(GOQR, query=query)) == text


def test_iso_8859_1_takes_one_byte_for_a_character(call: Call) -> None:
    # 17 bytes are what version 1-L holds; in UTF-8 these would be 34.
    small, large = (
        call(GOQR, query=f"data={quote('é' * 16)}&size=10&margin=0&charset-target={target}")
        for target in ("ISO-8859-1", "UTF-8")
    )
    assert read(small) == read(large) == "é" * 16
    assert size_of(small) < size_of(large)
