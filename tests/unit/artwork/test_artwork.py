from __future__ import annotations

from tests.unit.render.independent import symbol_of

from qr_engine.artwork import Artwork, rows
from qr_engine.artwork.color import BLACK, WHITE


def test_the_quiet_zone_counts_on_both_sides() -> None:
    artwork = Artwork(symbol_of("a", 1), margin=4, size=300, foreground=BLACK, background=WHITE)
    assert artwork.modules == 29


def test_a_module_has_the_largest_whole_number_of_pixels_that_fits() -> None:
    artwork = Artwork(symbol_of("a", 1), margin=4, size=289, foreground=BLACK, background=WHITE)
    assert artwork.module_pixels == 9


def test_rows_run_from_top_to_bottom_without_the_guard_bits() -> None:
    lines = rows(symbol_of("a", 1))
    assert [len(line) for line in lines] == [21] * 21
    # A finder pattern in every corner but the bottom right one (ISO/IEC 18004:2015, 6.3.3).
    assert [line[:7] for line in lines[:3]] == ["1111111", "1000001", "1011101"]
    assert [line[-7:] for line in lines[:3]] == ["1111111", "1000001", "1011101"]
    assert [line[:7] for line in lines[-3:]] == ["1011101", "1000001", "1111111"]
