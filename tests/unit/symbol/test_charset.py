"""The ECI of `auto`: wherever a reader would be misled without one, and nowhere else."""

from __future__ import annotations

from random import Random

import pytest
from tests.unit.symbol.oracles import zbar_reads, zxing_reads

from qr_engine.symbol import encode
from qr_engine.symbol.charset import is_ambiguous_without_eci

SCRIPTS = {
    "Latin": (0xA0, 0x24F),
    "Greek": (0x370, 0x3FF),
    "Cyrillic": (0x400, 0x4FF),
    "Hebrew": (0x590, 0x5FF),
    "Arabic": (0x600, 0x6FF),
    "Devanagari": (0x900, 0x97F),
    "Thai": (0xE00, 0xE5B),
    "Hiragana": (0x3041, 0x3096),
    "Katakana": (0x30A0, 0x30FF),
    "Chinese": (0x4E00, 0x9FFF),
    "Korean": (0xAC00, 0xD7A3),
    "emoji": (0x1F300, 0x1F6FF),
    "symbols": (0x2000, 0x2BFF),
    "full width": (0xFF01, 0xFFEE),
}
PHRASES = [
    "café",
    "Il était une fois, un noël",
    "Müller",
    "Grüße",
    "São Paulo",
    "coração",
    "žluťoučký kůň ±°µ×",
    "děkuji",
    "Łódź",
    "Česká republika",
    "Привет, мир!",
    "да",
    "Москва",
    "Київ",
    "Αθήνα",
    "שלום עולם",
    "مرحبا بالعالم",
    "नमस्ते दुनिया",
    "สวัสดีชาวโลก",
    "你好",
    "你好世界",
    "北京",
    "謝謝",
    "台北101",
    "こんにちは世界",
    "東京",
    "茗荷",
    "カタカナ",
    "안녕하세요",
    "😀",
    "I ❤ NY",
    "€5,00",
    "100 €",
    "“quoted”",
    "±",
    "°",
    "µ",
    "×",
    "25 °C",
    "½",
    "©2024",
    "™",
    "Tiếng Việt",
    "Türkçe",
    "İstanbul",
    "BEGIN:VCARD\nN:Müller;Jürgen\nEND:VCARD",
    "WIFI:T:WPA;S:Café;P:x;;",
    "ñandú",
    "¡Hola! ¿Qué tal?",
]


def mixtures(script: str, count: int) -> list[str]:
    random = Random(script)
    first, last = SCRIPTS[script]
    return [
        "".join(
            chr(random.randint(first, last)) if random.random() < 0.8 else random.choice("aZ 9.{\\~\n")
            for _ in range(random.choice((1, 1, 2, 2, 3, 4, 5, 8, 20)))
        )
        for _ in range(count)
    ]


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_reader_always_reads_what_was_meant(script: str) -> None:
    for text in mixtures(script, 300):
        assert zxing_reads(encode(text)) == text


@pytest.mark.parametrize("phrase", PHRASES)
def test_a_reader_reads_what_people_write(phrase: str) -> None:
    assert zxing_reads(encode(phrase)) == phrase


@pytest.mark.parametrize(
    "text",
    [
        "https://example.com/?q=1",
        "12345",
        "HELLO",
        "žluťoučký kůň ±°µ×",
        "Привет, мир!",
        "你好世界",
        "😀",
        "안녕하세요",
    ],
)
def test_text_that_can_be_nothing_else_has_no_eci(text: str) -> None:
    assert encode(text).eci is None


@pytest.mark.parametrize("text", ["茗荷", "café", "100 €", "東京", "你好", "±"])
def test_text_that_passes_for_another_set_has_one(text: str) -> None:
    assert encode(text).eci == 26


@pytest.mark.parametrize("text", ["HELLO", "你好", "😀"])
def test_never_and_always_mean_it(text: str) -> None:
    assert (encode(text, eci="never").eci, encode(text, eci="always").eci) == (None, 26)
    assert zxing_reads(encode(text, eci="always")) == text


def test_micro_symbols_have_no_eci() -> None:
    assert encode("é", micro=True, error_correction="L").eci is None


def test_the_reader_that_guesses_most_is_misled_exactly_where_the_rule_says() -> None:
    for phrase in PHRASES:
        misled = zbar_reads(encode(phrase, eci="never")) != phrase
        assert misled == is_ambiguous_without_eci(phrase.encode()), phrase
        assert zbar_reads(encode(phrase)) == phrase
