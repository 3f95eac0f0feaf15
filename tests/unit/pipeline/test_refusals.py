"""Refusals that only drawing can give are given once, and remembered for a short while."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from typing import Any

import pytest
from tests.environment import forget

from qr_engine.cache import refusals as refusals_module
from qr_engine.cache.refusals import MAX_REFUSALS, REFUSAL_SECONDS, Refusals
from qr_engine.errors import (
    AssetNotFound,
    AssetUnavailable,
    CacheUnavailable,
    InternalError,
    InvalidRequest,
    Issue,
    Problem,
    TooMuchData,
    WouldNotScan,
)
from qr_engine.pipeline import engine as engine_module
from qr_engine.pipeline.batch import generate_all
from qr_engine.pipeline.engine import engine
from qr_engine.pipeline.keyed_request import KeyedRequest
from qr_engine.request import CanonicalRequest, parse

PROBLEM = WouldNotScan.of(Issue("size", "Must be larger."), version=3)


@pytest.fixture(autouse=True)
def drawings(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[CanonicalRequest]]:
    """The requests that were drawn, none of which can be."""
    forget()
    drawn: list[CanonicalRequest] = []

    def draw(request: CanonicalRequest) -> Any:
        drawn.append(request)
        raise WouldNotScan.of(Issue("size", "Must be larger."), version=len(drawn))

    monkeypatch.setattr(engine_module, "draw_picture", draw)
    yield drawn
    forget()


def refuse(text: str = "x", *, cached: bool = True) -> dict[str, Any]:
    with pytest.raises(Problem) as raised:
        engine().generate(parse({"data": text})[1], cached=cached)
    return raised.value.document()


@pytest.mark.parametrize("cached", [True, False])
def test_the_same_request_is_refused_in_the_same_words_without_being_drawn(cached: bool, drawings: list[Any]):
    first = refuse(cached=cached)
    assert first["status"] == 422
    assert [refuse(cached=cached) for _ in range(5)] == [first] * 5
    assert len(drawings) == 1
    refuse("another")
    assert len(drawings) == 2


def test_a_batch_gives_the_refusal_that_is_remembered(drawings: list[Any]):
    first = refuse()
    requests = [KeyedRequest.of(parse({"data": "x"})[1], cached=cached) for cached in (True, False)]
    outcomes = generate_all(engine(), requests, remaining_ms=lambda: 29_000.0)
    assert [outcome.document() for outcome in outcomes if isinstance(outcome, Problem)] == [first] * 2
    assert len(drawings) == 1


def test_a_refusal_is_forgotten_after_a_minute(monkeypatch: pytest.MonkeyPatch, drawings: list[Any]):
    now = [1000.0]
    monkeypatch.setattr(refusals_module, "monotonic", lambda: now[0])
    refuse()
    now[0] += REFUSAL_SECONDS - 1
    refuse()
    assert len(drawings) == 1
    now[0] += 1
    refuse()
    assert len(drawings) == 2


def test_a_clear_forgets_refusals(drawings: list[Any]):
    refuse()
    engine().cache.clear()
    refuse()
    assert len(drawings) == 2


def test_without_a_memory_tier_nothing_is_remembered(monkeypatch: pytest.MonkeyPatch, drawings: list[Any]):
    monkeypatch.setenv("MEMORY_CACHE_BYTES", "0")
    forget()
    refuse()
    refuse()
    assert len(drawings) == 2


@pytest.mark.parametrize(
    "problem",
    [
        AssetNotFound("x"),
        AssetUnavailable("x"),
        CacheUnavailable("x"),
        InternalError("x"),
        InvalidRequest.of(
            Issue("logo.data", "This logo came with a request and is no longer in memory; send it again.")
        ),
    ],
)
def test_what_may_be_different_the_next_time_is_not_remembered(problem: Problem):
    refusals = Refusals()
    refusals.remember("key", problem)
    refusals.check("key")
    assert len(refusals) == 0


def test_no_more_than_so_many_are_remembered_and_the_oldest_go_first():
    refusals = Refusals()
    for number in range(MAX_REFUSALS + 10):
        refusals.remember(f"key {number}", TooMuchData("x"))
    assert len(refusals) == MAX_REFUSALS
    refusals.check("key 9")
    with pytest.raises(TooMuchData):
        refusals.check("key 10")


def test_what_was_drawn_is_not_kept_by_its_refusal():
    refusals = Refusals()
    refusals.remember("key", PROBLEM)
    for _ in range(3):
        with pytest.raises(WouldNotScan) as raised:
            refusals.check("key")
        assert raised.value is not PROBLEM
    gc.collect()
    assert PROBLEM.__traceback__ is None
