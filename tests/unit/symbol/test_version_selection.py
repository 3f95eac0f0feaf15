"""Versions, levels, and what is said when there is no room."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qr_engine.errors import InvalidRequest, TooMuchData
from qr_engine.symbol import Level, encode, has_room_for
from qr_engine.symbol.standard import LEVELS, capacities
from qr_engine.symbol.structured_append import encode_part, has_room_for_parts


def refusal_of(text: str, **options: Any) -> dict[str, Any]:
    with pytest.raises(TooMuchData) as caught:
        encode(text, **options)
    assert [issue.path for issue in caught.value.issues] == ["data"]
    assert caught.value.extra["unit"] == "bits"
    return caught.value.extra


@pytest.mark.parametrize(
    ("level", "characters"),
    [("L", (7089, 4296, 2953)), ("M", (5596, 3391, 2331)), ("Q", (3993, 2420, 1663)), ("H", (3057, 1852, 1273))],
)
@pytest.mark.parametrize(("index", "character"), [(0, "7"), (1, "A"), (2, "a")])
def test_version_40_holds_what_table_7_says_and_not_one_more(
    level: Level, characters: tuple[int, ...], index: int, character: str
) -> None:
    text = character * characters[index]
    assert encode(text, error_correction=level, boost=False).version == 40
    refusal_of(text + character, error_correction=level)


@given(st.integers(1, 2953), st.sampled_from(LEVELS))
def test_the_version_is_the_smallest_that_holds_the_text(length: int, level: Level) -> None:
    try:
        symbol = encode("x" * length, error_correction=level, boost=False, mask=0)
    except TooMuchData:
        assert 8 * length + 20 > capacities(level, micro=False)[39]
    else:
        assert symbol.data_bits == 8 * length + (12 if symbol.version < 10 else 20) <= symbol.capacity_bits
        if symbol.version > 1:
            refusal_of("x" * length, error_correction=level, version=symbol.version - 1)


@pytest.mark.parametrize(("asked", "boosted"), [("L", "M"), ("M", "M"), ("Q", "H"), ("H", "H")])
def test_a_level_is_raised_only_as_far_as_the_version_allows(asked: Level, boosted: Level) -> None:
    unboosted = encode("fourteen bytes", error_correction=asked, boost=False)
    symbol = encode("fourteen bytes", error_correction=asked)
    assert unboosted.error_correction == asked
    assert (symbol.version, symbol.error_correction) == (unboosted.version, boosted)


def test_a_fixed_version_gets_the_best_level_that_holds_the_text() -> None:
    assert encode("short", error_correction="L", version=10).error_correction == "H"


def test_without_boost_a_fixed_version_has_the_level_that_was_asked_for() -> None:
    assert encode("short", error_correction="L", version=10, boost=False).error_correction == "L"


def test_a_version_that_is_too_small_names_the_smallest_that_is_not() -> None:
    assert refusal_of("x" * 100, version=1, error_correction="Q") == {
        "capacity": 104,
        "needed": 812,
        "unit": "bits",
        "fits": {"version": 8, "error_correction": "Q"},
    }


def test_a_level_that_is_too_strong_names_the_strongest_that_is_not() -> None:
    assert refusal_of("x" * 2000, error_correction="H")["fits"] == {"version": 38, "error_correction": "M"}


def test_a_fixed_version_for_which_every_version_is_too_small_names_a_level() -> None:
    assert refusal_of("x" * 2000, error_correction="H", version=3)["fits"] == {"version": 38, "error_correction": "M"}


@pytest.mark.parametrize("text", ["x" * 3_000_000, "1" * 3_000_000, "é" * 1_000_000, "A1" * 4000])
def test_text_that_fits_nowhere_is_refused_with_what_it_needs(text: str) -> None:
    extra = refusal_of(text)
    assert "fits" not in extra
    assert extra["needed"] > capacities("L", micro=False)[39]


def test_nothing_to_encode_is_an_invalid_request() -> None:
    with pytest.raises(InvalidRequest) as caught:
        encode("")
    assert [issue.path for issue in caught.value.issues] == ["data"]


def test_half_a_surrogate_pair_is_an_invalid_request_that_says_where() -> None:
    with pytest.raises(InvalidRequest, match="at character 3") as caught:
        encode("ab\ud800")
    assert [issue.path for issue in caught.value.issues] == ["data"]


def test_the_segments_tell_how_the_text_was_divided() -> None:
    symbol = encode("https://example.com/12345678901234567890")
    assert [(segment.mode, segment.text) for segment in symbol.segments] == [
        ("byte", "https://example.com/"),
        ("numeric", "12345678901234567890"),
    ]


@pytest.mark.parametrize(
    "text", ["1" * 60, "HELLO WORLD " * 9, "https://example.com/" * 12, "茗荷 and 日本語", "1a" * 500]
)
@pytest.mark.parametrize("kanji", [False, True])
def test_room_is_where_a_symbol_can_be_made(text: str, kanji: bool) -> None:
    for level in LEVELS:
        for version in (1, 2, 5, 9, 10, 20, 26, 27, 40):
            try:
                encode(text, error_correction=level, version=version, boost=False, kanji=kanji)
            except TooMuchData:
                possible = False
            else:
                possible = True
            assert has_room_for(text, level, version, kanji=kanji) == possible


def test_room_for_parts_is_where_each_part_can_be_made() -> None:
    text = "https://example.com/é" * 6
    for version in range(1, 12):
        try:
            encode_part(text, part=1, parts=3, error_correction="Q", version=version, boost=False)
        except TooMuchData:
            possible = False
        else:
            possible = True
        assert has_room_for_parts(text, 3, "Q", version) == possible
