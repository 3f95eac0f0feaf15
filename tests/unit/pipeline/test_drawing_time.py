from __future__ import annotations

from typing import Any

import pytest

from qr_engine.pipeline.drawing_time import LEAST_MS, drawing_ms
from qr_engine.request import parse

EFFECTS = [{"type": name, "intensity": 60} for name in ("noise", "vintage", "shadow")]
GRADIENT = {"colors": ["#000", "#00f"]}


def estimate(**fields: Any) -> float:
    return drawing_ms(parse({"data": "x", **fields})[1])


@pytest.mark.parametrize("form", ["svg", "png", "webp", "jpeg", "pdf", "eps", "txt", "json"])
def test_a_plain_code_takes_no_longer_than_an_environment_that_has_just_started(form: str):
    assert estimate(format=form) == LEAST_MS


@pytest.mark.parametrize("form", ["png", "webp", "jpeg", "avif"])
def test_the_largest_and_richest_takes_the_longest(form: str):
    largest = 3072 if form == "avif" else 4096
    steps: list[dict[str, Any]] = [
        {"size": 2048, "gradient": GRADIENT, "effects": EFFECTS},
        {"size": largest, "gradient": GRADIENT},
        {"size": largest, "gradient": GRADIENT, "effects": EFFECTS[:1]},
        {"size": largest, "gradient": GRADIENT, "effects": EFFECTS},
    ]
    estimates = [estimate(format=form, **step) for step in steps]
    assert estimates[1:] == sorted(estimates[1:])
    assert estimates[0] < estimates[-1]
    assert estimates[-1] > 2 * LEAST_MS
