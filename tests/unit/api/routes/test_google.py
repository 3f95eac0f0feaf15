from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

import pytest
from tests.unit.api.routes.test_drop_in import GOOGLE, read, size_of
from tests.unit.render.independent import open_picture

if TYPE_CHECKING:
    from tests.unit.api.routes.conftest import Call


def ask(call: Call, **values: str):
    return call(GOOGLE, query=urlencode({"cht": "qr", "chs": "300x300", "chl": "x", **values}))


@pytest.mark.parametrize(
    ("chs", "side"), [("300x300", 300), ("150", 150), ("200x100", 100), ("9999x9999", 4096), ("1x1", 29)]
)
def test_a_size_is_two_sides_of_a_square(call: Call, chs: str, side: int) -> None:
    found = ask(call, chs=chs)
    assert (read(found), size_of(found)) == ("x", (side, side))


@pytest.mark.parametrize(
    ("chld", "side"),
    [("L|0", 21), ("H|4", 29), ("|1", 23), ("M", 29), ("", 29), ("Q|", 29), ("z|2", 25), ("L|100", 221), ("L|x", 29)],
)
def test_level_and_margin_come_together_and_either_may_be_missing(call: Call, chld: str, side: int) -> None:
    assert size_of(ask(call, chs="1x1", chld=chld)) == (side, side)


@pytest.mark.parametrize(
    ("choe", "text"),
    [
        ("Shift_JIS", "茗荷"),
        ("shift_jis", "茗荷 ABC"),
        ("ISO-8859-1", "été"),
        ("UTF-8", "茗荷 é"),
        ("ISO-8859-1", "茗荷"),
    ],
)
def test_a_text_is_written_in_the_set_that_is_named_where_that_has_it(call: Call, choe: str, text: str) -> None:
    assert read(ask(call, chl=text, choe=choe)) == text


@pytest.mark.parametrize(
    ("chof", "content_type"),
    [
        ("png", "image/png"),
        (".png", "image/png"),
        (".svg", "image/svg+xml"),
        ("svg", "image/svg+xml"),
        ("validate", "image/png"),
    ],
)
def test_a_format_may_have_a_dot(call: Call, chof: str, content_type: str) -> None:
    assert ask(call, chof=chof).headers["Content-Type"] == content_type


@pytest.mark.parametrize(
    ("values", "colors"),
    [
        ({"icqrf": "ff0000", "icqrb": "0000FF"}, {(255, 0, 0, 255), (0, 0, 255, 255)}),
        ({"icqrb": "FFFFFF00"}, {(0, 0, 0, 255), (255, 255, 255, 0)}),
        ({"chf": "bg,s,65432100"}, {(0, 0, 0, 255), (0x65, 0x43, 0x21, 0)}),
        ({"chf": "c,s,ffffff|bg,s,eeeeee"}, {(0, 0, 0, 255), (238, 238, 238, 255)}),
    ],
)
def test_colours(call: Call, values: dict[str, str], colors: set[tuple[int, ...]]) -> None:
    found = open_picture(ask(call, **values).body).convert("RGBA").getcolors()
    assert found is not None
    assert {color for _, color in found} == colors


def test_a_long_text_comes_in_a_form(call: Call) -> None:
    text = "https://example.com/" + "abcdefghij" * 200
    form = f"cht=qr&chs=800x800&chl={quote(text, safe='')}"
    headers = {"content-type": "application/x-www-form-urlencoded; charset=UTF-8"}
    assert read(call("POST /chart", body=form.encode(), headers=headers)) == text
