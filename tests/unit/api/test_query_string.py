from __future__ import annotations

import re
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.documents import ROOT

from qr_engine.api.query_string import is_cache_buster, parse_query
from qr_engine.errors import InvalidRequest
from qr_engine.request.schema import QRRequest

queries = st.lists(
    st.sampled_from(["a", "=", "&", "+", "%", "%20", "%C3%A9", "%e2%82%ac", "%zz", "ü", ".", "", "%2B"])
).map("".join)


@given(queries)
def test_a_query_gives_what_the_standard_library_reads_in_it(raw: str):
    try:
        expected = parse_qsl(raw, keep_blank_values=True, errors="strict")
    except UnicodeDecodeError:
        # Pieces may come together to what is not UTF-8: "%" and "a" twice.
        with pytest.raises(InvalidRequest):
            parse_query(raw)
    else:
        assert parse_query(raw) == expected


@pytest.mark.parametrize("raw", ["a=%ff", "a=%C3&b=1", "%e2%82=x", "a=%41\ud800"])
def test_what_is_not_utf8_is_refused(raw: str):
    with pytest.raises(InvalidRequest, match="must be UTF-8"):
        parse_query(raw)


def test_parameters_beyond_a_hundred_are_refused():
    assert len(parse_query("&".join(["a=1"] * 100))) == 100
    with pytest.raises(InvalidRequest, match="at most 100"):
        parse_query("&".join(["a=1"] * 101))


(EDGE,) = re.findall(r"var BUSTERS = /(.+)/;", (ROOT / "template.yaml").read_text(encoding="utf-8"))


@given(st.one_of(st.sampled_from(["_", "cb", "v", "t", "utm_", "utm_source", "utm"]), st.text("_cbvtumx", max_size=6)))
def test_cache_busters_are_those_that_the_function_of_cloudfront_drops(name: str):
    assert is_cache_buster(name) == bool(re.search(EDGE, name))


def test_no_field_of_a_request_is_one():
    assert not any(map(is_cache_buster, [*QRRequest.__struct_fields__, "download"]))
