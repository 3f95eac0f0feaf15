"""Whom a code is for: what `readers` does to the canonical request, and to the key."""

from __future__ import annotations

from itertools import product
from typing import Any, get_args

import pytest

from qr_engine.artwork.robust_eyes import LOST_BORDERS, ROBUST_BORDERS, border_of, changes_when_robust
from qr_engine.artwork.words import EyeBorderStyle, EyeCenterStyle, EyeShape
from qr_engine.errors import InvalidRequest, WouldNotScan
from qr_engine.request import cache_key, canonical_bytes, parse, parse_parameters

WHITE_ON_BLACK = {"foreground": "white", "background": "black"}
SHAPES: list[dict[str, Any]] = [{"eye_shape": shape} for shape in get_args(EyeShape)]
PAIRS: list[dict[str, Any]] = [
    {"eye_border_style": border, "eye_center_style": center}
    for border, center in product(get_args(EyeBorderStyle), get_args(EyeCenterStyle))
]


def key(**fields: Any) -> str:
    return cache_key(canonical_bytes(parse({"data": "x", **fields})[1]))


def has_one_key(fields: dict[str, Any]) -> bool:
    return key(**fields) == key(**fields, readers="all")


@pytest.mark.parametrize("fields", SHAPES + PAIRS, ids=lambda fields: " + ".join(fields.values()))
def test_readers_are_part_of_the_key_where_they_change_the_eyes(fields: dict[str, Any]):
    parts = fields.get("eye_shape"), fields.get("eye_border_style", "square"), fields.get("eye_center_style", "square")
    assert has_one_key(fields) is not changes_when_robust(*parts)
    if ROBUST_BORDERS[border_of(parts[0], parts[1])] is not None:
        assert not has_one_key(fields)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"colors": {"foreground": "navy", "background": "#ffe"}},
        {"data_pattern": "dots"},
        {"eye_shape": "circle", "format": "txt"},
        {"eye_shape": "star", "repair": False, "format": "json"},
        {"micro": True, "format": "txt"},
        {"colors": WHITE_ON_BLACK, "format": "json"},
        {"gradient": {"colors": ["black", "navy"]}, "background_gradient": {"colors": ["white", "#fed"]}},
        {"contrast": "warn", "colors": {"foreground": "gold"}},
    ],
)
def test_a_code_that_all_read_as_it_is_has_one_key(fields: dict[str, Any]):
    assert has_one_key(fields)


def test_a_plain_code_stays_plain():
    assert parse({"data": "x", "readers": "all"})[1].style is None


@pytest.mark.parametrize("fields", [{"colors": WHITE_ON_BLACK}, {"colors": WHITE_ON_BLACK, "eye_shape": "dot"}])
def test_a_light_code_for_all_never_finds_the_entry_of_one_for_phones(fields: dict[str, Any]):
    assert not has_one_key(fields)


@pytest.mark.parametrize("gradient", ["gradient", "eye_gradient", "background_gradient"])
@pytest.mark.parametrize(
    ("asked", "path"),
    [
        ({"colors": ["white", "no colour"]}, ".colors[1]"),
        ({"colors": ["", "white"]}, ".colors[0]"),
        ({"stops": [{"offset": 0, "color": "white"}, {"offset": 1, "color": "#12"}]}, ".stops[1].color"),
        ({}, ""),
        ({"colors": ["white", "beige"], "stops": [{"offset": 0, "color": "white"}] * 2}, ""),
    ],
)
def test_a_gradient_that_is_none_is_refused_for_all_readers_as_well(gradient: str, asked: dict[str, Any], path: str):
    with pytest.raises(InvalidRequest) as refused:
        parse({"data": "x", "eye_shape": "square", "readers": "all", gradient: asked})
    assert [issue.path for issue in refused.value.issues] == [f"{gradient}{path}"]


@pytest.mark.parametrize(
    "looks",
    [
        {"gradient": {"colors": ["black", "white"]}, "colors": {"foreground": "black", "background": "#777"}},
        {"colors": {"eye_center": "white", "background": "#777"}},
        {"colors": {"per_eye": [{"border": "white"}], "background": "#777"}},
        # Red to green is darkest half way, where dark yellow is lighter.
        {"colors": {"eye_border": "#8a8a00"}, "background_gradient": {"colors": ["#ff0000", "#00ff00"]}},
    ],
)
def test_what_may_be_lighter_somewhere_is_left_to_the_finished_layers(looks: dict[str, Any]):
    style = parse({"data": "x", "data_pattern": "dots", **looks, "readers": "all"})[1].style
    assert style is not None
    assert style.readers == "all"


def test_a_query_string_takes_readers():
    assert parse_parameters({"data": "x", "eye-shape": "circle", "readers": "All"})[1].style == (
        parse({"data": "x", "eye_shape": "circle", "readers": "all"})[1].style
    )


def test_other_words_are_refused():
    with pytest.raises(InvalidRequest) as refusal:
        parse({"data": "x", "readers": "everybody"})
    (issue,) = refusal.value.issues
    assert (issue.path, issue.allowed) == ("readers", ("phones", "all"))


@pytest.mark.parametrize("looks", [{}, {"data_pattern": "dots"}])
def test_micro_codes_are_for_phones(looks: dict[str, Any]):
    with pytest.raises(InvalidRequest) as refusal:
        parse({"data": "1", "micro": True, "readers": "all", **looks})
    (issue,) = refusal.value.issues
    assert (issue.path, issue.suggestion) == ("readers", "phones")
    assert "micro" in issue.message


@pytest.mark.parametrize("fields", [{"eye_shape": "star"}, {"eye_shape": "flower"}, {"eye_border_style": "star"}])
def test_eyes_without_a_form_for_all_are_refused_where_nothing_may_be_changed(fields: dict[str, str]):
    parse({"data": "x", "readers": "all", **fields})
    parse({"data": "x", "repair": False, **fields})
    with pytest.raises(WouldNotScan) as refusal:
        parse({"data": "x", "repair": False, "readers": "all", **fields})
    (issue,) = refusal.value.issues
    assert (issue.path, issue.suggestion) == (*fields, "square")


@pytest.mark.parametrize("border", sorted({*get_args(EyeBorderStyle)} - LOST_BORDERS))
def test_others_need_no_repair(border: str):
    parse({"data": "x", "repair": False, "readers": "all", "eye_border_style": border})
