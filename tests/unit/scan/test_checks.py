from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.unit.render.independent import symbol_of

from qr_engine.artwork import Artwork
from qr_engine.artwork.color import Color, parse_color
from qr_engine.scan import report_scan, scan_issues
from qr_engine.scan.checks import find_issues, judge

channels = st.integers(0, 255)
colors = st.builds(Color, channels, channels, channels, channels)


def artwork(
    foreground: str = "black", background: str = "white", *, margin: int = 4, size: int = 300, micro: bool = False
) -> Artwork:
    symbol = replace(symbol_of("scan"), micro=micro)
    return Artwork(
        symbol, margin=margin, size=size, foreground=parse_color(foreground), background=parse_color(background)
    )


def codes(picture: Artwork, format_name: str = "svg") -> list[str]:
    return [advice.code for advice in report_scan(picture, format_name).warnings]


def test_a_plain_code_has_full_contrast_and_nothing_to_warn_of() -> None:
    judged = report_scan(artwork())
    assert (judged.contrast, judged.inverted, judged.quiet_zone, judged.warnings) == (21.0, False, 4, ())


def test_a_module_of_an_svg_may_have_a_fraction_of_a_pixel() -> None:
    assert report_scan(artwork(size=300), "svg").module_pixels == 9.09


def test_a_module_of_a_png_has_whole_pixels() -> None:
    assert report_scan(artwork(size=300), "png").module_pixels == 9


def test_what_lets_through_is_judged_on_white() -> None:
    assert report_scan(artwork("#00000080", "transparent")).contrast == pytest.approx(3.95, abs=0.05)


def test_light_modules_on_dark_are_inverted() -> None:
    judged = report_scan(artwork("white", "black"))
    assert judged.inverted
    assert [advice.code for advice in judged.warnings] == ["inverted"]


@pytest.mark.parametrize(
    ("picture", "code"),
    [
        (artwork("#888", "#fff"), "low_contrast"),
        (artwork(margin=3), "narrow_quiet_zone"),
        (artwork(margin=1, micro=True), "narrow_quiet_zone"),
        (artwork(background="#ffffff80"), "transparent_background"),
        (artwork(background="transparent"), "transparent_background"),
    ],
)
def test_what_some_readers_trip_over_is_warned_of(picture: Artwork, code: str) -> None:
    assert codes(picture) == [code]


@pytest.mark.parametrize("picture", [artwork("#767676"), artwork(margin=4), artwork(margin=2, micro=True)])
def test_what_just_meets_a_rule_is_not_warned_of(picture: Artwork) -> None:
    assert codes(picture) == []


def test_few_pixels_a_module_are_warned_of_where_there_are_pixels() -> None:
    picture = artwork(size=33 * 3 - 1)
    assert codes(picture, "png") == ["small_modules"]
    assert codes(picture, "svg") == []
    assert codes(artwork(size=33 * 3), "png") == []


@pytest.mark.parametrize(
    ("picture", "format_name"),
    [(artwork("#888"), "svg"), (artwork(margin=1), "svg"), (artwork(size=40), "png")],
)
def test_taking_the_advice_settles_it(picture: Artwork, format_name: str) -> None:
    (advice,) = report_scan(picture, format_name).warnings
    changed = {
        "colors.foreground": lambda value: replace(picture, foreground=parse_color(value)),
        "margin": lambda value: replace(picture, margin=value),
        "size": lambda value: replace(picture, size=value),
    }[str(advice.path)](advice.suggestion)
    assert report_scan(changed, format_name).warnings == ()


def test_a_contrast_under_three_is_rejected_with_its_ratio_and_a_darker_colour() -> None:
    (issue,) = scan_issues(artwork("#ffd700", "#fff"), "svg")
    assert issue.path == "colors.foreground"
    assert issue.message == "Must have a contrast ratio of at least 3, not 1.4."
    # The same gold, darker: red and green in the proportion they had.
    assert issue.suggestion == "#7f6b00"


def test_a_ratio_just_short_of_three_is_not_rounded_up_to_it() -> None:
    (issue,) = scan_issues(artwork("#959595"), "svg")
    assert issue.message == "Must have a contrast ratio of at least 3, not 2.99."


def test_a_contrast_of_three_is_enough() -> None:
    assert scan_issues(artwork("#949494"), "svg") == ()


@given(foreground=colors, background=colors)
def test_the_suggestion_for_a_rejected_colour_is_accepted_without_a_warning_about_contrast(
    foreground: Color, background: Color
) -> None:
    picture = replace(artwork(), foreground=foreground, background=background)
    found = scan_issues(picture, "svg")
    assume(found)
    color = parse_color(str(found[0].suggestion))
    changed = (
        replace(picture, foreground=color)
        if found[0].path == "colors.foreground"
        else replace(picture, background=color)
    )
    assert scan_issues(changed, "svg") == ()
    assert "low_contrast" not in codes(changed)


def test_less_than_a_pixel_a_module_is_rejected_where_there_are_pixels() -> None:
    (issue,) = scan_issues(artwork(size=32), "png")
    assert (issue.path, issue.limit, issue.suggestion) == ("size", {"min": 33}, 99)


def test_a_drawing_without_pixels_may_be_of_any_size() -> None:
    assert scan_issues(artwork(size=32), "svg") == ()


def test_all_reasons_are_given_at_once() -> None:
    assert [issue.path for issue in scan_issues(artwork("yellow", size=10), "png")] == ["colors.foreground", "size"]


@pytest.mark.parametrize("format_name", ["svg", "png"])
def test_a_remembered_judgement_is_that_of_the_same_look(format_name: str) -> None:
    looks = [
        artwork(foreground, background, size=size)
        for foreground in ("black", "#777", "#ffd700", "#00000080")
        for background in ("white", "black", "transparent")
        for size in (64, 100, 300)
    ]
    looks += [replace(look, padding=10) for look in looks]
    first = [(report_scan(look, format_name), scan_issues(look, format_name)) for look in looks]
    again = [(report_scan(look, format_name), scan_issues(look, format_name)) for look in reversed(looks)]
    raster = format_name == "png"
    fresh = [(judge(look, raster=raster), find_issues(look, raster=raster, faint=False)) for look in looks]
    assert first == again[::-1] == fresh
