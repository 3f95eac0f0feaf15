"""Symbols of every kind, in pictures of every kind."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageOps

from qr_engine.reading import read
from qr_engine.reading.model import MAX_SYMBOLS, SequencePlace
from qr_engine.symbol import encode
from qr_engine.symbol.structured_append import encode_part

from .given import draw, encoded, photographed, read_image, the_symbol

TEXT = "https://example.com/menu?table=7"


@pytest.mark.parametrize("version", [1, 2, 6, 7, 14, 27, 40])
@pytest.mark.parametrize("level", ["L", "M", "Q", "H"])
def test_what_a_symbol_is_comes_back(version: int, level: Any):
    made = encode("1234567", version=version, error_correction=level, boost=False)
    symbol = the_symbol(read_image(draw(made, pixels=4)))
    found = (symbol.version, symbol.micro, symbol.error_correction, symbol.mask, symbol.text)
    assert found == (version, False, level, made.mask, "1234567")


@pytest.mark.parametrize("text", ["1234", "ABC", "abc1", "žluť"])
@pytest.mark.parametrize("turned", [lambda image: image, ImageOps.mirror, ImageOps.invert])
def test_a_micro_qr_symbol_comes_back(text: str, turned: Any):
    made = encode(text, micro=True)
    symbol = the_symbol(read_image(turned(draw(made))))
    found = (symbol.version, symbol.micro, symbol.error_correction, symbol.mask, symbol.text)
    assert found == (made.version, True, made.error_correction, made.mask, text)
    assert (symbol.mirrored, symbol.inverted) == (turned is ImageOps.mirror, turned is ImageOps.invert)


@pytest.mark.parametrize("version", [1, 5, 8, 20])
def test_a_mirror_and_inverted_colours_are_told(version: int):
    image = draw("abc", version=version)
    for mirrored in (False, True):
        for inverted in (False, True):
            shown = ImageOps.mirror(image) if mirrored else image
            symbol = the_symbol(read_image(ImageOps.invert(shown) if inverted else shown))
            assert (symbol.text, symbol.mirrored, symbol.inverted) == ("abc", mirrored, inverted)


def test_corners_are_named_as_in_an_upright_symbol():
    image = draw("abc", version=1, pixels=10)
    upright = {"top_left": (40, 40), "top_right": (250, 40), "bottom_right": (250, 250), "bottom_left": (40, 250)}
    side = image.width
    for shown, place in (
        (image, lambda x, y: (x, y)),
        (image.rotate(90), lambda x, y: (y, side - x)),
        (image.rotate(180), lambda x, y: (side - x, side - y)),
        (ImageOps.mirror(image), lambda x, y: (side - x, y)),
    ):
        position = the_symbol(read_image(shown)).position
        for name, corner in upright.items():
            found = getattr(position, name)
            assert (found.x, found.y) == pytest.approx(place(*corner), abs=3), name


@pytest.mark.parametrize("eci", ["always", "never"])
def test_the_character_set_is_told_where_it_is_named(eci: Any):
    symbol = the_symbol(read_image(draw("žluť", eci=eci)))
    assert (symbol.text, symbol.eci) == ("žluť", 26 if eci == "always" else None)


@pytest.mark.parametrize("text", ["茗荷", "café", "100 €", "Ω≈ç√", "ﾊﾝｶｸ", "😀"])
def test_bytes_that_are_valid_utf_8_are_read_as_that(text: str):
    assert the_symbol(read_image(draw(text, eci="never"))).text == text


def test_kanji_are_read_beside_bytes():
    symbol = the_symbol(read_image(draw("点茗 abc", kanji=True, eci="never")))
    assert (symbol.text, symbol.eci) == ("点茗 abc", None)


def test_bytes_of_another_set_are_left_to_the_decoder():
    import segno

    made = segno.make("Grüße", encoding="iso-8859-1", eci=False, micro=False)
    rows = np.array([list(row) for row in made.matrix], dtype=np.uint8)
    picture = np.pad(np.where(rows, 0, 255).astype(np.uint8), 4, constant_values=255).repeat(4, 0).repeat(4, 1)
    symbol = the_symbol(read_image(Image.fromarray(picture)))
    assert (symbol.text, symbol.data) == ("Grüße", "Grüße".encode("iso-8859-1"))


def test_bytes_that_are_no_text_have_none():
    import segno

    body = bytes(range(256))
    made = segno.make(body, micro=False)
    rows = np.array([list(row) for row in made.matrix], dtype=np.uint8)
    picture = np.pad(np.where(rows, 0, 255).astype(np.uint8), 4, constant_values=255).repeat(4, 0).repeat(4, 1)
    symbol = the_symbol(read_image(Image.fromarray(picture)))
    assert (symbol.data, symbol.text, symbol.content_type, symbol.parsed) == (body, None, "binary", None)


@pytest.mark.parametrize("damaged", [False, True])
def test_the_symbols_of_a_sequence_say_where_they_belong(damaged: bool):
    text = "one two three four five six seven eight nine ten"
    for part in (1, 2, 3):
        image = draw(encode_part(text, part=part, parts=3, error_correction="H", boost=False))
        if damaged:
            ImageDraw.Draw(image).rectangle(
                (image.width // 2, image.height // 2, image.width // 2 + 18, image.height // 2 + 12), 0
            )
        symbol = the_symbol(read_image(image))
        parity = 0
        for octet in text.encode():
            parity ^= octet
        assert symbol.structured_append == SequencePlace(part, 3, parity)
        assert symbol.text
        assert symbol.text in text
        assert symbol.parsed is None


def test_all_symbols_of_a_picture_are_told_of_the_largest_first():
    sheet = Image.new("L", (1400, 900), 255)
    for index, pixels in enumerate((4, 9, 6)):
        sheet.paste(draw(f"code {index}", pixels=pixels), (40 + 420 * index, 100))
    reading = read_image(sheet)
    assert [symbol.text for symbol in reading.symbols] == ["code 1", "code 2", "code 0"]
    assert reading.grade is not None
    assert reading.grade.module_pixels == pytest.approx(9, abs=0.2)


def test_small_symbols_of_a_large_picture_are_found_beside_a_large_one():
    sheet = Image.new("L", (3000, 3000), 255)
    sheet.paste(draw("large", pixels=40), (100, 100))
    for index in range(4):
        sheet.paste(draw(f"small {index}", pixels=4), (2000, 1500 + 300 * index))
    found = [symbol.text for symbol in read_image(sheet).symbols]
    assert found[0] == "large"
    assert sorted(map(str, found[1:])) == [f"small {index}" for index in range(4)]


def test_no_more_symbols_are_told_of_than_is_said():
    sheet = Image.new("L", (1000, 1000), 255)
    for index in range(25):
        sheet.paste(draw(f"{index}", pixels=6), (200 * (index % 5), 200 * (index // 5)))
    assert len(read_image(sheet).symbols) == MAX_SYMBOLS


def test_a_symbol_within_a_symbol_is_another_one():
    outer = draw("the outer one" * 3, error_correction="H", pixels=20)
    inner = draw("in", pixels=3, margin=2)
    outer.paste(inner, ((outer.width - inner.width) // 2, (outer.height - inner.height) // 2))
    assert [symbol.text for symbol in read_image(outer).symbols] == ["the outer one" * 3, "in"]


@pytest.mark.parametrize("seed", range(12))
def test_a_photograph_is_read(seed: int):
    assert the_symbol(read(photographed(draw(TEXT), seed))).text == TEXT


@pytest.mark.parametrize("pixels", [1, 2, 3])
def test_modules_of_a_pixel_are_read(pixels: int):
    assert the_symbol(read_image(draw(TEXT, pixels=pixels))).text == TEXT


def test_a_symbol_that_reaches_to_the_edges_is_read():
    assert the_symbol(read_image(draw(TEXT, margin=0))).text == TEXT


def test_a_picture_of_nothing_has_no_symbol_and_no_grade():
    reading = read_image(Image.new("L", (300, 300), 255))
    assert (reading.symbols, reading.grade) == ((), None)


def test_what_looks_like_a_symbol_by_chance_is_none():
    source = np.random.default_rng(3)
    for side, pixels in ((200, 3), (400, 2)):
        modules = (source.integers(0, 2, (side, side)) * 255).astype(np.uint8)
        assert read(encoded(Image.fromarray(modules.repeat(pixels, 0).repeat(pixels, 1)))).symbols == ()
