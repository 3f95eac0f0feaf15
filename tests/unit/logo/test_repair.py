from __future__ import annotations

import io
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from tests.unit.logo.pictures import picture, read
from tests.unit.symbol.areas import largest_square

from qr_engine.artwork import Artwork
from qr_engine.artwork.color import BLACK, WHITE
from qr_engine.errors import WouldNotScan
from qr_engine.logo import LogoFit, PlacementOptions, repair
from qr_engine.logo.placement import fit_logo
from qr_engine.render import draw
from qr_engine.scan.read_back import read_back
from qr_engine.symbol import Level, Symbol, encode, has_room_for
from qr_engine.symbol.standard import capacities

URL = "https://example.com/abc"
LOGO = read(picture(size=(50, 50)))


def exactly(text: str, level: Level, version: int) -> Symbol:
    return encode(text, error_correction=level, version=version, boost=False)


def repair_at(
    text: str = URL,
    size: float = 20,
    *,
    level: Level = "M",
    version: int | None = None,
    boost: bool = True,
    change: bool = True,
    padding: float = 1,
) -> LogoFit:
    asked = encode(text, error_correction=level, version=version, boost=boost)
    wanted = PlacementOptions(size=size, padding=padding)
    make, holds = partial(exactly, text), partial(has_room_for, text)
    return repair(asked, LOGO, wanted, make=make, holds=holds, least=level, version=version, change=change)


def test_what_fits_is_left_alone() -> None:
    asked = encode(URL)
    fitted = repair_at(size=10)
    assert (fitted.symbol, fitted.changes) == (asked, ())


def test_the_level_is_raised_where_the_version_allows() -> None:
    fitted = repair_at(level="L", version=5, boost=False, size=15)
    assert (fitted.symbol.version, fitted.symbol.error_correction) == (5, "H")
    assert fitted.changes == (
        "The error correction level is H instead of L, so that the code stays readable with the logo.",
    )


@pytest.mark.parametrize(("padding", "remedy"), [(1, "a higher version, or less padding."), (0, "a higher version.")])
def test_where_no_size_fits_it_says_what_would(padding: float, remedy: str) -> None:
    with pytest.raises(WouldNotScan) as raised:
        repair_at("HI", 20, level="L", version=1, boost=False, padding=padding, change=padding > 0)
    (issue,) = raised.value.issues
    assert (issue.path, issue.limit) == ("logo.size", None)
    assert issue.message.endswith(f"No smaller logo fits into version 1 either: use {remedy}")


def test_the_smallest_version_that_bears_the_logo_is_taken() -> None:
    fitted = repair_at(size=20)
    assert (encode(URL).version, fitted.symbol.version, fitted.symbol.error_correction) == (2, 3, "H")
    assert fitted.changes == (
        "The error correction level is H instead of M, so that the code stays readable with the logo.",
        "The version was raised from 2 to 3 to make room for the logo.",
    )


def test_a_weaker_level_is_taken_where_it_bears_more() -> None:
    # 15-H bears 29 modules and 15-Q 35; the boost had raised it to H.
    side = largest_square(15, "Q", reserve=0.25)
    assert side > largest_square(15, "H", reserve=0.25)
    fitted = repair_at("x", 100 * side / 77, version=15, padding=0)
    assert fitted.symbol.error_correction == "Q"
    assert fitted.changes == (
        "The error correction level is Q instead of H, so that the code stays readable with the logo.",
    )


def test_the_logo_shrinks_where_nothing_else_is_enough() -> None:
    fitted = repair_at(size=60)
    assert fitted.symbol.size <= 25 * 4 / 3
    assert fitted.changes[-1] == "The size of the logo was reduced from 60 to 27 percent."
    left, _, right, _ = fitted.placement.box
    assert right - left == pytest.approx(0.27 * fitted.symbol.size)


def test_a_fixed_version_stays() -> None:
    fitted = repair_at(size=40, version=4)
    assert fitted.symbol.version == 4


def test_a_level_that_was_asked_for_is_never_undercut() -> None:
    assert repair_at(size=40, level="H").symbol.error_correction == "H"


def test_nothing_is_changed_where_nothing_may_be() -> None:
    with pytest.raises(WouldNotScan) as raised:
        repair_at(size=20, change=False)
    (issue,) = raised.value.issues
    assert issue.path == "logo.size"
    assert issue.message == ("The logo covers 10 codewords of one block, which may lose 6 in version 2 at level M.")
    assert (issue.limit, issue.suggestion) == ({"max": 12}, 12)
    assert raised.value.extra == {
        "version": 2,
        "error_correction": "M",
        "touched": 10,
        "allowed": 6,
        "reserve": 0.25,
    }


def test_the_suggested_size_fits() -> None:
    assert repair_at(size=12, change=False).changes == ()


def test_a_logo_over_the_finder_patterns_is_told_so() -> None:
    with pytest.raises(WouldNotScan) as raised:
        repair_at(size=95, change=False)
    assert raised.value.issues[0].message.startswith(
        "The logo covers modules that every reader needs to find the symbol or its format: finder, separator, timing"
    )


def test_what_no_change_mends_is_refused() -> None:
    # Version 1 at level L: two codewords of correction, once the reserve is off, and nothing to grow into.
    with pytest.raises(WouldNotScan):
        repair_at("x" * 17, 30, level="L", version=1)


@pytest.mark.parametrize("size", [15, 33, 60])
def test_only_the_symbol_that_is_drawn_is_made(size: float) -> None:
    asked = encode(URL, error_correction="L", boost=False)
    made: list[Symbol] = []

    def make(level: Level, version: int) -> Symbol:
        made.append(exactly(URL, level, version))
        return made[-1]

    options = PlacementOptions(size=size)
    fitted = repair(asked, LOGO, options, make=make, holds=partial(has_room_for, URL), least="L")
    assert made == [fitted.symbol]


def test_a_micro_symbol_bears_no_logo() -> None:
    symbol = encode("12345", micro=True)
    make, holds = partial(exactly, "12345"), partial(has_room_for, "12345")
    with pytest.raises(WouldNotScan) as raised:
        repair(symbol, LOGO, PlacementOptions(), make=make, holds=holds, least="L")
    assert raised.value.issues[0].path == "micro"


def draw_covered(fitted: LogoFit, shade: int) -> Image.Image:
    """The symbol at six pixels a module with its plate painted over."""
    size = 6 * (fitted.symbol.size + 8)
    artwork = Artwork(fitted.symbol, margin=4, size=size, foreground=BLACK, background=WHITE)
    with Image.open(io.BytesIO(draw(artwork, "png"))) as image:
        picture = image.convert("L")
    left, top, right, bottom = (round(6 * (edge + 4)) for edge in fitted.placement.plate)
    picture.paste(shade, (left, top, right, bottom))
    return picture


@settings(max_examples=40, deadline=None)
@given(
    length=st.integers(1, 400),
    size=st.integers(5, 100),
    padding=st.integers(0, 2),
    shade=st.sampled_from([0, 255]),
    level=st.sampled_from(["L", "M", "Q", "H"]),
)
def test_what_is_repaired_is_read(length: int, size: int, padding: int, shade: int, level: Level) -> None:
    text = ("https://example.com/" + "abcdefghij" * 40)[:length]
    try:
        fitted = repair_at(text, size, level=level, padding=padding)
    except WouldNotScan:
        # Only the smallest symbols have no room at all.
        assert encode(text, error_correction=level).version <= 2
        return
    assert fitted.placement.cover.fits
    assert read_back(draw_covered(fitted, shade), text, module_pixels=6).failure is None


@pytest.mark.parametrize("version", [2, 7, 13])
def test_the_side_of_the_symbol_grows_by_a_third_at_most(version: int) -> None:
    text = "x" * (capacities("M", micro=False)[version - 1] // 8 - 3)
    asked = encode(text, boost=False)
    assert asked.version == version
    grown = [repair_at(text, size, boost=False).symbol.size for size in range(10, 61, 2)]
    assert asked.size < max(grown) <= asked.size * 4 / 3


@pytest.mark.parametrize(
    ("length", "size", "level", "taken"), [(30, 9, "L", "Q"), (60, 17, "M", "Q"), (100, 10, "L", "M")]
)
def test_of_levels_that_bear_the_logo_the_one_with_most_correction_left_is_taken(
    length: int, size: float, level: Level, taken: Level
) -> None:
    fitted = repair_at("x" * length, size, level=level)
    assert fitted.symbol.error_correction == taken

    def share(other: Level) -> float:
        symbol = exactly("x" * length, other, fitted.symbol.version)
        return fit_logo(symbol, LOGO, PlacementOptions(size=size, padding=1), reserve=0.25).cover.worst_share

    weaker: list[Level] = ["L", "M"] if taken == "Q" else ["L"]
    assert all(share(taken) < share(other) for other in weaker)


def test_a_level_weaker_than_the_one_asked_for_is_not_taken_though_it_bears_more() -> None:
    side = largest_square(15, "Q", reserve=0.25)
    fitted = repair_at("x", 100 * side / 77, level="H", version=15, padding=0)
    assert fitted.symbol.error_correction == "H"
    assert "reduced" in fitted.changes[-1]
