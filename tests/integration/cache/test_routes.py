"""The cache routes as operators call them, on a real Redis: conditions, the time they may take, what stays."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import pytest
from tests.environment import forget
from tests.redis_server import RedisServer
from tests.unit.api.routes.conftest import HANDLERS, answer, event_v2

from qr_engine.pipeline import engine
from qr_engine.pipeline.engine import Engine

from .conftest import asked

Clear = Callable[..., Any]


class Context(msgspec.Struct):
    """An invocation with so many milliseconds left."""

    left: int

    def get_remaining_time_in_millis(self) -> int:
        return self.left


@pytest.fixture
def own(redis_server: RedisServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """The engine of this process, on the test's Redis."""
    monkeypatch.setenv("REDIS_URL", redis_server.url)
    monkeypatch.setenv("MEMORY_CACHE_BYTES", "0")
    forget()
    yield engine.engine()
    forget()


@pytest.fixture
def clear(own: Engine) -> Clear:
    """Calls clear in an invocation with some milliseconds left."""

    def call(left: int = 30_000, **conditions: Any) -> Any:
        event = event_v2("POST /api/qr/cache/clear", body=json.dumps(conditions))
        found = answer(HANDLERS["clear"](event, Context(left)))
        assert found.status == 200, found.body
        return found.json

    return call


def test_a_clear_ends_two_seconds_before_its_invocation_and_goes_on_in_the_next(
    own: Engine, clear: Clear, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("qr_engine.cache.clear.SCAN_COUNT", 10)
    for number in range(100):
        own.generate(asked(f"code {number}"))
    first = clear(2_000, pattern="code *")
    assert first["complete"] is False
    assert 0 < first["count"] < 100
    rest = clear(pattern="code *", cursor=first["cursor"])
    assert (first["count"] + rest["count"], rest["complete"], "cursor" in rest) == (100, True, False)
    assert clear()["scanned"] == 0


def test_all_conditions_have_to_hold(own: Engine, clear: Clear, monkeypatch: pytest.MonkeyPatch):
    now = [1_800_000_000.0]
    monkeypatch.setattr("qr_engine.pipeline.engine.time", lambda: now[0])
    monkeypatch.setattr("qr_engine.api.routes.cache.time", lambda: now[0])
    for data, form in (("old a", "svg"), ("old b", "png"), ("other", "png")):
        own.generate(asked(data, format=form))
    now[0] += 100
    own.generate(asked("old new", format="png"))
    assert clear(pattern="old *", format="png", older_than=100)["count"] == 0
    assert clear(pattern="old *", format="png", older_than=99)["count"] == 1
    assert clear(format="png", older_than=0)["count"] == 1
    assert clear()["count"] == 2


@pytest.mark.parametrize(
    ("conditions", "left"),
    [({"pattern": "gone*"}, 1), ({"older_than": 0}, 2), ({"pattern": "gone*", "format": "png"}, 2)],
)
def test_what_is_cleared_by_what_it_says_is_popular_no_more_and_by_its_age_still_is(
    own: Engine, clear: Clear, monkeypatch: pytest.MonkeyPatch, conditions: dict[str, Any], left: int
):
    monkeypatch.setattr("qr_engine.pipeline.engine.time", lambda: 0.0)
    own.generate(asked("gone"))
    own.generate(asked("kept"))
    clear(**conditions)
    assert len(own.cache.popular(10)) == left


def test_stats_succeed_and_are_kept_by_nobody(own: Engine):
    own.generate(asked("x"))
    found = answer(HANDLERS["stats"](event_v2("GET /api/qr/cache/stats"), None))
    assert (found.status, found.json["success"], found.json["stats"]["mode"]) == (200, True, "standalone")
    assert found.headers["Cache-Control"] == "no-store"
