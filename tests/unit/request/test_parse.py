from __future__ import annotations

from typing import Any

import pytest

from qr_engine.errors import InvalidRequest, Issue, TooMuchData
from qr_engine.request import CanonicalRequest, parse
from qr_engine.request.problems import nearest


def canonical(strict: bool = True, **fields: Any) -> CanonicalRequest:
    return parse({"data": "hello", **fields}, strict=strict)[1]


def issues(strict: bool = True, **fields: Any) -> dict[str, Issue]:
    with pytest.raises(InvalidRequest) as caught:
        canonical(strict, **fields)
    return {issue.path: issue for issue in caught.value.issues}


def test_the_defaults_are_those_of_the_contract():
    assert canonical() == CanonicalRequest(
        text="hello",
        format="svg",
        size=300,
        margin=4,
        error_correction="M",
        boost=True,
        version=None,
        mask=None,
        micro=False,
        eci="auto",
        kanji=False,
        part=0,
        parts=0,
        foreground="#000000",
        background="#ffffff",
        dpi=96,
        style=None,
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({}, {"format": "svg", "size": 300, "margin": 4}),
        ({"error_correction": "Q"}, {"error_correction": "quartile"}),
        ({"colors": {"foreground": "#000"}}, {"colors": {"foreground": "Black", "background": "white"}}),
        ({"colors": {"foreground": "#ff0000ff"}}, {"colors": {"foreground": "red"}}),
        ({"error_correction": "H"}, {"error_correction": "H", "boost_error_correction": False}),
        ({"format": "txt", "size": 64}, {"format": "txt", "size": 512, "colors": {"foreground": "red"}}),
        ({"data": "https://example.com"}, {"data": {"type": "url", "url": "https://example.com"}}),
        ({"cache": False}, {"cache": True}),
        ({"verify": False}, {"verify": True}),
        ({"dpi": 300}, {"dpi": 96}),
        ({"eye_shape": "square"}, {"data_pattern": "square"}),
        ({"eye_shape": "rounded_square"}, {"eye-shape": "rounded-square"}),
        ({"data_pattern": "extra_rounded"}, {"data-pattern": "extra-rounded"}),
        ({"format": "txt", "data_pattern": "dots"}, {"format": "txt"}),
        (
            {"gradient": {"colors": ["red", "#00f"]}},
            {"gradient": {"type": "linear", "stops": [{"offset": 0, "color": "#f00"}, {"offset": 1, "color": "blue"}]}},
        ),
        (
            {"gradient": {"type": "radial", "colors": ["red", "blue"], "angle": 90}},
            {"gradient": {"type": "radial", "colors": ["red", "blue"]}},
        ),
        (
            {"gradient": {"type": "diagonal", "colors": ["red", "blue"], "center": [0, 0]}},
            {"gradient": {"type": "linear", "colors": ["red", "blue"], "angle": 45}},
        ),
        (
            {"eye_gradient": {"colors": ["red", "blue"], "apply_to_eyes": False}},
            {"eye_gradient": {"colors": ["red", "blue"]}},
        ),
        ({"colors": {"per_eye": [{"center": "red"}, {}]}}, {"colors": {"per_eye": [{"center": "red"}]}}),
        ({"colors": {"per_eye": [{}]}}, {}),
        (
            {"gradient": {"colors": ["red", "blue"], "angle": -90}},
            {"gradient": {"colors": ["red", "blue"], "angle": 270}},
        ),
    ],
)
def test_two_requests_that_mean_the_same_have_one_form(one: dict[str, Any], other: dict[str, Any]):
    assert canonical(**one) == canonical(**other)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ({"size": "512"}, {"size": 512}),
        ({"boost_error_correction": "false"}, {"boost_error_correction": False}),
        ({"micro": "1", "version": "3"}, {"micro": True, "version": 3}),
        ({"data": "123"}, {"data": "123"}),
        ({"structured_append": {"part": "1", "parts": "2"}}, {"structured_append": {"part": 1, "parts": 2}}),
    ],
)
def test_a_query_string_means_the_same_as_json(text: dict[str, Any], value: dict[str, Any]):
    assert canonical(strict=False, **text) == canonical(**value)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("data", "", "Must not be empty."),
        ("data", None, "Is missing."),
        ("data", 12, "Must be a text, or an object with a type."),
        ("data", ["a"], "Must be one value, not a list."),
        ("format", "gif", "Must be one of svg, png, webp, jpeg, avif, pdf, eps, txt, json."),
        ("size", 63, "Must be a whole number 64 to 4096."),
        ("size", -300, "Must be a whole number 64 to 4096."),
        ("size", 4097, "Must be a whole number 64 to 4096."),
        ("size", 300.5, "Must be a whole number 64 to 4096."),
        ("size", "300", "Must be a whole number 64 to 4096."),
        ("size", True, "Must be a whole number 64 to 4096."),
        ("size", 10**30, "Must be a whole number 64 to 4096."),
        ("margin", 21, "Must be a whole number 0 to 20."),
        ("error_correction", "X", "Must be one of L, M, Q, H, low, medium, quartile, high."),
        ("boost_error_correction", "yes", "Must be true or false."),
        ("version", 41, "Must be a whole number 1 to 40."),
        ("mask", 8, "Must be a whole number 0 to 7."),
        ("eci", "maybe", "Must be one of auto, always, never."),
        ("colors", "red", "Must be an object with fields such as foreground."),
        ("structured_append", {}, None),
        ("cache", 1, "Must be true or false."),
    ],
)
def test_a_wrong_value_is_refused_with_its_rule(field: str, value: Any, said: str | None):
    found = issues(**{field: value})
    if said is None:
        assert set(found) == {f"{field}.part", f"{field}.parts"}
    else:
        assert found[field].message == said
        assert set(found) == {field}


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
    assert nearest(word, ["lat", "lon", "altitude"]) == suggestion


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
    found = issues(
        size=5,
        margin=-1,
        format="pgn",
        colors={"foreground": "blak", "middle": "red"},
        wrong=True,
        structured_append={"part": 3, "parts": 2},
    )
    assert set(found) == {
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
    found = issues(data="ab", structured_append={"part": 1, "parts": 3})
    assert {path: issue.limit for path, issue in found.items()} == {"structured_append.parts": {"max": 2}}


def test_data_that_are_wrong_are_not_also_too_short_for_a_sequence():
    assert set(issues(data=7, structured_append={"part": 1, "parts": 16})) == {"data"}


def test_a_wrong_colour_is_found_together_with_other_contradictions():
    found = issues(colors={"foreground": "blak", "background": "#12"}, structured_append={"part": 3, "parts": 2})
    assert set(found) == {"colors.foreground", "colors.background", "structured_append.part"}
    assert found["colors.foreground"].suggestion == "black"


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


def test_a_style_in_a_query_string_means_the_same_as_json():
    text: dict[str, Any] = {
        "gradient": {"type": "radial", "colors": ["red", "blue"], "center": ["0.25", "0.75"]},
        "dpi": "300",
    }
    value: dict[str, Any] = {
        "gradient": {"type": "radial", "colors": ["red", "blue"], "center": [0.25, 0.75]},
        "dpi": 300,
    }
    assert canonical(strict=False, format="png", **text) == canonical(format="png", **value)


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
        canonical(data="x" * 7090)
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
