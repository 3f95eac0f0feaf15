from __future__ import annotations

import pytest

from qr_engine.errors import InvalidRequest
from qr_engine.request import cache_key, canonical_bytes, decode_pairs, parse, parse_parameters

LENIENT = [
    ("format=PNG", "format=png"),
    ("format=jpg", "format=jpeg"),
    ("format=JPG", "format=jpeg"),
    ("error_correction=h", "error_correction=H"),
    ("error_correction=High", "error_correction=high"),
    ("eci=ALWAYS", "eci=always"),
    ("eye_shape=Leaf", "eye_shape=leaf"),
    ("data_pattern=Extra-Rounded", "data_pattern=extra_rounded"),
    ("contrast=Warn", "contrast=warn"),
    ("frame.style=Badge&frame.text_position=TOP", "frame.style=badge&frame.text_position=top"),
    ("gradient.type=Radial&gradient.colors=000080,008080", "gradient.type=radial&gradient.colors=%23000080,%23008080"),
    (
        "gradient.stops.0.offset=0&gradient.stops.0.color=123&gradient.stops.1.offset=1&gradient.stops.1.color=navy",
        "gradient.stops.0.offset=0&gradient.stops.0.color=%23123&gradient.stops.1.offset=1&gradient.stops.1.color=navy",
    ),
    ("effects.0.type=SHADOW&effects.0.color=112233", "effects.0.type=shadow&effects.0.color=%23112233"),
    ("colors.foreground=ff0000", "colors.foreground=%23ff0000"),
    ("colors.foreground=F00", "colors.foreground=%23ff0000"),
    ("colors.foreground=00f8&contrast=warn", "colors.foreground=%2300f8&contrast=warn"),
    ("colors.background=ffeeddcc", "colors.background=%23ffeeddcc"),
    ("colors.per_eye.0.border=800000", "colors.per_eye.0.border=%23800000"),
    ("stroke.color=000080", "stroke.color=%23000080"),
    ("micro=yes", "micro=true"),
    ("micro=ON", "micro=true"),
    ("micro=True", "micro=true"),
    ("boost_error_correction=No", "boost_error_correction=false"),
    ("verify=off&data_pattern=dots", "verify=false&data_pattern=dots"),
]


def fields_of(query: str) -> dict[str, object]:
    pairs = [part.partition("=")[::2] for part in f"data=12345&{query}".replace("%23", "#").split("&")]
    return decode_pairs([(name, value) for name, value in pairs])


@pytest.mark.parametrize(("written", "meant"), LENIENT)
def test_a_query_means_what_it_most_likely_does_and_shares_its_key(written: str, meant: str) -> None:
    keys = {cache_key(canonical_bytes(parse_parameters(fields_of(query))[1])) for query in (written, meant)}
    assert len(keys) == 1
    assert parse_parameters(fields_of(meant))[1] == parse(fields_of(meant), strict=False)[1]


@pytest.mark.parametrize(
    "fields",
    [
        {"format": "PNG"},
        {"format": "jpg"},
        {"colors": {"foreground": "ff0000"}},
        {"micro": "yes"},
        {"eye_shape": "Leaf"},
    ],
)
def test_a_body_stays_strict(fields: dict[str, object]) -> None:
    with pytest.raises(InvalidRequest):
        parse({"data": "x", **fields})


def test_the_fields_of_content_are_read_as_leniently() -> None:
    written = {"type": "WiFi", "ssid": "Guests", "password": "correct horse", "security": "wpa", "hidden": "yes"}
    meant = {"type": "wifi", "ssid": "Guests", "password": "correct horse", "security": "WPA", "hidden": "true"}
    assert parse_parameters({"data": written})[1] == parse_parameters({"data": meant})[1]


def issues(query: str, data: str = "https://e.com/?a=1") -> dict[str, str]:
    with pytest.raises(InvalidRequest) as refused:
        parse_parameters({**fields_of(query), "data": data})
    return {issue.path: issue.message for issue in refused.value.issues}


def test_an_unknown_name_beside_an_address_with_a_query_hints_at_the_ampersand() -> None:
    assert "%26" in issues("b=2")["b"]
    assert "%26" not in issues("b=2", data="https://e.com/")["b"]
    assert "%26" not in issues("colors.b=2")["colors.b"]


@pytest.mark.parametrize(
    "name", ["colors.foreground", "colors.background", "colors.eye_border", "stroke.color", "frame.text_color"]
)
def test_an_empty_colour_hints_at_the_number_sign(name: str) -> None:
    assert "%23" in issues(f"{name}=")[name]


def test_an_empty_title_hints_at_nothing() -> None:
    assert "%23" not in issues("title=")["title"]


@pytest.mark.parametrize("name", ["text", "url", "content", "URL"])
def test_what_other_services_call_the_data_is_suggested_as_data(name: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        parse_parameters({name: "x"})
    (unknown,) = (issue for issue in refused.value.issues if issue.path == name)
    assert unknown.suggestion == "data"


def test_what_is_wrong_for_good_is_still_refused_with_all_of_its_problems() -> None:
    found = issues("format=gif2&micro=maybe&colors.foreground=12345&size=PNG")
    assert found.keys() == {"format", "micro", "colors.foreground", "size"}
