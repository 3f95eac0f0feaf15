from __future__ import annotations

from typing import Any

import pytest

from qr_engine.errors import InvalidRequest, Issue, TooMuchData
from qr_engine.request import parse
from qr_engine.request.explain import nearest_word


def issues(strict: bool = True, **fields: Any) -> dict[str, Issue]:
    with pytest.raises(InvalidRequest) as caught:
        parse({"data": "hello", **fields}, strict=strict)
    return {issue.path: issue for issue in caught.value.issues}


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("data", "", "Must not be empty."),
        ("data", None, "Is missing."),
        ("data", 12, "Must be a text, or an object with a type."),
        ("data", ["a"], "Must be one value, not a list."),
        ("format", "bmp", "Must be one of svg, png, webp, jpeg, avif, gif, pdf, eps, txt, json."),
        ("size", 15, "Must be a whole number from 16 to 4096."),
        ("size", -300, "Must be a whole number from 16 to 4096."),
        ("size", 4097, "Must be a whole number from 16 to 4096."),
        ("size", 300.5, "Must be a whole number from 16 to 4096."),
        ("size", "300", "Must be a whole number from 16 to 4096."),
        ("size", True, "Must be a whole number from 16 to 4096."),
        ("size", 10**30, "Must be a whole number from 16 to 4096."),
        ("margin", 21, "Must be a whole number from 0 to 20."),
        ("error_correction", "X", "Must be one of L, M, Q, H, low, medium, quartile, high."),
        ("boost_error_correction", "yes", "Must be true or false."),
        ("version", 41, "Must be a whole number from 1 to 40."),
        ("mask", 8, "Must be a whole number from 0 to 7."),
        ("eci", "maybe", "Must be one of auto, always, never."),
        ("colors", "red", "Must be an object with fields such as foreground."),
        ("structured_append", {}, None),
        ("cache", 1, "Must be true or false."),
    ],
)
def test_a_wrong_value_is_refused_with_its_rule(field: str, value: Any, said: str | None):
    by_path = issues(**{field: value})
    if said is None:
        assert set(by_path) == {f"{field}.part", f"{field}.parts"}
    else:
        assert by_path[field].message == said
        assert set(by_path) == {field}


@pytest.mark.parametrize(
    ("field", "value", "suggestion"),
    [("format", "PNG", "png"), ("eci", "alway", "always"), ("error_correction", "h", "H")],
)
def test_a_misspelt_choice_comes_with_the_nearest(field: str, value: Any, suggestion: str):
    issue = issues(**{field: value})[field]
    assert issue.suggestion == suggestion
    assert issue.allowed is not None
    assert suggestion in issue.allowed


@pytest.mark.parametrize(("word", "suggestion"), [("latitude", "lat"), ("longitude", "lon"), ("altitud", "altitude")])
def test_a_word_that_begins_with_a_known_one_means_that(word: str, suggestion: str):
    assert nearest_word(word, ["lat", "lon", "altitude"]) == suggestion


@pytest.mark.parametrize(
    ("name", "suggestion"), [("eror_correction", "error_correction"), ("colour", "colors"), ("zzz", None)]
)
def test_an_unknown_field_names_the_nearest_known_one(name: str, suggestion: str | None):
    fields: dict[str, Any] = {name: 1}
    issue = issues(**fields)[name]
    assert issue.message == "Is not a known field."
    assert issue.suggestion == suggestion


@pytest.mark.parametrize("name", ["a.b", "data.x", "size[0]", "", ".", "[", "x" * 5000, "\x00"])
def test_an_unknown_field_may_have_any_name(name: str):
    fields: dict[str, Any] = {name: 1}
    assert [issue.message for issue in issues(**fields).values()] == ["Is not a known field."]


def test_missing_data_is_said():
    with pytest.raises(InvalidRequest) as caught:
        parse({})
    assert caught.value.issues == (Issue("data", "Is missing."),)


def test_all_problems_are_reported_at_once_contradictions_included():
    by_path = issues(
        size=5,
        margin=-1,
        format="pgn",
        colors={"foreground": "blak", "middle": "red"},
        wrong=True,
        structured_append={"part": 3, "parts": 2},
    )
    assert set(by_path) == {
        "size",
        "margin",
        "format",
        "colors.middle",
        "wrong",
        "structured_append.part",
    }


@pytest.mark.parametrize("late", [{"size": "big"}, {"colors": {"fore": 1}}, {"colors": {"foreground": "no colour"}}])
def test_a_problem_beyond_the_last_that_is_told_is_no_fault_of_the_service(late: dict[str, Any]):
    unknown = {f"field{number}": 1 for number in range(20)}
    with pytest.raises(InvalidRequest) as caught:
        parse({"data": "x", **unknown, **late})
    assert len(caught.value.issues) >= 20


def test_a_sequence_of_more_symbols_than_characters_is_a_problem_of_its_parts():
    by_path = issues(data="ab", structured_append={"part": 1, "parts": 3})
    assert {path: issue.limit for path, issue in by_path.items()} == {"structured_append.parts": {"max": 2}}


def test_an_avif_is_refused_where_its_encoder_would_take_too_much_memory():
    by_path = issues(data="x", format="avif", size=3073)
    assert {path: (issue.limit, issue.suggestion) for path, issue in by_path.items()} == {"size": ({"max": 3072}, 3072)}


def test_data_that_are_wrong_are_not_also_too_short_for_a_sequence():
    assert set(issues(data=7, structured_append={"part": 1, "parts": 16})) == {"data"}


def test_a_wrong_colour_is_found_together_with_other_contradictions():
    by_path = issues(colors={"foreground": "blak", "background": "#12"}, structured_append={"part": 3, "parts": 2})
    assert set(by_path) == {"colors.foreground", "colors.background", "structured_append.part"}
    assert by_path["colors.foreground"].suggestion == "black"


def test_a_parameter_given_twice_is_refused():
    assert issues(strict=False, size=["300", "400"])["size"].message == "Is given more than once."


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"data_pattern": "dot"}, "data_pattern"),
        ({"eye_shape": "leaf", "eye_border_style": "circle"}, "eye_shape"),
        ({"colors": {"eye_border": "blak"}}, "colors.eye_border"),
        ({"colors": {"per_eye": [{}, {"center": "#12"}]}}, "colors.per_eye[1].center"),
        ({"colors": {"per_eye": []}}, "colors.per_eye"),
        ({"colors": {"per_eye": [{}] * 4}}, "colors.per_eye"),
        ({"gradient": {}}, "gradient"),
        ({"gradient": {"colors": ["red"]}}, "gradient.colors"),
        ({"gradient": {"colors": ["red"] * 6}}, "gradient.colors"),
        ({"gradient": {"colors": ["red", "blu"]}}, "gradient.colors[1]"),
        ({"gradient": {"colors": ["red", "blue"], "type": "square"}}, "gradient.type"),
        ({"gradient": {"colors": ["red", "blue"], "center": [0.5]}}, "gradient.center"),
        ({"gradient": {"colors": ["red", "blue"], "center": [0.5, 2]}}, "gradient.center[1]"),
        ({"gradient": {"colors": ["red", "blue"], "angle": 400}}, "gradient.angle"),
        (
            {"gradient": {"stops": [{"offset": 1, "color": "red"}, {"offset": 0, "color": "blue"}]}},
            "gradient.stops",
        ),
        (
            {"eye_gradient": {"stops": [{"offset": 0, "color": "red"}, {"offset": 2, "color": "blue"}]}},
            "eye_gradient.stops[1].offset",
        ),
        ({"dpi": 5}, "dpi"),
        ({"format": "avif", "size": 3073}, "size"),
        ({"format": "eps", "colors": {"foreground": "#000000aa"}}, "format"),
    ],
)
def test_a_wrong_style_is_refused_with_its_path(fields: dict[str, Any], path: str):
    assert set(issues(**fields)) == {path}


@pytest.mark.parametrize(
    ("data", "path"),
    [
        ({}, "data.type"),
        ({"type": "wfi"}, "data.type"),
        ({"type": "wifi"}, "data.ssid"),
        ({"type": "wifi", "ssid": "x", "security": "WPA"}, "data.password"),
        ({"type": "url", "url": "https://example.com", "nmae": 1}, "data.nmae"),
        ({"type": "geo", "lat": 91, "lon": 0}, "data.lat"),
        ({"type": "vcard", "name": "x", "phone": ["1", "abc"]}, "data.phone[1]"),
    ],
)
def test_problems_of_a_content_object_have_paths_below_data(data: dict[str, Any], path: str):
    assert path in issues(data=data)


def test_an_unknown_content_type_comes_with_the_nearest():
    issue = issues(data={"type": "wfi"})["data.type"]
    assert issue.suggestion == "wifi"
    assert issue.allowed is not None
    assert "vcard" in issue.allowed


@pytest.mark.parametrize(
    "fields",
    [
        {"micro": True, "version": 5},
        {"micro": True, "mask": 4},
        {"micro": True, "error_correction": "H"},
        {"micro": True, "eci": "always"},
        {"micro": True, "structured_append": {"part": 1, "parts": 2}},
    ],
)
def test_contradictions_with_micro_are_refused(fields: dict[str, Any]):
    assert issues(**fields)


def test_text_longer_than_any_symbol_is_refused_before_anything_is_drawn():
    with pytest.raises(TooMuchData) as caught:
        parse({"data": "x" * 7090})
    assert caught.value.extra == {"capacity": 7089, "needed": 7090, "unit": "characters"}


@pytest.mark.parametrize(
    ("data", "path", "said"),
    [
        ({"type": "vcard", "name": "x", "birthday": "foo"}, "data.birthday", "date"),
        ({"type": "epc", "name": "x", "iban": "DE89370400440532013000", "amount": "abc"}, "data.amount", "a number"),
        ({"type": "tel", "phone": "abc"}, "data.phone", "number"),
        ({"type": "email", "to": [1]}, "data.to", ""),
    ],
)
def test_a_problem_of_a_content_field_says_in_words_what_it_takes(data: dict[str, Any], path: str, said: str):
    (found,) = (issue for name, issue in issues(data=data).items() if name.startswith(path))
    assert said in found.message
    assert "^" not in found.message
