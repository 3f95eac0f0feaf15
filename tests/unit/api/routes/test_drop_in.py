"""The addresses of other services: whatever is asked there, a picture is what comes back."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from tests.unit.api.routes.conftest import HANDLERS, answer, event_v1, event_v2
from tests.unit.api.routes.conftest import Answer as Found
from tests.unit.render.independent import draw_svg, open_picture, zxing_reads

if TYPE_CHECKING:
    from tests.unit.api.routes.conftest import Call

QUICKCHART, GOQR, GOOGLE = "GET /qr", "GET /v1/create-qr-code/", "GET /chart"
FORM = {"content-type": "application/x-www-form-urlencoded"}


def read(found: Found) -> str:
    """What a phone reads in an answer, on a white page."""
    assert found.status == 200, found.headers
    picture = draw_svg(found.body) if found.headers["Content-Type"] == "image/svg+xml" else open_picture(found.body)
    picture = picture.convert("RGBA")
    page = Image.new("RGBA", (picture.width + 80, picture.height + 80), "white")
    page.paste(picture, (40, 40), picture)
    (text,) = zxing_reads(page)
    return text


def size_of(found: Found) -> tuple[int, int]:
    return Image.open(io.BytesIO(found.body)).size


@pytest.mark.parametrize(
    ("route", "query"),
    [
        (QUICKCHART, "text=Hello+world"),
        (GOQR, "data=Hello+world"),
        (GOOGLE, "cht=qr&chs=200x200&chl=Hello+world"),
        ("GET /gchart", "cht=qr&chs=200x200&chl=Hello+world"),
    ],
)
@pytest.mark.parametrize("end", ["", "/"])
def test_a_picture_is_kept_for_a_year_and_known_again(call: Call, route: str, query: str, end: str) -> None:
    route = route.rstrip("/") + end
    found = call(route, query=query)
    assert read(found) == "Hello world"
    assert found.headers["Content-Type"] == "image/png"
    assert found.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert found.headers["X-Cache"] == "miss"
    assert call(route, query=query).headers["X-Cache"] == "memory"
    again = call(route, query=query, headers={"if-none-match": found.headers["ETag"]})
    assert (again.status, again.body) == (304, b"")
    head = call(route.replace("GET", "HEAD"), query=query)
    assert (head.status, head.headers["ETag"]) == (200, found.headers["ETag"])


def test_the_same_code_has_one_entry_whichever_service_is_asked_and_the_api_too(call: Call) -> None:
    found = [
        call(
            "GET /api/qr/generate", query="data=x&format=png&size=200&error_correction=L&boost_error_correction=false"
        ),
        call(GOOGLE, query="cht=qr&chs=200x200&chl=x"),
        call(QUICKCHART, query="text=x&size=200&ecLevel=low"),
        call(GOQR, query="data=x&margin=0&qzone=4"),
    ]
    assert {each.headers["ETag"] for each in found} == {found[0].headers["ETag"]}
    assert [each.headers["X-Cache"] for each in found] == ["miss", "memory", "memory", "memory"]


@pytest.mark.parametrize(
    ("route", "query", "field"),
    [
        (QUICKCHART, "", "text"),
        (QUICKCHART, "text=", "text"),
        (QUICKCHART, "text=x&margin=wide", "margin"),
        (QUICKCHART, "text=x&dark=12", "dark"),
        (QUICKCHART, "text=x&light=123456789", "light"),
        (QUICKCHART, "format=svg", "text"),
        (GOQR, "", "data"),
        (GOQR, "data=&size=100x100", "data"),
        (GOOGLE, "cht=qr&chs=100x100", "chl"),
        (GOOGLE, "cht=qr&chl=x", "chs"),
        (GOOGLE, "cht=qr&chs=large&chl=x", "chs"),
        (GOOGLE, "chs=100x100&chl=x", "cht"),
        (GOOGLE, "cht=p3&chs=100x100&chl=x", "cht"),
    ],
)
def test_what_cannot_be_drawn_is_a_picture_that_says_so_and_is_kept_for_a_minute(
    call: Call, route: str, query: str, field: str
) -> None:
    found = call(route, query=query)
    assert (found.status, found.headers["Content-Type"]) == (400, "image/png")
    assert size_of(found) == (400, 200)
    assert found.headers["Cache-Control"] == "public, max-age=60"
    assert found.headers["X-Problem"].startswith(f"invalid_request: {field}: M")
    assert ("X-quickchart-error" in found.headers) is (route == QUICKCHART)


@pytest.mark.parametrize(
    ("route", "query"), [(QUICKCHART, "text="), (GOQR, "data="), (GOOGLE, "cht=qr&chs=900x900&chl=")]
)
def test_too_much_text_is_a_picture_with_400(call: Call, route: str, query: str) -> None:
    for text in ("é" * 1500, "1" * 7090):
        found = call(route, query=query + quote(text))
        assert (found.status, found.headers["Content-Type"]) == (400, "image/png")
        assert found.headers["X-Problem"].startswith("too_much_data: ")


@pytest.mark.parametrize(
    ("route", "form"),
    [("POST /v1/create-qr-code/", "data=a%2Bb+c&size=100x100"), ("POST /chart", "cht=qr&chs=100x100&chl=a%2Bb+c")],
)
def test_a_form_says_the_same_as_a_query_string(call: Call, route: str, form: str) -> None:
    for body in (form, form.encode()):
        found = call(route, body=body, headers=FORM)
        assert (read(found), size_of(found)) == ("a+b c", (100, 100))
    assert found.headers["ETag"] == call(route.replace("POST", "GET"), query=form).headers["ETag"]


def test_of_a_query_string_and_a_form_the_former_counts(call: Call) -> None:
    found = call(
        "POST /v1/create-qr-code/", query="data=query&size=90x90", body="data=form&size=80x80&qzone=4", headers=FORM
    )
    assert (read(found), size_of(found)) == ("query", (90, 90))
    assert "narrow" not in found.headers.get("X-QR-Warning", "")


def test_another_body_than_a_form_is_refused(call: Call) -> None:
    found = call("POST /chart", json={"cht": "qr"}, headers={"content-type": "application/json"})
    assert (found.status, found.headers["Content-Type"]) == (400, "image/png")
    assert "must be a form" in found.headers["X-Problem"]


def test_a_body_that_is_too_large_or_no_text_is_refused(call: Call) -> None:
    for body in (b"chl=" + b"x" * 70_000, b"chl=\xff"):
        found = call("POST /chart", body=body, headers=FORM)
        assert (found.status, found.headers["Content-Type"]) == (400, "image/png")


def test_a_rest_api_is_answered_as_well() -> None:
    event = event_v1("GET /qr", query={"text": ["a b"], "size": ["100"]})
    assert read(answer(HANDLERS["generate"](event, None))) == "a b"


def test_what_is_ignored_is_said_in_a_header_of_plain_letters(call: Call) -> None:
    found = call(QUICKCHART, query="text=x&caption=Hi&žluť=1&size=9&ecLevel=Z")
    warning = found.headers["X-QR-Warning"]
    assert warning.isascii()
    for name in ("caption: ", "?lu?: ", "size: ", "ecLevel: "):
        assert name in warning


def test_a_code_with_too_little_contrast_is_drawn_with_a_warning(call: Call) -> None:
    found = call(GOQR, query="data=x&color=aaa&bgcolor=bbb")
    assert found.status == 200
    assert "contrast ratio is below 3" in found.headers["X-QR-Warning"]


SECRETS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
NUMBERS = st.integers(-5, 10_000).map(str) | st.sampled_from(["", "x", "1e3", "0x10", " 7", "9" * 30, "-0", "3.5"])
COLORS = st.sampled_from(
    ["000", "f00", "#fff", "0000", "red", "12", "255-0-0", "256-0-0", "1234567", "fox", "zzzzzz", ""]
)
LEVELS = st.sampled_from(["L", "m", "Quartile", "HIGH", "x", "", "L|0", "|1", "H|", "M|200", "Q|-1", "|x|"])
SIZES = st.builds("{}x{}".format, NUMBERS, NUMBERS) | NUMBERS
FORMATS = st.sampled_from(["png", "SVG", ".svg", "jpg", "jpeg", "eps", "base64", "bmp", ""])
CHARSETS = st.sampled_from(["UTF-8", "ISO-8859-1", "Shift_JIS", "utf8", "x", ""])
TEXTS = SECRETS | st.sampled_from(["%", "%E9", "%ff%fe", "%E8%8C%97%E8%8D%B7", "+", "a+b", "%2B", "é", "%00"])

PARAMETERS = {
    QUICKCHART: {
        "text": TEXTS, "size": NUMBERS, "margin": NUMBERS, "ecLevel": LEVELS, "dark": COLORS, "light": COLORS,
        "format": FORMATS, "mode": st.sampled_from(["sjis", "x"]), "caption": SECRETS, "centerImageUrl": SECRETS,
    },
    GOQR: {
        "data": TEXTS, "size": SIZES, "ecc": LEVELS, "color": COLORS, "bgcolor": COLORS, "margin": NUMBERS,
        "qzone": NUMBERS, "format": FORMATS, "charset-source": CHARSETS, "charset-target": CHARSETS,
    },
    GOOGLE: {
        "cht": st.sampled_from(["qr", "QR", "p3"]), "chs": SIZES, "chl": TEXTS, "chld": LEVELS, "choe": CHARSETS,
        "chof": FORMATS, "icqrf": COLORS, "icqrb": COLORS, "chf": SECRETS | COLORS.map("bg,s,{}".format),
    },
}  # fmt: skip

REQUESTS = st.sampled_from([*PARAMETERS]).flatmap(
    lambda route: st.tuples(
        st.just(route), st.fixed_dictionaries({}, optional=PARAMETERS[route]), st.lists(SECRETS, max_size=2)
    )
)
TYPES = {"image/png", "image/jpeg", "image/svg+xml", "application/postscript", "text/plain; charset=utf-8"}


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(request=REQUESTS)
def test_whatever_is_asked_a_picture_comes_back_and_nothing_fails(
    request: tuple[str, dict[str, str], list[str]],
) -> None:
    route, values, more = request
    query = "&".join([*(f"{name}={value}" for name, value in values.items()), *more])
    found = answer(HANDLERS["generate"](event_v2(route, query=query), None))
    assert found.status in {200, 400}, found.body
    assert found.headers["Content-Type"] in TYPES, found.body
    assert found.body
    for name, value in found.headers.items():
        assert value.isascii(), name
        assert value.isprintable(), name
    if found.headers["Content-Type"] in {"image/png", "image/jpeg"}:
        assert max(size_of(found)) <= 4096
