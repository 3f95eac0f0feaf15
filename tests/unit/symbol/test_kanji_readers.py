"""Texts of many scripts with Kanji mode, read by two families of readers."""

from __future__ import annotations

from random import Random

import pytest
from tests.unit.symbol.oracles import zbar_reads, zxing_reads

from qr_engine.symbol import encode
from qr_engine.symbol.charset import is_same_in_shift_jis
from qr_engine.symbol.kanji import kanji_code
from qr_engine.symbol.structured_append import encode_part

ALPHABETS = (
    [chr(code) for code in range(0x3041, 0x3097)],
    [chr(code) for code in range(0x4E00, 0x9FFF) if kanji_code(chr(code))],
    [chr(code) for code in range(0x20, 0x7F)],
    list("0123456789"),
    ["é", "ü", "€", "👍", "你", "ｱ", "Ж", "م", "한", "\u200d"],
)


def mix(random: Random, *alphabets: list[str]) -> str:
    return "".join(random.choice(random.choice(alphabets)) * random.randint(1, 2) for _ in range(random.randint(1, 12)))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_readers_of_two_families_read_every_mixed_text(seed: int) -> None:
    random = Random(seed)
    modes = set()
    for index in range(600):
        alphabets = random.sample(ALPHABETS if index % 2 else ALPHABETS[:4], random.randint(1, 4))
        text = mix(random, *alphabets)
        symbol = encode(text, kanji=True)
        modes |= {segment.mode for segment in symbol.segments}
        assert zxing_reads(symbol) == text
        assert zbar_reads(symbol) == text or misread_without_kanji(text), text
    assert "kanji" in modes


def misread_without_kanji(text: str) -> bool:
    """Whether ZBar shows the text as another where no Kanji mode is asked for, which is a matter of the ECI alone."""
    return zbar_reads(encode(text)) != text


@pytest.mark.parametrize("seed", range(2))
def test_the_parts_of_a_mixed_text_are_read_alone_and_together(seed: int) -> None:
    random = Random(seed)
    for index in range(60):
        alphabets = random.sample(ALPHABETS if index % 2 else ALPHABETS[:4], random.randint(1, 4))
        text = "".join(mix(random, *alphabets) for _ in range(4))
        parts = random.randint(2, min(4, len(text))) if len(text) > 1 else 0
        if not parts:
            continue
        symbols = [encode_part(text, part=part + 1, parts=parts, kanji=True) for part in range(parts)]
        segments = [segment for symbol in symbols for segment in symbol.segments]
        if any(segment.mode == "kanji" for segment in segments):
            assert all(is_same_in_shift_jis(segment.text.encode()) for segment in segments if segment.mode != "kanji")
        assert "".join(zxing_reads(symbol) or "" for symbol in symbols) == text
