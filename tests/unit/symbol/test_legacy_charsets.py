from __future__ import annotations

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.render.independent import open_picture

from qr_engine.artwork import Artwork
from qr_engine.artwork.color import BLACK, WHITE
from qr_engine.errors import InvalidRequest, TooMuchData
from qr_engine.render import draw
from qr_engine.symbol import Symbol, encode
from qr_engine.symbol.legacy_charsets import encode_in
from qr_engine.symbol.model import Charset


def read(symbol: Symbol) -> str:
    """What an independent reader makes of the symbol."""
    size = 4 * (symbol.size + 8)
    picture = Artwork(symbol, margin=4, size=size, foreground=BLACK, background=WHITE)
    (found,) = zxingcpp.read_barcodes(open_picture(draw(picture, "png")), text_mode=zxingcpp.TextMode.Plain)
    return found.text


LATIN = st.text(
    st.characters(min_codepoint=0x20, max_codepoint=0xFF, exclude_categories=["Cc"]), min_size=1, max_size=40
)
JAPANESE = st.text(st.sampled_from("茗荷東京カタカナひらがなＡ。ｱｲｳabcABC 0123#/"), min_size=1, max_size=40)


@settings(max_examples=150, deadline=None)
@given(LATIN)
def test_a_reader_shows_any_text_of_iso_8859_1(text: str) -> None:
    assert read(encode_in(text, "iso-8859-1", error_correction="L", boost=False)) == text


@settings(max_examples=150, deadline=None)
@given(JAPANESE)
def test_a_reader_shows_any_text_of_shift_jis(text: str) -> None:
    assert read(encode_in(text, "shift_jis", error_correction="L", boost=False)) == text


def test_a_character_of_iso_8859_1_is_one_byte_and_needs_no_eci_where_it_can_be_nothing_else() -> None:
    symbol = encode_in("café", "iso-8859-1", error_correction="L", boost=False)
    assert symbol.eci is None
    assert symbol.data_bits == 4 + 8 + 8 * 4
    assert [segment.text for segment in symbol.segments] == ["café"]


@pytest.mark.parametrize("text", ["Ã©", "éa"])
def test_an_eci_names_iso_8859_1_where_its_bytes_would_be_text_in_another_set(text: str) -> None:
    symbol = encode_in(text, "iso-8859-1", error_correction="L", boost=False)
    assert (symbol.eci, read(symbol)) == (3, text)


def test_text_of_kanji_alone_is_in_kanji_mode() -> None:
    symbol = encode_in("茗荷", "shift_jis", error_correction="M", boost=False)
    assert [segment.mode for segment in symbol.segments] == ["kanji"]
    assert symbol.eci is None


def test_other_text_of_shift_jis_is_bytes_behind_an_eci() -> None:
    symbol = encode_in("茗荷ABCDEF", "shift_jis", error_correction="M", boost=False)
    assert [segment.mode for segment in symbol.segments] == ["byte"]
    assert symbol.eci == 20


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "shift_jis"])
def test_ascii_is_the_same_symbol_in_every_set(charset: Charset) -> None:
    text = "HTTPS://EXAMPLE.COM/1234567890"
    whole = encode_in(text, charset, error_correction="Q", boost=True)
    assert read(whole) == text
    if charset != "shift_jis":
        assert whole == encode(text, error_correction="Q")


@pytest.mark.parametrize(("text", "charset"), [("€", "iso-8859-1"), ("茗", "iso-8859-1"), ("ž", "shift_jis")])
def test_a_character_that_the_set_lacks_is_refused(text: str, charset: Charset) -> None:
    with pytest.raises(InvalidRequest):
        encode_in(text, charset, error_correction="L", boost=False)


@pytest.mark.parametrize("charset", ["iso-8859-1", "shift_jis"])
def test_what_no_symbol_holds_is_refused(charset: Charset) -> None:
    text = {"iso-8859-1": "é", "shift_jis": "ｱ"}[charset] * 3000
    with pytest.raises(TooMuchData):
        encode_in(text, charset, error_correction="L", boost=False)
