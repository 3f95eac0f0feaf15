from __future__ import annotations

from typing import Any, get_args

import msgspec
import pytest

from qr_engine.artwork import eyes, model, patterns
from qr_engine.artwork import style as artwork_style
from qr_engine.render import FORMATS
from qr_engine.request import parse, style_schema
from qr_engine.request.canonical import CanonicalStroke, CanonicalStyle
from qr_engine.request.schema import FormatName


@pytest.mark.parametrize(
    ("asked", "drawn"),
    [
        (style_schema.DataPattern, patterns.DataPattern),
        (style_schema.EyeShape, eyes.EyeShape),
        (style_schema.EyeBorderStyle, eyes.EyeBorderStyle),
        (style_schema.EyeCenterStyle, eyes.EyeCenterStyle),
        (style_schema.GradientType, artwork_style.GradientType),
        (style_schema.FrameName, artwork_style.FrameName),
        (style_schema.TextPosition, artwork_style.TextPosition),
    ],
)
def test_what_can_be_asked_for_is_what_can_be_drawn(asked: object, drawn: object):
    assert get_args(asked) == get_args(drawn)


def test_every_format_that_can_be_rendered_can_be_asked_for():
    assert get_args(FormatName) == tuple(FORMATS)


def styled(**fields: object) -> CanonicalStyle | None:
    return parse({"data": "x", **fields})[1].style


def test_a_plain_request_takes_no_time_over_its_looks(monkeypatch: pytest.MonkeyPatch):
    built: list[dict[str, Any]] = []

    def canonical_style(**fields: Any) -> CanonicalStyle:
        built.append(fields)
        return CanonicalStyle(**fields)

    monkeypatch.setattr("qr_engine.request.canonical_style.CanonicalStyle", canonical_style)
    assert styled() is styled(size=640, margin=2, colors={"foreground": "navy", "background": "#eee"}) is None
    assert built == []
    assert styled(data_pattern="dots") is not None
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
}


def test_each_of_the_looks_alone_makes_a_code_more_than_plain():
    # `verify` asks for no other picture.
    assert {*LOOKS, "verify"} == set(CanonicalStyle.__struct_fields__)
    for name, fields in LOOKS.items():
        found = styled(**fields)
        assert found is not None, name
        default = msgspec.structs.replace(found, **{name: getattr(CanonicalStyle(), name)})
        assert default == CanonicalStyle(), name


def test_a_stroke_has_its_opacity_in_its_colour():
    found = styled(stroke={"color": "gold", "opacity": 0.5})
    assert found == styled(stroke={"color": "#ffd70080"})
    assert found is not None
    assert found.stroke == CanonicalStroke("#ffd70080", 0.15)


@pytest.mark.parametrize("stroke", [{"color": "gold", "opacity": 0}, {"color": "transparent"}])
def test_a_stroke_that_is_not_seen_is_none(stroke: dict[str, object]):
    assert styled(stroke=stroke) is None


def seen(*effects: object) -> list[tuple[str, float, str | None]]:
    found = styled(effects=list(effects))
    return [(each.type, each.intensity, each.color) for each in found.effects] if found else []


def test_effects_are_in_the_order_in_which_they_are_painted():
    asked = [{"type": "noise"}, {"type": "shadow", "intensity": 70, "color": "navy"}]
    assert seen(*asked) == seen(*reversed(asked)) == [("shadow", 70, "#000080"), ("noise", 40, None)]


@pytest.mark.parametrize(
    "effect",
    [{"type": "glow", "intensity": 0}, {"type": "shadow", "color": "transparent"}, {"type": "blur", "intensity": 0.0}],
)
def test_an_effect_that_is_not_seen_is_none(effect: dict[str, object]):
    assert seen(effect) == []


def test_the_usual_colour_of_a_shadow_may_be_written_out():
    assert seen({"type": "shadow", "color": "black"}) == seen({"type": "shadow"})


def test_every_effect_that_can_be_asked_for_can_be_drawn():
    assert get_args(style_schema.EffectType) == get_args(model.EffectKind)
