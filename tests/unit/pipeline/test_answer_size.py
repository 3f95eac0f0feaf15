from __future__ import annotations

from typing import Any

import pytest

from qr_engine.pipeline.answer_size import least_bytes
from qr_engine.pipeline.generate import draw_picture
from qr_engine.request import parse


def noise(intensity: float, **fields: Any) -> dict[str, Any]:
    effects = [{"type": "noise", "intensity": intensity}]
    return {"data": "1", "format": "png", "size": 512, "effects": effects, "verify": False, **fields}


VARIANTS: list[dict[str, Any]] = [
    {},
    {"margin": 20},
    {"margin": 0},
    {"version": 40},
    {"colors": {"background": "transparent"}, "margin": 20},
    {"gradient": {"colors": ["#000", "#00f"]}},
    {"data_pattern": "dots"},
]


@pytest.mark.parametrize("intensity", [1, 5, 10, 20, 50, 100])
@pytest.mark.parametrize("variant", VARIANTS, ids=str)
def test_no_picture_has_fewer_bytes_than_were_said(intensity: int, variant: dict[str, Any]):
    request = parse(noise(intensity, **variant))[1]
    body, _ = draw_picture(request)
    assert 0 < least_bytes(request) <= len(body)


@pytest.mark.parametrize(
    "fields",
    [
        {"effects": [{"type": "noise", "intensity": 100, "color": "white"}]},
        {"effects": [{"type": "shadow", "intensity": 100}]},
        {"frame": {"style": "simple", "text": "SCAN"}},
        {"format": "webp"},
        {"format": "jpeg"},
        {"format": "svg"},
    ],
    ids=str,
)
def test_of_others_nothing_is_said(fields: dict[str, Any]):
    assert least_bytes(parse({**noise(100), **fields})[1]) == 0
