from __future__ import annotations

import pytest

from qr_engine.artwork.lettering import TooWide, set_text
from qr_engine.artwork.lettering.font import advances, cap_height
from qr_engine.artwork.lettering.layout import _break_in_two
from qr_engine.artwork.model import Path as Outline
from qr_engine.artwork.paths import bounds


def height(path: Outline) -> float:
    _, top, _, bottom = bounds(path)
    return bottom - top


def test_a_short_text_is_one_line_in_the_middle_of_its_box() -> None:
    path = set_text("HH", 40, 6)
    left, top, right, bottom = bounds(path)
    assert (left + right, top + bottom) == pytest.approx((40, 6), abs=0.01)
    assert height(path) == pytest.approx(0.44 * 6, abs=0.01)


def test_a_longer_text_becomes_smaller_until_it_fits() -> None:
    left, _, right, _ = bounds(set_text("Supercalifragilistic", 20, 6))
    assert 18.5 < right - left <= 20
    assert height(set_text("HHHHHHHHHHHH", 20, 6)) < height(set_text("HHHHH", 20, 6))


def test_a_long_text_is_broken_where_that_makes_it_larger() -> None:
    one = set_text("HHHHHHHHHHHHHHHHHH", 20, 6)
    two = set_text("HHHHHHHHH HHHHHHHH", 20, 6)
    assert height(two) > 2 * height(one)
    left, top, right, bottom = bounds(two)
    assert 0 <= left < right <= 20
    assert top + bottom == pytest.approx(6, abs=0.01)


def test_a_text_that_fits_is_not_broken() -> None:
    assert height(set_text("SCAN ME", 40, 6)) < 0.5 * 6


def test_lines_are_broken_where_they_are_most_even() -> None:
    even = set_text("HH HHH HHH HH", 10, 6)
    left, _, right, _ = bounds(even)
    assert right - left == pytest.approx(advances("HH HHH")[-1] * 0.28 * 6 / cap_height(), abs=0.4)


def test_no_line_begins_with_a_dash() -> None:
    assert _break_in_two("Menus — vegan") == ["Menus —", "vegan"]
    assert _break_in_two("Wi-Fi") == ["Wi-", "Fi"]
    assert _break_in_two("Menu") is None


def test_a_text_that_would_be_too_small_is_refused_with_how_much_of_it_fits() -> None:
    with pytest.raises(TooWide) as refused:
        set_text("W" * 50, 20, 6)
    fitting = "W" * int(50 * refused.value.factor)
    assert set_text(fitting, 20, 6)
