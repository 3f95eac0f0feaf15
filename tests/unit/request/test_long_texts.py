"""The longest text is that of all the symbols that share it."""

import pytest

from qr_engine.errors import TooMuchData
from qr_engine.pipeline.generate import plan
from qr_engine.request import parse


def test_sixteen_symbols_share_what_one_does_not_hold() -> None:
    append = {"part": 16, "parts": 16}
    artwork, _ = plan(parse({"data": "x" * 15_000, "structured_append": append})[1])
    assert artwork.symbol.version < 40
    digits = parse({"data": "1" * 16 * 7083, "structured_append": append, "error_correction": "L"})[1]
    assert plan(digits)[0].symbol.version == 40


@pytest.mark.parametrize("parts", [2, 16])
def test_more_than_all_of_them_hold_is_refused_with_what_they_hold(parts: int) -> None:
    with pytest.raises(TooMuchData) as caught:
        parse({"data": "1" * (parts * 7083 + 1), "structured_append": {"part": 1, "parts": parts}})
    (issue,) = caught.value.issues
    assert issue.message == f"Must have at most {parts * 7083} characters in {parts} symbols."
    assert caught.value.extra["capacity"] == parts * 7083


def test_letters_that_all_of_them_do_not_hold_are_refused_with_what_they_hold() -> None:
    with pytest.raises(TooMuchData, match="16 symbols together hold"):
        plan(parse({"data": "x" * 60_000, "structured_append": {"part": 1, "parts": 16}})[1])


def test_a_part_that_does_not_fit_is_spoken_of_as_one() -> None:
    with pytest.raises(TooMuchData, match="The part of one of the 2 symbols does not fit"):
        plan(parse({"data": "x" * 5_000, "structured_append": {"part": 1, "parts": 2}})[1])


def test_one_symbol_has_the_limit_it_had() -> None:
    with pytest.raises(TooMuchData, match="no symbol holds more than 7089"):
        parse({"data": "1" * 7090})


@pytest.mark.parametrize("text", ["\ufeffhttps://example.com", "https://example.com/\u200b", "a\u202eb"])
def test_plain_data_with_what_nobody_sees_are_drawn_with_a_warning(text: str) -> None:
    _, scan = plan(parse({"data": text})[1])
    (warning,) = scan.warnings
    assert (warning.code, warning.path) == ("invisible_characters", "data")
    assert "U+" in warning.message


def test_a_logo_leaves_the_modules_of_json_as_they_are_encoded() -> None:
    import json

    from qr_engine.pipeline.generate import draw_picture

    svg = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'><path d='M0 0h8v8H0z'/></svg>"
    fields = {"data": "https://example.com", "format": "json", "error_correction": "H", "version": 5}
    plain = json.loads(draw_picture(parse(fields)[1])[0])
    with_logo = json.loads(draw_picture(parse({**fields, "logo": {"data": svg}})[1])[0])
    cleared = with_logo.pop("cleared")
    assert with_logo | {"mask": 0} == plain | {"mask": 0}
    assert any("1" in row for row in cleared)
