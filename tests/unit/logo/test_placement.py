from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.logo.pictures import picture, read
from tests.unit.symbol.areas import largest_square

from qr_engine.logo import PlacementOptions, fit_logo
from qr_engine.symbol import encode
from qr_engine.symbol.model import AreaShape

SQUARE = read(picture(size=(50, 50)))
WIDE = read(picture(size=(100, 40)))
TALL = read(picture(size=(40, 100)))
SYMBOL = encode("https://example.com/", version=7, error_correction="H", boost=False)


def test_a_logo_lies_in_the_middle_with_its_longer_side_as_wanted() -> None:
    for logo, across, down in ((SQUARE, 9, 9), (WIDE, 9, 3.6), (TALL, 3.6, 9)):
        left, top, right, bottom = fit_logo(SYMBOL, logo, PlacementOptions(size=20)).box
        assert (right - left, bottom - top) == pytest.approx((across, down))
        assert (left + right, top + bottom) == pytest.approx((45, 45))


@pytest.mark.parametrize(("padding", "side"), [(0, 9), (0.4, 11), (1, 11), (1.01, 13), (2, 13)])
def test_the_plate_holds_the_padding_and_cuts_no_module(padding: float, side: int) -> None:
    plate = fit_logo(SYMBOL, SQUARE, PlacementOptions(size=20, padding=padding)).plate
    assert plate == ((45 - side) / 2, (45 - side) / 2, (45 + side) / 2, (45 + side) / 2)


def test_the_modules_under_the_plate_are_cleared() -> None:
    placement = fit_logo(SYMBOL, SQUARE, PlacementOptions(size=20))
    assert placement.cleared.bit_count() == 11 * 11
    assert fit_logo(SYMBOL, WIDE, PlacementOptions(size=20)).cleared.bit_count() == 11 * 7


def test_modules_that_stay_are_counted_all_the_same_without_the_padding() -> None:
    placement = fit_logo(SYMBOL, SQUARE, PlacementOptions(size=20, clear_modules=False))
    assert placement.cleared == 0
    assert placement.cover == fit_logo(SYMBOL, SQUARE, PlacementOptions(size=20, padding=0)).cover
    assert sum(placement.cover.touched) > 0


def test_a_round_plate_covers_less_than_a_square_one() -> None:
    covered = {
        shape: fit_logo(SYMBOL, SQUARE, PlacementOptions(size=30, shape=shape)).cleared.bit_count()
        for shape in ("square", "rounded_square", "circle")
    }
    assert covered["circle"] < covered["rounded_square"] < covered["square"]


@pytest.mark.parametrize("shape", ["circle", "rounded_square"])
def test_a_wide_logo_has_a_plate_as_high_as_it_is_wide_where_that_is_round(shape: AreaShape) -> None:
    left, top, right, bottom = fit_logo(SYMBOL, WIDE, PlacementOptions(shape=shape)).plate
    assert right - left == bottom - top


def test_a_quarter_of_the_correction_is_kept_for_the_camera() -> None:
    side = largest_square(7, "H")
    wanted = PlacementOptions(size=100 * side / 45, padding=0)
    assert not fit_logo(SYMBOL, SQUARE, wanted).cover.fits
    assert fit_logo(SYMBOL, SQUARE, wanted, reserve=0).cover.fits


@given(size=st.floats(1, 1000), padding=st.floats(0, 50), shape=st.sampled_from(["square", "circle", "rounded_square"]))
def test_a_logo_larger_than_the_code_covers_all_of_it_and_does_not_fit(
    size: float, padding: float, shape: AreaShape
) -> None:
    placement = fit_logo(SYMBOL, SQUARE, PlacementOptions(size=size, padding=padding, shape=shape))
    left, top, right, bottom = placement.plate
    assert 0 <= left < right <= 45
    assert 0 <= top < bottom <= 45
    if size >= 100:
        assert placement.cover.forbidden
        assert not placement.cover.fits
