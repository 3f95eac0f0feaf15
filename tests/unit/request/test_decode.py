from __future__ import annotations

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.stopwatch import Stopwatch

from qr_engine.errors import InvalidRequest
from qr_engine.request import decode_json, decode_pairs

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.text(), json_values, max_size=5), st.booleans())
def test_every_json_object_is_read_as_it_is(value: dict[str, object], ascii_only: bool):
    assert decode_json(json.dumps(value, ensure_ascii=ascii_only)) == value


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        ("  \n", "is empty"),
        ("{", "not valid JSON"),
        ("{'data': 1}", "line 1, column 2"),
        ("nonsense", "must be a JSON object"),
        ("[1]", "must be a JSON object"),
        ("[" * 100_000, "must be a JSON object"),
        ('"text"', "must be a JSON object"),
        ('{"a":' * 100_000, "at most 2000 values"),
        ('{"a":' * 300 + "1", "not valid JSON"),
        ("null", "must be a JSON object"),
        ('{"size": NaN}', "NaN is not a JSON number"),
        ('{"size": -Infinity}', "-Infinity is not a JSON number"),
        ('{"data": "a", "size": 1, "data": "b"}', "'data' is given more than once"),
        ('{"data": {"type": "url", "type": "tel"}}', "'type' is given more than once"),
        ('{"data": "\\ud800"}', "half of a surrogate pair"),
        ('{"\\udfff": 1}', "half of a surrogate pair"),
        ('{"data": ' + "[" * 100_000, "at most 2000 values"),
        ('{"\ud800": 1}', "half of a surrogate pair"),
        ('{"size": ' + "9" * 10_000 + "}", "more digits than any field takes"),
        ('{"data": "tab\there"}', "Invalid control character at line 1, column 14."),
        ('{"data" 1}', "Expecting ':' delimiter at line 1, column 9."),
        (r'{"data": "\x"}', r"Invalid \escape at line 1, column 11."),
        ("\ufeff", "it is empty"),
        ("\ufeff\ufeff{}", "must be a JSON object"),
    ],
)
def test_what_is_no_json_object_is_refused_with_the_reason(text: str, said: str):
    with pytest.raises(InvalidRequest) as caught:
        decode_json(text)
    assert said in caught.value.detail


@pytest.mark.parametrize("text", ['{"a":' * 100_000, '{"data": ' + "[" * 100_000])
def test_what_is_nested_too_deeply_is_refused_where_so_many_values_may_be(text: str):
    with pytest.raises(InvalidRequest, match="nested too deeply"):
        decode_json(text, 200_000)


@given(st.text())
def test_any_text_is_read_or_refused(text: str):
    with contextlib.suppress(InvalidRequest):
        assert isinstance(decode_json(text), dict)


def test_an_escaped_pair_is_one_character():
    assert decode_json(r'{"data": "\ud83d\ude00"}') == {"data": "😀"}


def test_dots_nest():
    pairs = [("data", "a"), ("colors.foreground", "navy"), ("colors.background", "white")]
    assert decode_pairs(pairs) == {"data": "a", "colors": {"foreground": "navy", "background": "white"}}


def test_a_repeated_name_gives_the_list_of_its_values():
    assert decode_pairs([("a", "1"), ("a", "2"), ("a", "3")]) == {"a": ["1", "2", "3"]}


def test_commas_give_a_list_where_a_field_is_always_one():
    pairs = [("gradient.colors", "navy,teal"), ("gradient.center", "0.2,0.8"), ("frame.text", "Hello, world")]
    assert decode_pairs(pairs) == {
        "gradient": {"colors": ["navy", "teal"], "center": ["0.2", "0.8"]},
        "frame": {"text": "Hello, world"},
    }


@pytest.mark.parametrize("values", [("red,navy", "teal"), ("red", "navy,teal"), ("red", "navy", "teal")])
def test_commas_and_repetition_go_together(values: tuple[str, ...]):
    assert decode_pairs([("gradient.colors", value) for value in values]) == {
        "gradient": {"colors": ["red", "navy", "teal"]}
    }


@pytest.mark.parametrize(
    "names", [("colors", "colors.foreground"), ("colors.foreground", "colors"), ("a.b.c.d.e.f",), ("a.b", "a.b.c")]
)
def test_a_name_that_is_both_value_and_object_is_refused(names: tuple[str, ...]):
    with pytest.raises(InvalidRequest):
        decode_pairs([(name, "x") for name in names])


@given(st.lists(st.tuples(st.text("ab.", max_size=8), st.text(max_size=3)), max_size=8))
def test_any_pairs_are_read_or_refused(pairs: list[tuple[str, str]]):
    with contextlib.suppress(InvalidRequest):
        assert isinstance(decode_pairs(pairs), dict)


@pytest.mark.parametrize(
    "text",
    [
        '{"effects": [' + "{}," * 700_000 + "{}]}",
        '{"gradient": {"colors": [' + "1," * 1_000_000 + "1]}}",
        '{"gradient": {"colors": [' + '"a",' * 500_000 + '"a"]}}',
        '{"data": "' + "x" * 1_000_000 + '", "effects": [' + "[]," * 5_000 + "1]}",
        '{"data": "' + r"\\" * 1_000_000 + '", "effects": [' + "[]," * 5_000 + "1]}",
        '{"data": "' + r"\"" * 1_000_000 + '", "effects": [' + "[]," * 5_000 + "1]}",
    ],
    ids=["objects", "numbers", "strings", "after a long text", "after backslashes", "after quotation marks"],
)
def test_a_body_of_too_many_values_is_refused_before_it_is_decoded(text: str):
    with Stopwatch() as watch, pytest.raises(InvalidRequest) as caught:
        decode_json(text)
    assert watch.seconds < 0.1
    assert "at most 2000 values" in caught.value.detail
    assert caught.value.issues[0].limit == {"max": 2000}


@pytest.mark.parametrize(
    "text", ["M0,0" + "L1,1" * 100_000, '\\"[,{' * 50_000, "\\" * 9_999 + '"' + "[{," * 3_000, ',"' * 9_000]
)
def test_what_stands_in_a_text_is_no_value(text: str):
    assert decode_json(json.dumps({"data": "x", "logo": {"data": text}})) == {"data": "x", "logo": {"data": text}}


def test_the_same_name_again_and_again_takes_no_longer_than_its_length():
    assert decode_pairs([("a.b", str(index)) for index in range(100)]) == {"a": {"b": [str(i) for i in range(100)]}}


def test_a_byte_order_mark_before_the_body_is_skipped():
    assert decode_json('\ufeff{"data": "\ufeffx"}') == {"data": "\ufeffx"}
