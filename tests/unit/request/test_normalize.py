from __future__ import annotations

from typing import Any

import pytest

from qr_engine.errors import InvalidRequest, Problem
from qr_engine.request import parse, validate
from qr_engine.request.introspect import fields_of
from qr_engine.request.schema import BatchRequest, QRRequest, WarmRequest

STYLED = {"gradient": {"colors": ["navy", "teal"]}}


def issues(value: dict[str, Any], *, strict: bool = True) -> dict[str, str]:
    with pytest.raises(Problem) as found:
        parse(value, strict=strict)
    return {issue.path: issue.message for issue in found.value.issues}


@pytest.mark.parametrize("field", sorted(fields_of(QRRequest).keys() - {"data"}))
def test_null_stands_for_a_field_that_is_not_given(field: str):
    assert parse({"data": "x", field: None})[1] == parse({"data": "x"})[1]


@pytest.mark.parametrize(
    ("value", "same"),
    [
        ({"colors": {"foreground": None, "eye_center": "navy"}}, {"colors": {"eye_center": "navy"}}),
        ({"gradient": {**STYLED["gradient"], "angle": None, "stops": None}}, STYLED),
        ({"effects": [{"type": "glow", "intensity": None}]}, {"effects": [{"type": "glow"}]}),
        (
            {"colors": {"per_eye": [{"border": None}, {"center": "navy"}]}},
            {"colors": {"per_eye": [{}, {"center": "navy"}]}},
        ),
        ({"frame": {"style": None, "text-position": None, "text": "Hi"}}, {"frame": {"text": "Hi"}}),
        (
            {"data": {"type": "wifi", "ssid": "a", "hidden": None, "security": None}},
            {"data": {"type": "wifi", "ssid": "a"}},
        ),
    ],
)
def test_so_it_does_within_objects(value: dict[str, Any], same: dict[str, Any]):
    assert parse({"data": "x", **value}) == parse({"data": "x", **same})


def test_null_for_a_required_field_leaves_it_missing():
    assert issues({"data": None}) == {"data": "Is missing."}
    assert issues({"data": {"type": "tel", "phone": None}}) == {"data.phone": "Is missing."}


def test_null_is_no_excuse_for_an_unknown_field_nor_for_an_item_of_a_list():
    assert issues({"data": "x", "sise": None}) == {"sise": "Is not a known field."}
    assert set(issues({"data": "x", "gradient": {"colors": ["navy", None]}})) == {"gradient.colors[1]"}


def test_null_does_so_in_batches_and_warmings():
    assert validate({"codes": [{}], "options": None}, BatchRequest) == validate({"codes": [{}]}, BatchRequest)
    fields = {"patterns": ["x"], "listed": None, "popular": None}
    assert validate(fields, WarmRequest) == validate({"patterns": ["x"]}, WarmRequest)


def test_a_number_whose_fraction_is_zero_is_a_whole_one():
    assert parse({"data": "x", "size": 320.0, "margin": 0.0}) == parse({"data": "x", "size": 320, "margin": 0})


def test_numbers_stay_as_they_are_where_fractions_may_be():
    fields = {"data": "x", "stroke": {"color": "gold", "opacity": 1.0}, "dpi": 300.0}
    assert parse(fields) == parse({**fields, "dpi": 300})


@pytest.mark.parametrize("field", ["version", "mask", "format", "gradient", "effects", "size", "structured_append"])
@pytest.mark.parametrize("null", ["null", "NULL"])
def test_a_query_string_has_no_null(field: str, null: str):
    assert set(issues({"data": "x", field: null}, strict=False)) == {field}


def test_nor_has_it_within_objects():
    value = {"data": "x", "gradient": {"type": "radial", "colors": ["navy", "teal"], "center": "null"}}
    assert issues(value, strict=False) == {"gradient.center": "Must be a list of 2 items."}


def test_a_text_in_a_query_string_may_say_null():
    request = parse({"data": "null", "title": "null"}, strict=False)
    assert request == parse({"data": "null", "title": "null"})


def test_a_required_list_of_the_wrong_kind_is_refused_with_the_number_of_its_items():
    with pytest.raises(InvalidRequest) as found:
        validate({"codes": {"data": "x"}}, BatchRequest)
    assert found.value.issues[0].message == "Must be a list of 1 to 50 items."
