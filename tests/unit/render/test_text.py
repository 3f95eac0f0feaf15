from __future__ import annotations

import pytest
from PIL import Image
from tests.unit.render.independent import symbol_of, zxing_reads

from qr_engine.artwork import Artwork
from qr_engine.artwork.color import BLACK, WHITE, Color
from qr_engine.render import draw


def artwork(text: str = "text", *, margin: int = 4, size: int = 300, foreground: Color = BLACK) -> Artwork:
    return Artwork(symbol_of(text), margin=margin, size=size, foreground=foreground, background=WHITE)


def draw_terminal(text: str) -> Image.Image:
    """The text as a terminal shows it, dark on light, a character cell four pixels wide and eight high."""
    lines = text.splitlines()
    image = Image.new("RGBA", (4 * len(lines[0]), 8 * len(lines)), "white")
    for row, line in enumerate(lines):
        for column, glyph in enumerate(line):
            top, bottom = {" ": (0, 0), "▀": (0, 4), "▄": (4, 8), "█": (0, 8)}[glyph]
            image.paste("black", (4 * column, 8 * row + top, 4 * column + 4, 8 * row + bottom))
    return image


def test_it_reads_from_a_terminal_with_dark_text_on_light() -> None:
    assert zxing_reads(draw_terminal(draw(artwork("in a terminal"), "txt").decode())) == ["in a terminal"]


@pytest.mark.parametrize("margin", [0, 1, 4])
def test_every_line_is_as_wide_as_the_picture_and_ends_with_a_line_feed(margin: int) -> None:
    lines = draw(artwork(margin=margin), "txt").decode().split("\n")
    assert [len(line) for line in lines] == [25 + 2 * margin] * ((25 + 2 * margin + 1) // 2) + [0]


def test_an_odd_last_row_has_light_beneath() -> None:
    *_, last = draw(artwork(margin=0), "txt").decode().splitlines()
    assert set(last) == {" ", "▀"}


def test_colours_and_size_play_no_part() -> None:
    other = artwork(size=1000, foreground=Color(200, 0, 0))
    assert draw(other, "txt") == draw(artwork(), "txt")
