from __future__ import annotations

from hashlib import sha256

import msgspec
import pytest

from qr_engine import RENDERER_VERSION
from qr_engine.errors import InvalidRequest
from qr_engine.request import CanonicalRequest, cache_key, canonical_bytes, canonical_request, format_of, parse, text_of

BASE = parse({"data": "hello"})[1]

OTHER = {
    "text": "Hello",
    "format": "png",
    "size": 301,
    "margin": 5,
    "error_correction": "Q",
    "boost": False,
    "version": 7,
    "mask": 0,
    "micro": True,
    "eci": "never",
    "kanji": True,
    "part": 1,
    "parts": 2,
    "foreground": "#000001",
    "background": "#fffffe",
    "dpi": 300,
    "style": parse({"data": "hello", "data_pattern": "dots"})[1].style,
    "title": "A greeting",
    "description": "Says hello",
}


def test_the_key_is_sha256_over_the_renderers_version_and_the_canonical_form():
    expected = sha256(b"%d:" % RENDERER_VERSION + canonical_bytes(BASE)).hexdigest()
    assert cache_key(canonical_bytes(BASE)) == expected


def test_a_canonical_form_never_changes_from_one_day_to_the_next():
    digest = sha256(canonical_bytes(BASE)).hexdigest()
    assert digest == "c6dcfb305a403389c11edd81409160e073b30062ef707ab7979d9d97d63dde90"


def test_the_request_is_read_back_from_the_canonical_form():
    assert canonical_request(canonical_bytes(BASE)) == BASE


@pytest.mark.parametrize("field", CanonicalRequest.__struct_fields__)
def test_every_field_is_part_of_the_key(field: str):
    changed = msgspec.structs.replace(BASE, **{field: OTHER[field]})
    assert cache_key(canonical_bytes(changed)) != cache_key(canonical_bytes(BASE))


def test_the_text_is_read_back_from_the_canonical_form():
    assert text_of(canonical_bytes(msgspec.structs.replace(BASE, text='ž"\\\n'))) == 'ž"\\\n'


def test_the_format_is_read_back_from_the_canonical_form():
    assert format_of(canonical_bytes(msgspec.structs.replace(BASE, format="txt"))) == "txt"


@pytest.mark.parametrize(
    "damaged", [b"", b"garbage", b"\x90", b"\x91\xa1", b"\x92\xa1\xff\xa3svg", b"\xa1x", b"\xc1", b"\x92"]
)
def test_damaged_bytes_have_no_text_and_no_format(damaged: bytes):
    assert (text_of(damaged), format_of(damaged)) == ("", "")


@pytest.mark.parametrize("damaged", [b"", b"garbage", b"\x92\xa1\xff\xa3svg", msgspec.msgpack.encode(["hello", "svg"])])
def test_what_is_no_request_is_refused(damaged: bytes):
    with pytest.raises(InvalidRequest, match="another version"):
        canonical_request(damaged)
