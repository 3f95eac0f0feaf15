from __future__ import annotations

from statistics import mean

import pytest

from qr_engine.artwork import Artwork
from qr_engine.artwork.color import BLACK, WHITE, parse_color
from qr_engine.render.raster.compose import draw_pixels
from qr_engine.scan import ScanReport, report_scan
from qr_engine.scan.read_back import read_back
from qr_engine.symbol import encode

TEXT = "https://example.com/estimate"
COLORS = (
    ("#949494", "white"),
    ("#707070", "white"),
    ("#1a237e", "white"),
    ("#c0392b", "white"),
    ("#2e7d32", "white"),
    ("#444", "white"),
    ("black", "#ffd600"),
    ("black", "#c8e6c9"),
    ("black", "#9e9e9e"),
    ("black", "#6b6b6b"),
    ("#00838f", "#e0f7fa"),
    ("white", "black"),
    ("#ffd600", "#1a237e"),
    ("white", "#c0392b"),
    ("black", "transparent"),
    ("#c0392b", "transparent"),
)


def plain(foreground: str, background: str = "white", *, margin: int = 4, micro: bool = False) -> Artwork:
    symbol = encode("MICRO" if micro else TEXT, micro=micro)
    size = 8 * (symbol.size + 2 * margin)
    ink, ground = parse_color(foreground), parse_color(background)
    return Artwork(symbol, margin=margin, size=size, foreground=ink, background=ground)


def estimate(foreground: str, background: str = "white", *, margin: int = 4, micro: bool = False) -> ScanReport:
    return report_scan(plain(foreground, background, margin=margin, micro=micro), "png")


@pytest.mark.parametrize("margin", [0, 1, 4])
def test_black_on_white_needs_no_estimate(margin: int) -> None:
    report = report_scan(Artwork(encode(TEXT), margin=margin, size=300, foreground=BLACK, background=WHITE))
    assert (report.score, report.estimated, report.worst_condition) == (None, False, None)


def test_colours_are_estimated() -> None:
    report = estimate("#1a237e")
    assert report.estimated
    assert report.score is not None
    assert 80 <= report.score <= 100


@pytest.mark.parametrize("margin", [1, 4])
def test_an_estimate_is_near_what_the_read_back_finds(margin: int) -> None:
    errors = []
    for foreground, background in COLORS:
        artwork = plain(foreground, background, margin=margin)
        score = report_scan(artwork, "png").score
        assert score is not None
        errors.append(abs(score - read_back(draw_pixels(artwork), TEXT, module_pixels=8).score))
    assert mean(errors) <= 10
    assert max(errors) <= 25


def test_the_paler_the_lower() -> None:
    scores = [estimate(color).score for color in ("#333", "#444", "#555", "#777", "#999")]
    assert scores == sorted(scores, key=lambda score: -(score or 0))
    assert len(set(scores)) == len(scores)


def test_light_on_dark_has_a_third_at_most() -> None:
    report = estimate("white", "black")
    assert (report.score, report.worst_condition) == (33, "fails with readers that only take dark on light")


def test_pale_colours_fail_in_dim_light() -> None:
    assert estimate("#949494").worst_condition == "fails in dim light"


def test_a_dark_background_fails_out_of_focus_on_a_white_page() -> None:
    assert estimate("black", "#b4b4b4").worst_condition == "fails out of focus"


def test_black_that_lets_the_page_through_fails_on_a_dark_one() -> None:
    assert estimate("black", "transparent").worst_condition == "fails on a dark page"
    assert estimate("#c0392b", "transparent").worst_condition != "fails on a dark page"


def test_a_narrow_quiet_zone_costs_where_the_background_is_not_that_of_the_page() -> None:
    wide, narrow = (estimate("black", "#c8c8c8", margin=margin).score for margin in (4, 3))
    assert (wide or 0) > (narrow or 0)
    assert estimate("#444", margin=4).score == estimate("#444", margin=0).score


def test_micro_symbols_need_half_the_quiet_zone() -> None:
    assert (
        estimate("black", "#c8c8c8", margin=2, micro=True).score
        == estimate("black", "#c8c8c8", margin=4, micro=True).score
    )
