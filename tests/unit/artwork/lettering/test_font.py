from __future__ import annotations

import unicodedata

import pytest
from PIL import ImageFont
from scripts.font import SOURCE, convert
from tests.machine import font, library
from tests.unit.render.independent import draw_svg

from qr_engine.artwork.lettering import missing_characters
from qr_engine.artwork.lettering.font import DATA, advances, character_indices, digest, glyph_outline
from qr_engine.artwork.paths import bounds
from qr_engine.render.svg.path_data import print_path

ALPHABETS = (
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ abcdefghijklmnopqrstuvwxyz 0123456789 !?.,:;-–—'\"“”„«»()[]/@#%&*+=",  # noqa: RUF001
    "áàâäãåæçčďéěíñňóöøœřšßťúůýžþð ĄĘŁŃŚŹŻ ŐŰ ĞİŞ Əə Ññ ¿¡ ế ơ ư ẞ",
    "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ αβγδεζηθικλμνξοπρστυφχψωάέήίόύώς",
    "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ абвгдеёжзийклмнопрстуфхцчшщъыьэюя ЂЃЄЇЈЉЊЋЌЎЏҐ",
    "€£¥₹₽₿ ←↑→↓↗ №™©®°×½",
)

PAIRS = ("AVATAR", "To Wa. Te, Yo", "Žluťoučký kůň", "ΑΥΤΟ Γρ", "Тов. Уд", "L’T— W,V.1-7", "€£ → №")  # noqa: RUF001


def test_the_data_are_what_the_script_makes_of_the_font() -> None:
    assert convert(font(SOURCE, digest())) == DATA.read_bytes()


def test_the_licence_of_the_font_is_beside_its_data() -> None:
    text = DATA.with_name("OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in text
    assert "The Inter Project Authors" in text
    assert DATA.name in text


@pytest.mark.parametrize("alphabet", ALPHABETS, ids=["basic", "latin", "greek", "cyrillic", "symbols"])
def test_alphabets_are_whole(alphabet: str) -> None:
    assert missing_characters(alphabet) == []


def test_what_has_no_shape_of_its_own_is_not_a_character() -> None:
    controls = [
        character for character in character_indices() if unicodedata.category(character) in ("Cc", "Cf", "Mn", "Me")
    ]
    assert controls == []


@pytest.mark.parametrize("text", PAIRS)
def test_a_text_is_as_long_as_harfbuzz_sets_it(text: str) -> None:
    library("fribidi", "install libfribidi0")
    inter = ImageFont.truetype(str(font(SOURCE, digest())), 2048, layout_engine=ImageFont.Layout.RAQM)
    # Contextual forms and ligatures are not set.
    expected = inter.getlength(text, features=["-calt", "-liga", "-clig"])
    assert advances(text)[-1] * 2048 == pytest.approx(expected, abs=0.5)


def test_pairs_are_kerned() -> None:
    assert advances("AV")[-1] < advances("A")[-1] + advances("V")[-1] - 0.02


def test_a_letter_looks_as_pillow_draws_it() -> None:
    inter = ImageFont.truetype(str(font(SOURCE, digest())), 400)
    for letter in "Rgž&":
        _, top, _, bottom = bounds(glyph_outline(letter))
        mask = inter.getmask(letter)
        assert (bottom - top) * 400 == pytest.approx(mask.size[1], abs=2)
        path = f'<path d="{print_path(glyph_outline(letter))}"/>'
        svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="500" height="600" viewBox="0 -1 1 1.2">{path}</svg>'
        ours = sum(draw_svg(svg.encode()).getchannel("A").tobytes()) / 255 / 500**2
        assert ours == pytest.approx(sum(bytes(mask)) / 255 / 400**2, rel=0.02)


@pytest.mark.parametrize(
    "text", ["שלום", "مرحبا", "日本語", "🎉", "❤️", "a\u200bb", "a\u200fb", "e\u0301\u0323", "\u00ad", "क"]
)
def test_what_the_font_lacks_is_told(text: str) -> None:
    missing = missing_characters(text)
    assert missing
    assert set(missing) <= set(text)
