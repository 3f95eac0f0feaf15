"""Forms with files in them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qr_engine.api.multipart import Part, read_parts
from qr_engine.errors import InvalidRequest

TYPE = "multipart/form-data; boundary=xyz"


def form(*sections: bytes) -> bytes:
    return b"".join(b"--xyz\r\n" + section + b"\r\n" for section in sections) + b"--xyz--\r\n"


def section(name: str, value: bytes) -> bytes:
    return (
        f'Content-Disposition: form-data; name="{name}"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n'.encode()
        + value
    )


@given(st.lists(st.binary(max_size=60), max_size=6))
def test_every_byte_of_a_value_comes_back(values: list[bytes]):
    whole = [value for value in values if b"\r\n--xyz" not in b"\r\n" + value + b"\r\n"]
    body = form(*[section(f"f{index}", value) for index, value in enumerate(whole)])
    assert read_parts(body, TYPE) == [Part(f"f{index}", value) for index, value in enumerate(whole)]


@pytest.mark.parametrize(
    "content_type",
    [TYPE, 'multipart/form-data; boundary="xyz"', "multipart/form-data; charset=utf-8; BOUNDARY=xyz", f"{TYPE}; a=b"],
)
def test_a_boundary_is_read_however_it_is_written(content_type: str):
    assert read_parts(form(section("file", b"abc")), content_type) == [Part("file", b"abc")]


HEADS = [
    b"content-disposition: form-data;name=file",
    b'X: y\r\nContent-Disposition:form-data; filename="name=b"; name="file"',
    b'Content-Disposition: form-data; filename="a; name=b.png"; name="file"',
    b'Content-Disposition: form-data; filename="a \\"; name=b.png"; name=file',
    b"Content-Disposition: form-data; filename*=UTF-8''a%20b.png; NAME=\"file\"",
    b'Content-Disposition: form-data; name="file"; filename="a; name=\\"b\\".png"',
]


@pytest.mark.parametrize("head", HEADS)
def test_a_name_is_read_however_it_is_written(head: bytes):
    assert [part.name for part in read_parts(form(head + b"\r\n\r\nabc"), TYPE)] == ["file"]


def test_what_stands_before_the_first_boundary_and_after_the_last_is_nothing():
    body = b"preamble\r\n" + form(section("file", b"abc")) + b"epilogue\r\n--xyz\r\n" + section("other", b"")
    assert read_parts(body, TYPE) == [Part("file", b"abc")]


def test_a_section_without_a_name_is_left_out():
    assert read_parts(form(b"Content-Type: a/b\r\n\r\nabc", b"no head", section("file", b"")), TYPE) == [
        Part("file", b"")
    ]


@pytest.mark.parametrize(
    ("body", "content_type", "words"),
    [
        (b"abc", "multipart/form-data", "boundary in Content-Type"),
        (b"abc", TYPE, "the boundary that Content-Type names"),
        (form(*[section("a", b"")] * 33), TYPE, "at most 32 fields"),
        (b"--xyz\r\n" * 1_000_000, TYPE, "at most 32 fields"),
    ],
)
def test_what_is_no_such_form_is_refused(body: bytes, content_type: str, words: str):
    with pytest.raises(InvalidRequest, match=words):
        read_parts(body, content_type)
