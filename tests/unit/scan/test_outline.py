from __future__ import annotations

from typing import Any, cast, get_args

import pytest

from qr_engine.artwork.robust_eyes import LOST_BORDERS, SQUARE_BORDERS, SQUARER_CENTERS, border_of, robust_styles
from qr_engine.artwork.words import EyeBorderStyle, EyeCenterStyle, EyeShape
from qr_engine.errors import WouldNotScan
from qr_engine.pipeline.generate import plan
from qr_engine.request import parse
from qr_engine.scan import ScanReport

SQUARE = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><path d='M0 0h9v9H0z'/></svg>"
LOGO = {"data": f"data:image/svg+xml,{SQUARE}", "size": 50}


def scan(**fields: Any) -> ScanReport:
    return plan(parse({"data": "https://example.com", **fields})[1])[1]


EYES = [
    *[("eye_shape", shape, border_of(shape, "square")) for shape in get_args(EyeShape)],
    *[("eye_border_style", border, border) for border in get_args(EyeBorderStyle)],
]


@pytest.mark.parametrize(("path", "name", "border"), EYES)
def test_a_border_that_some_scanners_miss_is_told_of_unless_it_is_drawn_for_them(path: str, name: str, border: str):
    warnings = [warning for warning in scan(**{path: name}).warnings if warning.code == "outline"]
    if border in SQUARE_BORDERS:
        assert warnings == []
    else:
        (warning,) = warnings
        assert (warning.path, warning.suggestion) == (path, "square")
        assert name in warning.message
        assert "readers: all" in warning.message
    for_all = scan(**{path: name}, readers="all")
    assert for_all.warnings == ()
    shape = cast("EyeShape", name) if path == "eye_shape" else None
    _, center = robust_styles(shape, border, "square")
    assert len(for_all.changes) == (border in LOST_BORDERS) + (center in SQUARER_CENTERS)


@pytest.mark.parametrize("border", get_args(EyeBorderStyle))
@pytest.mark.parametrize("center", get_args(EyeCenterStyle))
def test_a_centre_that_becomes_nearly_square_is_told_of(border: str, center: str):
    looks = {"eye_border_style": border, "eye_center_style": center}
    told = [change for change in scan(**looks, readers="all").changes if f"eye_center_style {center}" in change]
    assert len(told) == (robust_styles(None, border, center)[1] in SQUARER_CENTERS)
    assert scan(**looks).changes == ()


@pytest.mark.parametrize("looks", [{}, {"data_pattern": "dots"}, {"eye_center_style": "heart"}])
def test_square_borders_are_told_nothing_of(looks: dict[str, Any]):
    assert scan(**looks).warnings == scan(**looks, readers="all").warnings == ()


def test_text_formats_show_no_eyes():
    assert scan(eye_shape="circle", format="json").warnings == ()


def test_the_change_stands_before_those_for_a_logo():
    first, *others = scan(eye_shape="star", readers="all", logo=LOGO).changes
    assert "eye_shape star" in first
    assert others == list(scan(eye_shape="square", logo=LOGO).changes) != []


INVERTED = {"foreground": "#ffd", "background": "#123"}


@pytest.mark.parametrize(
    "looks",
    [
        {"colors": INVERTED},
        {"colors": INVERTED, "data_pattern": "dots"},
        {"colors": INVERTED, "eye_shape": "circle", "format": "png"},
        {"colors": {"background": "#123"}, "gradient": {"colors": ["white", "gold"]}},
        {"colors": {"foreground": "white"}, "background_gradient": {"colors": ["navy", "black"]}},
        {"colors": {"foreground": "#777", "background": "#444"}, "contrast": "warn"},
    ],
)
def test_light_modules_are_refused_for_all_and_warned_of_for_phones(looks: dict[str, Any]):
    assert "inverted" in [warning.code for warning in scan(**looks).warnings]
    with pytest.raises(WouldNotScan) as refusal:
        scan(**looks, readers="all")
    (issue,) = refusal.value.issues
    assert (issue.path, issue.suggestion) == ("readers", "phones")


@pytest.mark.parametrize(
    "refused", [{"colors": {"foreground": "white", "background": "navy"}}, {"data": "12345", "micro": True}]
)
def test_no_form_is_recommended_where_there_is_none(refused: dict[str, Any]):
    (warning,) = [each for each in scan(eye_shape="circle", **refused).warnings if each.code == "outline"]
    assert "readers: all" not in warning.message
