from __future__ import annotations

import pytest

from qr_engine.redis_client import breaker
from qr_engine.redis_client.breaker import Breaker


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [1000.0]
    monkeypatch.setattr(breaker, "monotonic", lambda: now[0])
    return now


def pause(subject: Breaker, clock: list[float]) -> float:
    """How long the breaker stays open from now, to a millisecond."""
    start = clock[0]
    while subject.is_open:
        clock[0] += 0.001
    return clock[0] - start


def test_it_is_closed_at_first(clock: list[float]):
    assert not Breaker().is_open


def test_one_failure_opens_it_for_a_short_time(clock: list[float]):
    subject = Breaker()
    subject.record_failure()
    assert 0.1 < pause(subject, clock) <= 0.21


@pytest.mark.parametrize(("chance", "share"), [(0.0, 0.7), (1.0, 1.0)])
def test_the_pause_doubles_with_each_failure_up_to_its_bound_less_a_share_by_chance(
    clock: list[float], monkeypatch: pytest.MonkeyPatch, chance: float, share: float
):
    monkeypatch.setattr(breaker, "_random_fraction", lambda: chance)
    subject = Breaker()
    pauses = []
    for _ in range(6):
        subject.record_failure()
        pauses.append(pause(subject, clock))
    assert pauses == pytest.approx([share * seconds for seconds in (0.2, 0.4, 0.8, 1.6, 2.5, 2.5)], abs=0.002)


def test_environments_do_not_come_back_all_at_once(clock: list[float]):
    pauses = set()
    for _ in range(20):
        subject = Breaker()
        subject.record_failure()
        pauses.add(round(pause(subject, clock), 3))
    assert len(pauses) > 5


def test_a_success_makes_the_next_pause_short_again(clock: list[float]):
    subject = Breaker()
    for _ in range(6):
        subject.record_failure()
    subject.record_success()
    assert not subject.is_open
    subject.record_failure()
    assert pause(subject, clock) <= 0.21
