from __future__ import annotations

from hashlib import sha256

import msgspec
import pytest

from qr_engine import RENDERER_VERSION
from qr_engine.request import CanonicalRequest, cache_key, canonical_bytes, parse, text_of

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
}


def test_the_key_is_sha256_over_the_renderers_version_and_the_canonical_form():
    expected = sha256(b"%d:" % RENDERER_VERSION + canonical_bytes(BASE)).hexdigest()
    assert cache_key(canonical_bytes(BASE)) == expected


def test_a_key_never_changes_from_one_day_to_the_next():
    assert canonical_bytes(BASE) == (
        b'["hello","svg",300,4,"M",true,null,null,false,"auto",false,0,0,"#000000","#ffffff"]'
    )


@pytest.mark.parametrize("field", CanonicalRequest.__struct_fields__)
def test_every_field_is_part_of_the_key(field: str):
    changed = msgspec.structs.replace(BASE, **{field: OTHER[field]})
    assert cache_key(canonical_bytes(changed)) != cache_key(canonical_bytes(BASE))


def test_the_text_is_read_back_from_the_canonical_form():
    assert text_of(canonical_bytes(msgspec.structs.replace(BASE, text='ž"\\\n'))) == 'ž"\\\n'
