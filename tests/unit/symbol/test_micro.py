"""Micro QR.

segno 1.6.6 is the one other encoder of Micro QR at hand, and its padding is not always right (heuer/segno #123, #148):
where data and terminator end on a whole codeword, it adds a codeword of zeros, and it fills the rest of M3 with zeros
instead of pad codewords. So it is an oracle for M3 where no pad codeword is needed, and for the others unless data and
terminator end on a whole codeword before the last.
"""

from __future__ import annotations

from typing import Any

import pytest
import segno
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.unit.symbol.oracles import rows, zxing_reads

from qr_engine.errors import TooMuchData
from qr_engine.symbol import Level, Symbol, encode

LEVELS: list[Level] = ["L", "M", "Q"]
texts = st.one_of(
    st.text("0123456789", min_size=1, max_size=35),
    st.text("ABC019 $%*+-./:", min_size=1, max_size=21),
    st.text("abcXYZ12é", min_size=1, max_size=15),
)


def micro(text: str, **options: Any) -> Symbol:
    try:
        return encode(text, micro=True, **options)
    except TooMuchData:
        assume(False)
        raise


def segno_pads_as_the_standard_says(symbol: Symbol) -> bool:
    ended = symbol.data_bits + 2 * symbol.version + 1
    if symbol.version == 3:
        return -(-ended // 8) >= symbol.capacity_bits // 8
    return ended % 8 != 0 or ended >= symbol.capacity_bits


@given(texts, st.sampled_from(LEVELS), st.booleans())
@settings(max_examples=300)
def test_a_reader_reads_any_text(text: str, level: Level, boost: bool) -> None:
    assert zxing_reads(micro(text, error_correction=level, boost=boost)) == text


@pytest.mark.parametrize("mask", range(4))
@pytest.mark.parametrize(
    ("version", "level"),
    [(1, "L"), (2, "L"), (2, "M"), (3, "L"), (3, "M"), (4, "L"), (4, "M"), (4, "Q")],
)
def test_a_reader_reads_every_version_level_and_mask(version: int, level: Level, mask: int) -> None:
    symbol = micro("12345", version=version, error_correction=level, mask=mask, boost=False)
    assert (symbol.name, symbol.mask, symbol.size) == (f"M{version}", mask, 2 * version + 9)
    assert symbol.error_correction == (None if version == 1 else level)
    assert zxing_reads(symbol) == "12345"


@given(texts, st.sampled_from(LEVELS))
@settings(max_examples=300)
def test_every_module_and_the_mask_are_segnos_where_its_padding_is_right(text: str, level: Level) -> None:
    symbol = micro(text, error_correction=level, boost=False)
    assume(len(symbol.segments) == 1 and segno_pads_as_the_standard_says(symbol))
    other = segno.make(
        text,
        micro=True,
        version=symbol.name,
        error=symbol.error_correction,
        mode=symbol.segments[0].mode,
        encoding="utf-8",
        boost_error=False,
    )
    assert symbol.mask == other.mask
    assert rows(symbol) == ["".join(map(str, row)) for row in other.matrix]


@pytest.mark.parametrize(
    ("text", "level", "name"),
    [
        ("12345", "L", "M1"),
        ("123456", "L", "M2"),
        ("12345", "M", "M2"),
        ("ABCDEF", "L", "M2"),
        ("ABCDEFG", "L", "M3"),
        ("abc", "L", "M3"),
        ("abcdefghij", "L", "M4"),
        ("a", "Q", "M4"),
    ],
)
def test_the_version_is_the_smallest_that_holds_the_text(text: str, level: Level, name: str) -> None:
    assert encode(text, micro=True, error_correction=level, boost=False).name == name


def test_the_level_is_raised_where_the_version_allows() -> None:
    assert encode("12345678", micro=True, error_correction="L", boost=False).name == "M2"
    assert encode("12345678", micro=True, error_correction="L").error_correction == "M"


@pytest.mark.parametrize(
    ("text", "options", "fits"),
    [
        ("1234567", {"version": 1, "error_correction": "L"}, {"version": 2, "error_correction": "L"}),
        ("abc", {"version": 1, "error_correction": "L"}, {"version": 3, "error_correction": "L"}),
        ("abcdefghijklmno", {"error_correction": "Q"}, {"version": 4, "error_correction": "L"}),
        ("abcdefghijklmnop", {"error_correction": "Q"}, {"micro": False, "version": 2, "error_correction": "Q"}),
        ("x" * 2953, {"error_correction": "M"}, {"micro": False, "version": 40, "error_correction": "L"}),
        ("x" * 2954, {"error_correction": "M"}, None),
    ],
)
def test_too_much_for_micro_names_what_would_hold_it(text: str, options: dict[str, Any], fits: Any) -> None:
    with pytest.raises(TooMuchData) as caught:
        encode(text, micro=True, **options)
    assert caught.value.extra.get("fits") == fits
    if fits:
        assert encode(text, **{"micro": True, **fits})


def test_kanji_fit_into_micro() -> None:
    symbol = encode("茗荷", micro=True, kanji=True)
    assert [segment.mode for segment in symbol.segments] == ["kanji"]
    assert zxing_reads(symbol) == "茗荷"
