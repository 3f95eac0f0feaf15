"""A batch begins with a code only where it has the time that the code may take, and answers for the others."""

from __future__ import annotations

from typing import Any

import pytest
from tests.environment import forget

from qr_engine.errors import Problem
from qr_engine.pipeline import engine as engine_module
from qr_engine.pipeline.batch import generate_all
from qr_engine.pipeline.drawing_time import ANSWER_MS, LEAST_MS, drawing_ms
from qr_engine.pipeline.engine import Code, engine
from qr_engine.pipeline.generate import draw_picture
from qr_engine.pipeline.keyed_request import KeyedRequest
from qr_engine.request import CanonicalRequest, parse

INVOCATION_MS = 29_000.0
EFFECTS = [{"type": name, "intensity": 60} for name in ("noise", "vintage", "shadow")]
HEAVY: dict[str, Any] = {"format": "webp", "size": 4096, "gradient": {"colors": ["#000", "#00f"]}, "effects": EFFECTS}


class Clock:
    """The time of an invocation, of which each drawing takes as much as it may."""

    def __init__(self) -> None:
        self.left = INVOCATION_MS
        self.drawn: list[str] = []

    def remaining_ms(self) -> float:
        return self.left

    def draw(self, request: CanonicalRequest) -> tuple[bytes, Any]:
        self.left -= drawing_ms(request)
        self.drawn.append(request.text)
        return self.real(parse({"data": request.text})[1])

    real = staticmethod(draw_picture)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    forget()
    clock = Clock()
    monkeypatch.setattr(engine_module, "draw_picture", clock.draw)
    return clock


def outcomes(clock: Clock, *codes: dict[str, Any], cached: bool = True) -> list[str]:
    parsed = [parse({"data": f"text {index}", **code})[1] for index, code in enumerate(codes)]
    requests = [KeyedRequest.of(request, cached=cached) for request in parsed]
    return [
        "drawn" if isinstance(outcome, Code) else outcome.detail if isinstance(outcome, Problem) else "nothing"
        for outcome in generate_all(engine(), requests, remaining_ms=clock.remaining_ms)
    ]


NO_TIME = "There is no time left to draw this code; request it in another batch."


@pytest.mark.parametrize("cached", [True, False])
def test_of_six_heavy_codes_those_that_fit_are_drawn_and_the_answer_comes_in_time(clock: Clock, cached: bool):
    each = drawing_ms(parse({"data": "x", **HEAVY})[1])
    most = int((INVOCATION_MS - ANSWER_MS) / each)
    assert 1 <= most < 6
    assert outcomes(clock, *[HEAVY] * 6, cached=cached) == ["drawn"] * most + [NO_TIME] * (6 - most)
    assert clock.left >= ANSWER_MS


def test_a_small_code_is_still_drawn_where_a_heavy_one_before_it_has_no_time(clock: Clock):
    clock.left = 1.9 * drawing_ms(parse({"data": "x", **HEAVY})[1]) + ANSWER_MS
    assert outcomes(clock, HEAVY, HEAVY, {}, HEAVY, {}) == ["drawn", NO_TIME, "drawn", NO_TIME, "drawn"]
    assert clock.left >= ANSWER_MS


def test_what_is_in_the_cache_takes_no_time(clock: Clock):
    assert outcomes(clock, HEAVY) == ["drawn"]
    clock.left = 100.0
    assert outcomes(clock, HEAVY, {"data": "another"}) == ["drawn", NO_TIME]
    assert clock.drawn == ["text 0"]


def test_a_code_begins_with_exactly_the_time_that_it_may_take(clock: Clock):
    clock.left = LEAST_MS + ANSWER_MS
    assert outcomes(clock, {}) == ["drawn"]
    clock.left = LEAST_MS + ANSWER_MS - 1
    assert outcomes(clock, {"data": "another"}) == [NO_TIME]
