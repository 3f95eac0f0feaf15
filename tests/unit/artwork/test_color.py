from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageColor
from tests.unit.render.independent import draw_svg

from qr_engine.artwork.color import BLACK, TRANSPARENT, WHITE, Color, ColorError, contrast, over, parse_color
from qr_engine.artwork.color_names import COLOR_NAMES

channels = st.integers(0, 255)
colors = st.builds(Color, channels, channels, channels, channels)
opaque_colors = st.builds(Color, channels, channels, channels)


@pytest.mark.parametrize(
    ("text", "color"),
    [
        ("#f80", Color(255, 136, 0)),
        ("#F80C", Color(255, 136, 0, 204)),
        ("#ff8001", Color(255, 128, 1)),
        ("#Ff800102", Color(255, 128, 1, 2)),
        ("tomato", Color(255, 99, 71)),
        ("RebeccaPurple", Color(102, 51, 153)),
        ("Transparent", TRANSPARENT),
    ],
)
def test_every_spelling_is_read(text: str, color: Color) -> None:
    assert parse_color(text) == color


def test_the_names_are_those_of_css_as_an_svg_renderer_knows_them() -> None:
    # rebeccapurple came with CSS Color Level 4, after SVG 1.1 had fixed its list.
    names = [name for name in COLOR_NAMES if name != "rebeccapurple"]
    boxes = "".join(f'<path fill="{name}" d="M{x} 0h1v1h-1z"/>' for x, name in enumerate(names))
    size = f'width="{len(names)}" height="{len(names)}"'
    picture = draw_svg(f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{boxes}</svg>'.encode())
    seen = [picture.getpixel((x, 0)) for x in range(len(names))]
    assert seen == [(color.red, color.green, color.blue, 255) for color in map(parse_color, names)]


def test_no_name_of_css_is_missing() -> None:
    assert set(COLOR_NAMES) == set(ImageColor.colormap)


@given(colors)
def test_what_is_written_reads_back_as_the_same_colour(color: Color) -> None:
    assert parse_color(color.hex) == color


def test_an_opaque_colour_is_written_with_six_digits() -> None:
    assert Color(1, 2, 255).hex == "#0102ff"


def test_a_colour_that_lets_through_is_written_with_eight_digits() -> None:
    assert Color(1, 2, 255, 15).hex == "#0102ff0f"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "#",
        "#1",
        "#12",
        "#12345",
        "#1234567",
        "#123456789",
        "#ggg",
        "#12 345",
        "#+12345",
        "#1_2_3_",
        "#١٢٣",
        "rgb(1,2,3)",
        " red",
    ],
)
def test_anything_else_is_not_a_colour(text: str) -> None:
    with pytest.raises(ColorError, match="Must be #rgb"):
        parse_color(text)


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("bleu", "blue"),
        ("fuschia", "fuchsia"),
        ("dark-sea-green", "darkseagreen"),
        ("Steel Blue", "steelblue"),
        ("grean", "green"),
        ("transparant", "transparent"),
        ("FF8800", "#ff8800"),
        ("f80", "#f80"),
        ("chartreux-ish", None),
        ("#12345", None),
        ("", None),
    ],
)
def test_a_slip_is_answered_with_what_was_meant(text: str, suggestion: str | None) -> None:
    with pytest.raises(ColorError) as error:
        parse_color(text)
    assert error.value.suggestion == suggestion


def test_a_suggestion_is_part_of_the_sentence() -> None:
    with pytest.raises(ColorError, match=r"Did you mean blue\?$"):
        parse_color("bleu")


def test_the_sentence_stays_short_whatever_was_sent() -> None:
    with pytest.raises(ColorError) as error:
        parse_color("x" * 3_000_000)
    assert len(str(error.value)) < 160


@given(st.text(max_size=50))
def test_whatever_the_text_a_suggestion_is_a_colour(text: str) -> None:
    suggestion = None
    try:
        parse_color(text)
    except ColorError as error:
        suggestion = error.suggestion
    assert suggestion is None or parse_color(suggestion)


@pytest.mark.parametrize(
    ("first", "second", "ratio"),
    [
        ("#000", "#fff", 21.0),
        ("#fff", "#fff", 1.0),
        # The examples that accessibility checkers are usually tried with.
        ("#777", "#fff", 4.48),
        ("#767676", "#fff", 4.54),
        ("#f00", "#fff", 4.0),
        ("#ff0", "#00f", 8.00),
    ],
)
def test_contrast_is_that_of_wcag(first: str, second: str, ratio: float) -> None:
    assert contrast(parse_color(first), parse_color(second)) == pytest.approx(ratio, abs=0.005)


@given(opaque_colors, opaque_colors)
def test_contrast_is_the_same_both_ways_and_between_1_and_21(first: Color, second: Color) -> None:
    assert 1 <= contrast(first, second) == contrast(second, first) <= 21 + 1e-9


@given(colors, colors)
def test_laying_over_agrees_with_pillow(top: Color, bottom: Color) -> None:
    below = Image.new("RGBA", (1, 1), (bottom.red, bottom.green, bottom.blue, bottom.alpha))
    below.alpha_composite(Image.new("RGBA", (1, 1), (top.red, top.green, top.blue, top.alpha)))
    expected = below.getpixel((0, 0))
    assert isinstance(expected, tuple)
    seen = over(top, bottom)
    assert seen.alpha == pytest.approx(expected[3], abs=1)
    # Where nearly nothing is there, a rounded alpha leaves the channels undetermined.
    if seen.alpha > 32:
        assert (seen.red, seen.green, seen.blue) == pytest.approx(expected[:3], abs=2)


def test_an_opaque_colour_hides_what_it_lies_on() -> None:
    assert over(BLACK, WHITE) == BLACK


def test_nothing_over_a_colour_leaves_it() -> None:
    assert over(TRANSPARENT, Color(1, 2, 3, 4)) == Color(1, 2, 3, 4)
