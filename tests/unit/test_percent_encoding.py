from __future__ import annotations

from urllib.parse import quote

from hypothesis import given
from hypothesis import strategies as st

from qr_engine.percent_encoding import percent_encode


@given(st.text(st.characters(codec="utf-8")))
def test_values_are_encoded_as_by_the_standard_library(value: str):
    assert percent_encode(value) == quote(value, safe="")


def test_every_octet_of_ascii_is_encoded_as_by_the_standard_library():
    value = "".join(map(chr, range(128)))
    assert percent_encode(value) == quote(value, safe="")
