"""The division into segments against one that tries every cut, character by character."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qr_engine.symbol.kanji import kanji_code
from qr_engine.symbol.segmentation import Run, coarse_runs, divide, fine_runs, least_bits
from qr_engine.symbol.standard import HEADER_SIZES, MICRO_HEADER_SIZES, HeaderSize

if TYPE_CHECKING:
    from qr_engine.symbol import Mode

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


def segment_bits(mode: Mode, text: str) -> int | None:
    """The bits of one segment by the standard's own words (7.4.3 to 7.4.6), or None if the mode cannot hold it."""
    if mode == "numeric":
        return 10 * (len(text) // 3) + (0, 4, 7)[len(text) % 3] if text.isascii() and text.isdigit() else None
    if mode == "alphanumeric":
        held = all(c in LETTERS or c in "0123456789" for c in text)
        return 11 * (len(text) // 2) + 6 * (len(text) % 2) if held else None
    if mode == "kanji":
        return 13 * len(text) if all(kanji_code(c) for c in text) else None
    return 8 * len(text.encode())


def fewest_bits(text: str, size: HeaderSize, *, kanji: bool) -> float:
    best = [0.0]
    for end in range(1, len(text) + 1):
        costs = [
            best[start] + header.bits + bits
            for start in range(end)
            for mode, header in size.headers.items()
            if (mode != "kanji" or kanji) and (bits := segment_bits(mode, text[start:end])) is not None
        ]
        best.append(min(costs, default=float("inf")))
    return best[-1]


def value_of_bits(segments: list[Run], size: HeaderSize) -> int:
    total = 0
    for segment in segments:
        bits = segment_bits(segment.mode, segment.data.decode())
        assert bits is not None
        total += bits + size.headers[segment.mode].bits
    return total


runs_of_text = st.lists(
    st.one_of(
        st.text("0123456789", min_size=1, max_size=16),
        st.text(LETTERS, min_size=1, max_size=14),
        st.text("abcé€😀", min_size=1, max_size=4),
        st.text("0A", min_size=1, max_size=14),
    ),
    min_size=1,
    max_size=5,
).map("".join)
with_kanji = st.lists(
    st.one_of(runs_of_text, st.text("茗荷日本Ж", min_size=1, max_size=6)), min_size=1, max_size=3
).map("".join)


@pytest.mark.parametrize("size", HEADER_SIZES, ids=("1-9", "10-26", "27-40"))
@given(text=runs_of_text)
@settings(max_examples=60)
def test_no_division_of_a_qr_code_takes_fewer_bits(size: HeaderSize, text: str) -> None:
    divided = divide(coarse_runs(text.encode()), size.headers)
    assert divided is not None
    segments, bits = divided
    assert b"".join(segment.data for segment in segments) == text.encode()
    assert bits == value_of_bits(segments, size) == fewest_bits(text, size, kanji=False)


@pytest.mark.parametrize("size", HEADER_SIZES, ids=("1-9", "10-26", "27-40"))
@given(text=with_kanji)
@settings(max_examples=40)
def test_no_division_with_kanji_takes_fewer_bits(size: HeaderSize, text: str) -> None:
    divided = divide(fine_runs(text, kanji=True), size.headers)
    assert divided is not None
    assert divided[1] == value_of_bits(divided[0], size) == fewest_bits(text, size, kanji=True)


@pytest.mark.parametrize("size", MICRO_HEADER_SIZES, ids=("M1", "M2", "M3", "M4"))
@given(text=st.text("0123456789ABC:abcé", min_size=1, max_size=15))
@settings(max_examples=60)
def test_no_division_of_a_micro_symbol_takes_fewer_bits(size: HeaderSize, text: str) -> None:
    divided = divide(fine_runs(text, kanji=False), size.headers)
    assert (float("inf") if divided is None else divided[1]) == fewest_bits(text, size, kanji=False)


@given(text=st.one_of(with_kanji, st.text(min_size=1, max_size=30)), kanji=st.booleans())
def test_the_lower_bound_is_never_too_high(text: str, kanji: bool) -> None:
    divided = divide(fine_runs(text, kanji=kanji), HEADER_SIZES[0].headers)
    assert divided is not None
    assert least_bits(text.encode()) <= divided[1]


@pytest.mark.parametrize("text", ["0123456789" * 700, "HELLO WORLD" * 390, "https://example.com/" * 140])
def test_text_of_one_kind_stays_whole(text: str) -> None:
    assert len(coarse_runs(text.encode())) == 1
