from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.symbol.oracles import draw, nayuki, nayuki_rows, rows, zxing_reads

from qr_engine.errors import InvalidRequest, TooMuchData
from qr_engine.symbol import Symbol
from qr_engine.symbol.structured_append import encode_part

SENTENCE = "The quick brown fox jumps over the lazy dog, 12345678901234567890 times. "


def sequence(text: str, parts: int, *, kanji: bool = False) -> list[Symbol]:
    return [encode_part(text, part=part, parts=parts, kanji=kanji) for part in range(1, parts + 1)]


def text_of(symbol: Symbol) -> str:
    return "".join(segment.text for segment in symbol.segments)


@pytest.mark.parametrize("text", [SENTENCE * 3, "1234567890" * 20, "žluťoučký kůň ±°µ× " * 8])
@pytest.mark.parametrize("parts", [2, 3, 16])
def test_every_module_is_nayukis_with_position_number_and_parity_in_front(text: str, parts: int) -> None:
    for part, symbol in enumerate(sequence(text, parts), 1):
        other = nayuki(symbol, mask=symbol.mask, sequence=(part, parts, text.encode()))
        assert rows(symbol) == nayuki_rows(other)


def test_the_parity_counts_kanji_as_their_shift_jis_bytes() -> None:
    text = "茗荷日本語東京都" * 3
    symbol = encode_part(text, part=2, parts=2, kanji=True)
    assert [segment.mode for segment in symbol.segments] == ["kanji"]
    other = nayuki(symbol, mask=symbol.mask, sequence=(2, 2, text.encode("shift_jis")))
    assert rows(symbol) == nayuki_rows(other)


def test_a_reader_joins_the_parts_in_their_order_wherever_they_lie() -> None:
    pictures = [draw(symbol) for symbol in sequence(SENTENCE * 4, 4)]
    side = max(len(picture) for picture in pictures)
    page = np.hstack([np.pad(pictures[i], (0, side - len(pictures[i])), constant_values=255) for i in (2, 0, 3, 1)])
    found, texts, _, _ = cv2.QRCodeDetector().detectAndDecodeMulti(page)
    assert found
    assert SENTENCE * 4 in texts


@given(st.text(st.characters(codec="utf-8"), min_size=5, max_size=200), st.integers(2, 5), st.booleans())
@settings(max_examples=80)
def test_the_parts_read_alone_make_up_the_text(text: str, parts: int, kanji: bool) -> None:
    symbols = sequence(text, parts, kanji=kanji)
    assert "".join(map(text_of, symbols)) == text
    assert [zxing_reads(symbol) for symbol in symbols] == list(map(text_of, symbols))
    assert len({(symbol.version, symbol.error_correction, symbol.eci) for symbol in symbols}) == 1


@pytest.mark.parametrize("text", ["x" * 1000, "1" * 1000, SENTENCE * 10, "€uro" * 100])
@pytest.mark.parametrize("parts", [2, 7, 16])
def test_the_parts_take_nearly_the_same_number_of_bits(text: str, parts: int) -> None:
    bits = [symbol.data_bits for symbol in sequence(text, parts)]
    # A header of byte mode, and one character of three bytes, either way.
    assert max(bits) - min(bits) <= 2 * 20 + 24


def test_sixteen_symbols_hold_sixteen_times_as_much_as_one() -> None:
    text = "x" * (2900 * 16)
    assert encode_part(text, part=16, parts=16, error_correction="L").version == 40


@pytest.mark.parametrize("text", ["x" * 60_000, "x" * 3_000_000, "é" * 1_000_000])
def test_more_than_all_symbols_hold_is_refused(text: str) -> None:
    with pytest.raises(TooMuchData):
        encode_part(text, part=1, parts=16)


def test_fewer_characters_than_symbols_are_refused() -> None:
    with pytest.raises(InvalidRequest) as caught:
        encode_part("ab", part=1, parts=3)
    assert [issue.path for issue in caught.value.issues] == ["parts"]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("abcdefghij", ["abc", "defg", "hij"]),
        ("abcdefgh", ["abc", "de", "fgh"]),
        ("éa€bcéd", ["éa", "€b", "céd"]),
    ],
)
def test_the_text_is_cut_where_it_comes_nearest_to_equal_shares(text: str, pieces: list[str]) -> None:
    assert [text_of(symbol) for symbol in sequence(text, 3)] == pieces
