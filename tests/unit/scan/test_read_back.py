from __future__ import annotations

import io

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from qr_engine.artwork import Artwork, rows
from qr_engine.artwork.color import BLACK, TRANSPARENT, WHITE, Color, parse_color
from qr_engine.render import draw
from qr_engine.scan.conditions import CONDITIONS
from qr_engine.scan.read_back import Condition, Expected, Failure, ReadBack, can_read, read_back, read_back_issues
from qr_engine.symbol import Symbol, encode

TEXT = "https://example.com/read-back"


def picture(
    symbol: Symbol,
    *,
    size: int = 300,
    margin: int = 4,
    foreground: Color = BLACK,
    background: Color = WHITE,
) -> Image.Image:
    artwork = Artwork(symbol, margin=margin, size=size, foreground=foreground, background=background)
    with Image.open(io.BytesIO(draw(artwork, "png"))) as image:
        image.load()
        return image


def conditions(found: ReadBack) -> dict[str, int]:
    return {condition.name: condition.passed for condition in found.conditions}


@pytest.mark.parametrize("version", [3, 7, 10, 20, 40])
@pytest.mark.parametrize("margin", [0, 4])
def test_a_plain_code_passes_everything(version: int, margin: int) -> None:
    symbol = encode(TEXT, version=version)
    size = 6 * (symbol.size + 2 * margin)
    found = read_back(picture(symbol, size=size, margin=margin), TEXT, module_pixels=6)
    assert found == ReadBack(
        100,
        (
            Condition("as_it_is", 1),
            Condition("reduced", 1),
            Condition("dark_on_light", 1),
            *(Condition(name, 1) for name in CONDITIONS),
        ),
    )


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_a_picture_may_have_any_mode(mode: str) -> None:
    image = picture(encode(TEXT)).convert("RGBA").convert(mode)
    found = read_back(image, TEXT, module_pixels=9)
    assert (found.score, len(found.conditions)) == (100, 3 + len(CONDITIONS))


@pytest.mark.parametrize("pixels", [21, 40, 77])
def test_no_reader_is_given_a_picture_larger_than_it_needs(pixels: int) -> None:
    symbol = encode(TEXT)
    sides: list[int] = []

    def reader(image: Image.Image, expected: Expected) -> bool:
        sides.append(image.width)
        return can_read(image, expected)

    image = picture(symbol, size=pixels * (symbol.size + 8))
    assert read_back(image, TEXT, module_pixels=pixels, reader=reader).score == 100
    assert max(sides) < 20 * (symbol.size + 8)


def test_dark_on_transparent_is_lost_on_a_dark_page() -> None:
    image = picture(encode(TEXT), background=TRANSPARENT)
    found = read_back(image, TEXT, module_pixels=9)
    assert [name for name, passed in conditions(found).items() if not passed] == ["on_dark"]
    assert (found.score, found.worst_condition) == (89, "fails on a dark page")


def test_colours_that_show_on_both_pages_are_read_on_both() -> None:
    image = picture(encode(TEXT), foreground=parse_color("#c0392b"), background=TRANSPARENT)
    assert conditions(read_back(image, TEXT, module_pixels=9))["on_dark"] == 1


def test_light_on_dark_is_read_by_a_third_of_the_readers() -> None:
    image = picture(encode(TEXT), foreground=WHITE, background=BLACK)
    found = read_back(image, TEXT, module_pixels=9)
    assert [name for name, passed in conditions(found).items() if not passed] == ["dark_on_light"]
    assert (found.score, found.worst_condition) == (33, "fails with readers that only take dark on light")


def test_a_pale_code_has_a_low_score_and_is_said_to_fail_in_dim_light() -> None:
    image = picture(encode(TEXT), foreground=parse_color("#949494"))
    found = read_back(image, TEXT, module_pixels=9)
    assert found.failure is None
    assert found.score <= 40
    assert found.worst_condition == "fails in dim light"


def test_a_code_that_passes_everything_fails_nothing() -> None:
    assert read_back(picture(encode(TEXT)), TEXT, module_pixels=9).worst_condition is None


def test_a_blurred_picture_has_a_lower_score() -> None:
    image = picture(encode(TEXT)).convert("L").filter(ImageFilter.GaussianBlur(0.35 * 9))
    found = read_back(image, TEXT, module_pixels=9)
    assert found.failure is None
    assert 0 < found.score < 100


@pytest.mark.parametrize(
    "text",
    [
        "Grüße aus Köln",
        "日本語のテキスト",
        "±°µ×",
        "😀👍🏽",
        "שלום",
        "茗荷",
        "A\x1dB\r\nC",
        "12345",
        "HELLO WORLD",
    ],
)
def test_what_is_read_is_compared_exactly(text: str) -> None:
    assert read_back(picture(encode(text)), text, module_pixels=9).score == 100


def test_bytes_that_a_reader_takes_for_another_set_are_right_where_no_eci_was_asked_for() -> None:
    assert read_back(picture(encode("茗荷", eci="never")), "茗荷", module_pixels=10).score == 100


def test_kanji_mode_is_read_as_text() -> None:
    symbol = encode("日本語", kanji=True)
    assert [segment.mode for segment in symbol.segments] == ["kanji"]
    assert read_back(picture(symbol), "日本語", module_pixels=10).score == 100


def test_a_micro_symbol_is_read_back() -> None:
    symbol = encode("MICRO", micro=True)
    found = read_back(picture(symbol, margin=2, size=190), "MICRO", module_pixels=190 // (symbol.size + 4))
    assert conditions(found)["as_it_is"] == 1


def test_another_text_is_a_failure() -> None:
    found = read_back(picture(encode(TEXT)), "https://example.com/else", module_pixels=9)
    assert found == ReadBack(0, (Condition("as_it_is", 0),), "different_text")


def test_too_much_damage_is_a_failure() -> None:
    image = picture(encode(TEXT, error_correction="L", boost=False))
    # The lower right, where there is nothing but data, from the middle on.
    ImageDraw.Draw(image).rectangle((130, 130, 250, 250), fill=0)
    assert read_back(image, TEXT, module_pixels=9).failure == "damaged"


def test_a_finder_pattern_painted_over_is_a_failure() -> None:
    image = picture(encode(TEXT)).convert("L")
    ImageDraw.Draw(image).rectangle((0, 0, 110, 110), fill=255)
    assert read_back(image, TEXT, module_pixels=9).failure == "not_found"


def test_a_picture_of_nothing_is_a_failure() -> None:
    assert read_back(Image.new("L", (300, 300), 255), TEXT, module_pixels=9).failure == "not_found"


def draw_dots(gap: int) -> Image.Image:
    """A code of 20 pixels a module whose modules are apart, with `gap` pixels off each edge, and whole eyes."""
    symbol = encode(TEXT)
    image = Image.new("L", (20 * (symbol.size + 8),) * 2, 255)
    pen = ImageDraw.Draw(image)
    for row, line in enumerate(rows(symbol)):
        for column, module in enumerate(line):
            left, top = 20 * (column + 4), 20 * (row + 4)
            if module == "1":
                pen.rectangle((left + gap, top + gap, left + 19 - gap, top + 19 - gap), fill=0)
    far = symbol.size - 7
    for column, row in ((0, 0), (far, 0), (0, far)):
        for inset, shade in ((0, 0), (1, 255), (2, 0)):
            left, top, side = 20 * (column + 4 + inset), 20 * (row + 4 + inset), 20 * (7 - 2 * inset)
            pen.rectangle((left, top, left + side - 1, top + side - 1), fill=shade)
    return image


def test_the_finer_the_pattern_the_lower_the_score() -> None:
    scores = [read_back(draw_dots(gap), TEXT, module_pixels=20).score for gap in (0, 4, 5, 6, 8)]
    assert scores == sorted(scores, reverse=True)
    assert scores[:2] == [100, 100]
    assert 0 < scores[2] < 100
    assert scores[3:] == [0, 0]


def test_a_pattern_too_fine_to_be_reduced_is_a_failure_there() -> None:
    found = read_back(draw_dots(9), TEXT, module_pixels=20)
    assert found == ReadBack(0, (Condition("as_it_is", 1), Condition("reduced", 0)), "damaged")


def test_nothing_more_is_tried_after_a_failure() -> None:
    assert len(read_back(Image.new("L", (90, 90)), TEXT, module_pixels=3).conditions) == 1


def test_a_picture_that_was_read_is_not_refused() -> None:
    assert read_back_issues(ReadBack(80, (Condition("as_it_is", 1),)), ["logo.size"]) == ()


@pytest.mark.parametrize(
    ("failure", "asked", "path", "suggestion"),
    [
        ("damaged", ["data_pattern", "logo.size"], "logo.size", None),
        ("damaged", ["data_pattern"], "data_pattern", "square"),
        ("damaged", [], "error_correction", "H"),
        ("not_found", ["eye_shape", "logo.size"], "eye_shape", "square"),
        ("not_found", ["size"], "size", 600),
        ("different_text", ["eci"], "eci", "always"),
    ],
)
def test_a_refusal_names_what_is_most_likely_to_blame(
    failure: Failure, asked: list[str], path: str, suggestion: str | int | None
) -> None:
    found = ReadBack(0, (Condition("as_it_is", 0),), failure)
    (issue,) = read_back_issues(found, asked)
    assert (issue.path, issue.suggestion) == (path, suggestion)


def test_a_refusal_says_where_it_failed() -> None:
    (issue,) = read_back_issues(
        ReadBack(0, (Condition("as_it_is", 1), Condition("reduced", 0)), "damaged"), ["data_pattern"]
    )
    assert issue.message == (
        "A decoder finds more errors in the finished picture than it can correct at 3 pixels a module: "
        "use a pattern that fills more of each module."
    )


def test_wide_stripes_within_the_modules_are_read_in_black_and_white() -> None:
    image = picture(encode(TEXT), size=40 * (encode(TEXT).size + 8)).convert("L")
    # Dark modules with lighter stripes, light ones with darker ones: a threshold of each block of pixels tells the
    # stripes apart, one of the whole picture the modules.
    stripes = Image.new("L", image.size)
    for top in range(0, image.height, 16):
        ImageDraw.Draw(stripes).rectangle((0, top, image.width, top + 7), fill=80)
    striped = Image.composite(ImageChops.invert(stripes), stripes, image.point([0] * 128 + [255] * 128))
    assert conditions(read_back(striped, TEXT, module_pixels=40))["as_it_is"] == 1
