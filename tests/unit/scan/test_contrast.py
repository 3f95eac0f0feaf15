from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.unit.render.independent import symbol_of

from qr_engine.artwork import Artwork
from qr_engine.artwork.color import BLACK, WHITE, Color, contrast, parse_color
from qr_engine.artwork.model import Gradient, Layer, Paint, Part, Stop
from qr_engine.scan import report_scan, scan_issues

channels = st.integers(0, 255)
opaque = st.builds(Color, channels, channels, channels)


def gradient(*colors: str, angle: float = 0) -> Gradient:
    stops = tuple(Stop(index / (len(colors) - 1), parse_color(color)) for index, color in enumerate(colors))
    return Gradient("linear", stops, angle, (0.5, 0.5), (0, 0, 33, 33))


def compose_parts(background: str = "white", **paints: Paint | str) -> Artwork:
    """An artwork with a layer for each part that is given."""
    plain = Artwork(symbol_of("scan"), margin=4, size=300, foreground=BLACK, background=parse_color(background))
    parts: Any = paints
    layers = [Layer(part, (), parse_color(paint) if isinstance(paint, str) else paint) for part, paint in parts.items()]
    return replace(plain, layers=tuple(layers))


def paths(artwork: Artwork) -> list[str]:
    return [issue.path for issue in scan_issues(artwork, "svg")]


@pytest.mark.parametrize(
    ("part", "path"),
    [("data", "colors.foreground"), ("eye_border", "colors.eye_border"), ("eye_center", "colors.eye_center")],
)
def test_the_part_that_is_too_faint_is_named(part: Part, path: str) -> None:
    paints: dict[str, Any] = {"data": "black", "eye_border": "navy", "eye_center": "black"}
    assert paths(compose_parts(**paints)) == []
    assert paths(compose_parts(**paints | {part: "gold"})) == [path]


def test_every_faint_part_is_named_at_once() -> None:
    assert paths(compose_parts(data="black", eye_border="yellow", eye_center="gold")) == [
        "colors.eye_border",
        "colors.eye_center",
    ]


def test_equal_eyes_are_named_once() -> None:
    artwork = compose_parts(data="black", eye_border="yellow")
    assert paths(replace(artwork, layers=artwork.layers + artwork.layers[1:] * 2)) == ["colors.eye_border"]


def test_eyes_of_several_colours_are_named_together() -> None:
    artwork = compose_parts(data="black", eye_border="yellow")
    navy = Layer("eye_border", (), parse_color("navy"))
    assert paths(replace(artwork, layers=(*artwork.layers, navy))) == ["colors.per_eye"]


def test_eyes_of_the_colour_of_the_data_share_its_fault() -> None:
    assert paths(compose_parts(data="gold", eye_border="gold", eye_center="gold")) == ["colors.foreground"]


def test_the_stop_of_a_gradient_is_named() -> None:
    assert paths(compose_parts(data=gradient("black", "gold", "navy"))) == ["gradient.colors[1]"]


def test_a_color_that_a_gradient_ends_with_again_is_named_where_it_was_given() -> None:
    assert paths(compose_parts(data=gradient("yellow", "black", "yellow"))) == ["gradient.colors[0]"]


def test_an_eye_with_the_gradient_of_the_data_shares_its_fault() -> None:
    shared = gradient("black", "gold")
    assert paths(compose_parts(data=shared, eye_border=shared)) == ["gradient.colors[1]"]


def test_an_eye_with_a_gradient_of_its_own_has_its_own_fault() -> None:
    assert paths(compose_parts(data=gradient("black", "navy"), eye_center=gradient("gold", "navy"))) == [
        "eye_gradient.colors[0]"
    ]


def test_a_background_gradient_that_darkens_is_judged_where_it_is_darkest() -> None:
    artwork = replace(
        compose_parts(data="#444"),
        layers=(Layer("background", (), gradient("white", "#777")), Layer("data", (), parse_color("#444"))),
    )
    (issue,) = scan_issues(artwork, "svg")
    # Against white it would be 9.7.
    assert issue.message == "Must have a contrast ratio of at least 3, not 2.17."


def test_a_background_that_even_black_is_too_close_to_is_what_has_to_change() -> None:
    artwork = replace(
        compose_parts(),
        layers=(Layer("background", (), gradient("white", "#333")), Layer("data", (), BLACK)),
    )
    (issue,) = scan_issues(artwork, "svg")
    assert (issue.path, issue.suggestion) == ("background_gradient.colors[1]", "#ffffff")


def test_alpha_is_laid_on_the_background_first() -> None:
    assert paths(compose_parts(data="#00000040")) == ["colors.foreground"]
    assert paths(compose_parts(data=gradient("#000000ff", "#00000010"))) == ["gradient.colors[1]"]
    assert paths(compose_parts(data="#00000000")) == ["colors.foreground"]


def test_parts_lighter_and_darker_than_the_background_do_not_go_together() -> None:
    (issue,) = scan_issues(compose_parts("#777", data="black", eye_border="white"), "svg")
    assert issue.path == "colors.eye_border"
    assert "Must be darker than the background, like the other parts" in issue.message


def test_a_gradient_that_passes_the_background_on_its_way_is_rejected() -> None:
    assert paths(compose_parts("#777", data=gradient("black", "white")))


def test_a_light_gradient_on_dark_is_judged_between_its_stops() -> None:
    # Red and green each have it, and the brown half way does not.
    artwork = compose_parts("#161616", data=gradient("#ff0000", "#00a000"))
    assert min(contrast(parse_color(color), parse_color("#161616")) for color in ("#ff0000", "#00a000")) > 3
    assert paths(artwork)


def test_the_report_has_the_lowest_ratio_and_warns_of_each_paint() -> None:
    judged = report_scan(compose_parts(data="black", eye_border="#888", eye_center="#808080"))
    assert judged.contrast == 3.54
    assert [(advice.code, advice.path) for advice in judged.warnings] == [
        ("low_contrast", "colors.eye_border"),
        ("low_contrast", "colors.eye_center"),
    ]


def test_inverted_parts_are_flagged() -> None:
    judged = report_scan(compose_parts("black", data=gradient("white", "yellow")))
    assert judged.inverted
    assert [advice.code for advice in judged.warnings] == ["inverted"]


def test_a_background_layer_covers_what_is_transparent() -> None:
    transparent = compose_parts("transparent", data="black")
    assert [advice.code for advice in report_scan(transparent).warnings] == ["transparent_background"]
    covered = replace(transparent, layers=(Layer("background", (), WHITE), *transparent.layers))
    assert report_scan(covered).warnings == ()


@given(paint=opaque, background=opaque)
def test_one_layer_is_judged_as_the_plain_code_of_its_colour(paint: Color, background: Color) -> None:
    plain = Artwork(symbol_of("scan"), margin=4, size=300, foreground=paint, background=background)
    layered = replace(plain, foreground=BLACK, layers=(Layer("data", (), paint),))
    assert scan_issues(layered, "svg") == scan_issues(plain, "svg")
    # A code of layers is read back, and not estimated.
    estimate = {"score": None, "estimated": False, "worst_condition": None}
    assert report_scan(layered) == replace(report_scan(plain), **estimate)


@given(first=opaque, second=opaque, background=opaque)
def test_no_colour_of_an_accepted_gradient_comes_near_the_background(
    first: Color, second: Color, background: Color
) -> None:
    artwork = compose_parts(background.hex, data=gradient(first.hex, second.hex))
    if scan_issues(artwork, "svg"):
        return
    for step in range(101):
        color = Color(
            first.red + (second.red - first.red) * step // 100,
            first.green + (second.green - first.green) * step // 100,
            first.blue + (second.blue - first.blue) * step // 100,
        )
        # Less than the rule by what eight steps between two stops may miss.
        assert contrast(color, background) > 2.8


@pytest.mark.parametrize(
    ("stroke", "foreground", "background", "dazzles"),
    [
        ("gold", "#1565c0", "white", False),
        ("black", "#8a8a8a", "white", True),
        ("black", "#444444", "white", False),
        ("white", "black", "#aaaaaa", False),
        ("white", "black", "#6a6a6a", True),
        ("#00000010", "#8a8a8a", "white", False),
    ],
)
def test_a_stroke_may_not_stand_out_more_than_the_modules_do(
    stroke: str, foreground: str, background: str, dazzles: bool
) -> None:
    assert paths(compose_parts(background, stroke=stroke, data=foreground)) == (["stroke.color"] if dazzles else [])
