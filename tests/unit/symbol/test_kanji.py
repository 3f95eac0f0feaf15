from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.unit.symbol.oracles import nayuki, nayuki_rows, rows, zbar_reads, zxing_reads

from qr_engine.symbol import encode
from qr_engine.symbol.kanji import kanji_code

if TYPE_CHECKING:
    from qr_engine.symbol import Eci

KANJI = [chr(code) for code in range(0x80, 0x10000) if not 0xD800 <= code < 0xE000 and kanji_code(chr(code))]


@pytest.mark.parametrize("start", range(0, len(KANJI), 500))
def test_a_reader_reads_every_character_of_kanji_mode(start: int) -> None:
    text = "".join(KANJI[start : start + 500])
    symbol = encode(text, kanji=True)
    assert [segment.mode for segment in symbol.segments] == ["kanji"]
    assert zxing_reads(symbol) == text


@pytest.mark.parametrize("text", ["茗荷", "東京都123456789千代田区", "ABC 東京都千代田区 xyz"])
def test_every_module_is_where_nayuki_has_it(text: str) -> None:
    symbol = encode(text, kanji=True, eci="never", boost=False)
    assert "kanji" in [segment.mode for segment in symbol.segments]
    assert rows(symbol) == nayuki_rows(nayuki(symbol, mask=symbol.mask))


def test_kanji_mode_is_used_only_on_request() -> None:
    assert [segment.mode for segment in encode("東京都千代田区").segments] == ["byte"]


def test_kanji_mode_gives_way_to_an_eci_since_readers_take_its_bytes_for_utf_8() -> None:
    symbol = encode("東京都千代田区", kanji=True, eci="always")
    assert [segment.mode for segment in symbol.segments] == ["byte"]
    assert zxing_reads(symbol) == "東京都千代田区"


@pytest.mark.parametrize(
    "text", ["東京都千代田区 café", "東京👍", "字你", "東京都ｱｲｳ", "Кириллица 東京 你", r"東京\都", "東京~都"]
)
@pytest.mark.parametrize("eci", ["auto", "never"])
def test_kanji_mode_gives_way_where_another_character_takes_utf_8(text: str, eci: Eci) -> None:
    symbol = encode(text, kanji=True, eci=eci)
    assert symbol == encode(text, eci=eci)
    assert zxing_reads(symbol) == text
    assert eci == "never" or zbar_reads(symbol) == text


@pytest.mark.parametrize("text", ["\u5f9e\u3084\u3042", "あ", "abc字", "東京 https://example.com 12345", "字a"])
def test_every_kanji_is_in_kanji_mode_or_none_is(text: str) -> None:
    symbol = encode(text, kanji=True)
    modes = {segment.mode for segment in symbol.segments if not segment.text.isascii()}
    assert len(modes) == 1
    assert symbol.data_bits <= encode(text).data_bits
    assert (zxing_reads(symbol), zbar_reads(symbol)) == (text, text)


@pytest.mark.parametrize("character", ["a", "é", "ｱ", "\uff5e", "\uff3c", "😀", "你", "\ud800"])
def test_what_kanji_mode_cannot_hold_or_tables_disagree_on_is_left_out(character: str) -> None:
    assert kanji_code(character) is None
