from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.unit.symbol.oracles import opencv_reads, zxing_reads
from tests.unit.symbol.test_module_equality import fill_symbol

from qr_engine.errors import TooMuchData
from qr_engine.symbol import Level, encode
from qr_engine.symbol.standard import LEVELS, capacities

levels: st.SearchStrategy[Level] = st.sampled_from(LEVELS)
texts = st.text(st.characters(codec="utf-8"), min_size=1, max_size=120)


@pytest.mark.slow
@pytest.mark.parametrize("version", range(1, 41))
def test_two_readers_read_every_version_at_every_level(version: int) -> None:
    for level in LEVELS:
        room = capacities(level, micro=False)[version - 1] // 8 - 3
        text = (f"Version {version} holds this much at level {level}, and no more. " * 100)[:room]
        symbol = encode(text, error_correction=level, version=version, boost=False)
        assert (symbol.version, symbol.error_correction) == (version, level)
        assert zxing_reads(symbol) == text, level
        assert opencv_reads(symbol) == text, level


@pytest.mark.parametrize("version", range(1, 41))
def test_segments_of_every_mode_are_read_back(version: int) -> None:
    # By one reader: OpenCV's finds nothing in one of a hundred such symbols, and nothing in Nayuki's equal ones either.
    for level in LEVELS:
        symbol = fill_symbol(version, level, None)
        assert zxing_reads(symbol) == "".join(segment.text for segment in symbol.segments), level


@pytest.mark.parametrize("mask", range(8))
def test_two_readers_read_every_mask(mask: int) -> None:
    symbol = encode("every mask", mask=mask)
    assert symbol.mask == mask
    assert (zxing_reads(symbol), opencv_reads(symbol)) == ("every mask", "every mask")


@pytest.mark.slow
@given(texts, levels, st.booleans())
@settings(max_examples=300)
def test_any_text_is_read_back(text: str, level: Level, boost: bool) -> None:
    assert zxing_reads(encode(text, error_correction=level, boost=boost)) == text


@given(texts, levels, st.integers(1, 40))
@settings(max_examples=100)
def test_a_fixed_version_is_read_back(text: str, level: Level, version: int) -> None:
    try:
        symbol = encode(text, error_correction=level, version=version)
    except TooMuchData:
        assume(False)
    assert symbol.version == version
    assert zxing_reads(symbol) == text


@given(texts)
@settings(max_examples=50)
def test_the_same_text_gives_the_same_symbol(text: str) -> None:
    assert encode(text) == encode(text)
