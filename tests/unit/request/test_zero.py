"""The two zeros of floating-point numbers: they say the same, so they have the same key."""

from __future__ import annotations

from typing import Any

import pytest

from qr_engine.request import cache_key, canonical_bytes, parse


@pytest.mark.parametrize(
    "style",
    [
        {"gradient": {"type": "radial", "colors": ["#000", "#00f"], "center": [0.0, 0.5]}},
        {"gradient": {"type": "radial", "colors": ["#000", "#00f"], "center": [0.5, 0.0]}},
        {"gradient": {"type": "conic", "colors": ["#000", "#00f"], "angle": 0.0}},
        {"gradient": {"type": "linear", "colors": ["#000", "#00f"], "angle": 0.0}},
        {"eye_gradient": {"stops": [{"offset": 0.0, "color": "#000"}, {"offset": 1.0, "color": "#00f"}]}},
        {"background_gradient": {"type": "radial", "colors": ["#eee", "#fff"], "center": [0.0, 0.0]}},
        {"effects": [{"type": "noise", "intensity": 0.0}]},
    ],
)
def test_the_sign_of_zero_makes_no_other_key(style: dict[str, Any]):
    keys = [cache_key(canonical_bytes(parse({"data": "x", **each})[1])) for each in (style, negative(style))]
    assert repr(negative(style)) != repr(style)
    assert keys[0] == keys[1]


def negative(value: Any) -> Any:
    """The same value, with -0.0 for each zero."""
    if isinstance(value, dict):
        return {name: negative(item) for name, item in value.items()}
    if isinstance(value, list):
        return [negative(item) for item in value]
    return -0.0 if value == 0.0 and isinstance(value, float) else value
