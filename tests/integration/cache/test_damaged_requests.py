"""What somebody else wrote where the cache keeps requests: the cache routes go on without it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import redis
from tests.documents import Curl, send
from tests.environment import forget, fresh

from qr_engine.cache import keys

JSON = {"content-type": "application/json"}


@pytest.fixture
def damaged(redis_server: Any, client: redis.Redis, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The API on the test's Redis, with a code in it and a popular key that is none."""
    fresh(monkeypatch)
    monkeypatch.setenv("REDIS_URL", redis_server.url)
    etag = send(Curl("POST", "/api/qr/generate", JSON, '{"data": "sound"}')).json["etag"]
    foreign = "f" * 62
    client.hset(keys.requests("qr_engine_v2", "00"), foreign, b"\x92\xa1\xff\xa3svg")
    client.zadd(keys.popular("qr_engine_v2", "00"), {foreign: 0.0})
    yield etag.strip('"')
    forget()


def test_stats_tell_what_they_can(damaged: str):
    found = send(Curl("GET", "/api/qr/cache/stats", {}, ""))
    assert found.status == 200
    assert {"key": damaged, "format": "svg"}.items() <= found.json["stats"]["popular"][0].items()


def test_a_clear_picks_only_what_it_can_read(damaged: str):
    found = send(Curl("POST", "/api/qr/cache/clear", JSON, '{"pattern": "*"}'))
    assert (found.status, found.json["count"]) == (200, 1)


def test_warming_nothing_else_is_no_fault_of_the_cache(damaged: str):
    send(Curl("POST", "/api/qr/cache/clear", JSON, '{"pattern": "sound"}'))
    found = send(Curl("POST", "/api/qr/cache/warm", JSON, '{"popular": 5}'))
    assert (found.status, found.json["failed"]) == (200, 1)


def test_warming_the_popular_fails_for_it_alone(damaged: str):
    found = send(Curl("POST", "/api/qr/cache/warm", JSON, '{"popular": 5}')).json
    assert {result["key"]: result["outcome"] for result in found["results"]} == {
        damaged: "present",
        "00" + "f" * 62: "failed",
    }
