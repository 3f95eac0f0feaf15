from __future__ import annotations

from typing import Any, get_args

import msgspec
import pytest

from qr_engine.artwork.eye_borders import BORDER_DRAWINGS
from qr_engine.artwork.eye_centers import CENTER_DRAWINGS
from qr_engine.artwork.eyes import EYES
from qr_engine.artwork.frames.drawings import DRAWINGS as FRAME_DRAWINGS
from qr_engine.artwork.patterns import PATTERNS
from qr_engine.artwork.words import DataPattern, EyeBorderStyle, EyeCenterStyle, EyeShape, FrameName
from qr_engine.render import FORMATS
from qr_engine.request import parse
from qr_engine.request.canonical import CanonicalStroke, CanonicalStyle
from qr_engine.request.plain_schema import FormatName


@pytest.mark.parametrize(
    ("words", "drawings"),
    [
        (DataPattern, PATTERNS),
        (EyeShape, EYES),
        (EyeBorderStyle, BORDER_DRAWINGS),
        (EyeCenterStyle, CENTER_DRAWINGS),
        (FrameName, FRAME_DRAWINGS),
    ],
)
def test_every_word_of_a_style_has_a_drawing(words: object, drawings: dict[str, object]):
    assert set(get_args(words)) <= drawings.keys()


def test_every_format_that_can_be_rendered_can_be_asked_for():
    assert get_args(FormatName) == tuple(FORMATS)


def parse_style(**fields: object) -> CanonicalStyle | None:
    return parse({"data": "x", **fields})[1].style


def test_a_plain_request_takes_no_time_over_its_looks(monkeypatch: pytest.MonkeyPatch):
    built: list[dict[str, Any]] = []

    def canonical_style(**fields: Any) -> CanonicalStyle:
        built.append(fields)
        return CanonicalStyle(**fields)

    monkeypatch.setattr("qr_engine.request.canonical_style.CanonicalStyle", canonical_style)
    assert parse_style() is parse_style(size=640, margin=2, colors={"foreground": "navy", "background": "#eee"}) is None
    assert built == []
    assert parse_style(data_pattern="dots") is not None
    assert built


LOOKS: dict[str, dict[str, Any]] = {
    "data_pattern": {"data_pattern": "dots"},
    "eye_shape": {"eye_shape": "leaf"},
    "eye_border_style": {"eye_border_style": "leaf"},
    "eye_center_style": {"eye_center_style": "dot"},
    "eye_border": {"colors": {"eye_border": "navy"}},
    "eye_center": {"colors": {"eye_center": "navy"}},
    "per_eye": {"colors": {"per_eye": [{"border": "navy"}]}},
    "gradient": {"gradient": {"colors": ["black", "navy"]}},
    "eye_gradient": {"eye_gradient": {"colors": ["black", "navy"]}},
    "background_gradient": {"background_gradient": {"colors": ["white", "ivory"]}},
    "stroke": {"stroke": {"color": "gold"}},
    "effects": {"effects": [{"type": "noise"}]},
    "logo": {"logo": {"data": "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"}},
    "frame": {"frame": {"style": "simple"}},
    "faint": {"contrast": "warn", "colors": {"foreground": "gold"}},
    "readers": {"readers": "all", "colors": {"foreground": "white", "background": "black"}},
}


def test_each_of_the_looks_alone_makes_a_code_more_than_plain():
    # `verify` asks for no other picture.
    assert {*LOOKS, "verify"} == set(CanonicalStyle.__struct_fields__)
    for name, fields in LOOKS.items():
        style = parse_style(**fields)
        assert style is not None, name
        default = msgspec.structs.replace(style, **{name: getattr(CanonicalStyle(), name)})
        assert default == CanonicalStyle(), name


def test_a_stroke_has_its_opacity_in_its_colour():
    style = parse_style(stroke={"color": "gold", "opacity": 0.5})
    assert style == parse_style(stroke={"color": "#ffd70080"})
    assert style is not None
    assert style.stroke == CanonicalStroke("#ffd70080", 0.15)


@pytest.mark.parametrize("stroke", [{"color": "gold", "opacity": 0}, {"color": "transparent"}])
def test_a_stroke_that_is_not_seen_is_none(stroke: dict[str, object]):
    assert parse_style(stroke=stroke) is None


def visible_effects(*effects: object) -> list[tuple[str, float, str | None]]:
    style = parse_style(effects=list(effects))
    return [(each.type, each.intensity, each.color) for each in style.effects] if style else []


def test_effects_are_in_the_order_in_which_they_are_painted():
    effects = [{"type": "noise"}, {"type": "shadow", "intensity": 70, "color": "navy"}]
    assert (
        visible_effects(*effects)
        == visible_effects(*reversed(effects))
        == [("shadow", 70, "#000080"), ("noise", 40, None)]
    )


@pytest.mark.parametrize(
    "effect",
    [{"type": "glow", "intensity": 0}, {"type": "shadow", "color": "transparent"}, {"type": "blur", "intensity": 0.0}],
)
def test_an_effect_that_is_not_seen_is_none(effect: dict[str, object]):
    assert visible_effects(effect) == []


def test_the_usual_colour_of_a_shadow_may_be_written_out():
    assert visible_effects({"type": "shadow", "color": "black"}) == visible_effects({"type": "shadow"})
