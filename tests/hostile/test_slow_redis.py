"""A Redis, or a network, that is slow rather than dead: a request loses one connection and two commands to it."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from tests.documents import Answer, Curl, send
from tests.redis_server import RedisServer
from tests.stopwatch import idle_seconds

from .proxy import Proxy

JSON = {"content-type": "application/json"}
SVG = Curl("GET", "/api/qr/generate?data=slow&format=svg", {}, "")
BODY = {"data": "slow", "format": "png", "size": 900, "effects": [{"type": "noise", "intensity": 60}], "verify": False}
PNG = Curl("POST", "/api/qr/generate", JSON, json.dumps(BODY))
BATCH = Curl("POST", "/api/qr/batch", JSON, json.dumps({"codes": [{"data": f"slow {number}"} for number in range(20)]}))

LOST = 0.25 + 2 * 0.25
"""Seconds: the timeouts of one connection and of two commands, at their defaults."""

SLACK = 0.2
NOTHING = 0.1


def timed(request: Curl) -> tuple[Answer, float]:
    """The answer, and the seconds that it waited for others."""
    started = idle_seconds()
    answer = send(request)
    return answer, idle_seconds() - started


@pytest.mark.usefixtures("long_pause")
@pytest.mark.parametrize(
    ("request_", "chunk", "pause", "then"),
    [
        pytest.param(SVG, 1, 0.2, NOTHING, id="a small SVG, byte by byte"),
        pytest.param(SVG, 1, 0.01, NOTHING, id="a small SVG, byte by byte, less slowly"),
        pytest.param(SVG, 64, 0.2, NOTHING, id="a small SVG, 64 bytes at a time"),
        pytest.param(PNG, 1460, 0.2, NOTHING, id="a large PNG, packet by packet"),
        pytest.param(PNG, 1460, 0.05, NOTHING, id="a large PNG, packet by packet, less slowly"),
        pytest.param(BATCH, 64, 0.1, NOTHING, id="a batch of hits"),
        pytest.param(BATCH, 65_536, 0.2, LOST + SLACK, id="a batch of hits, each answer late"),
    ],
)
def test_a_slow_answer_costs_no_more_than_the_timeouts(
    api: Callable[..., None],
    redis_server: RedisServer,
    proxied: Callable[[int], Proxy],
    request_: Curl,
    chunk: int,
    pause: float,
    then: float,
):
    api(REDIS_URL=redis_server.url)
    right = send(request_)
    proxy = proxied(redis_server.port)
    proxy.chunk, proxy.pause = chunk, pause
    api(REDIS_URL=f"redis://127.0.0.1:{proxy.port}")
    answer, took = timed(request_)
    assert answer.status == right.status == 200
    assert took < LOST + SLACK
    # Where it was too late, the breaker knows, and the next one does not wait for it again.
    answer, took = timed(SVG)
    assert answer.status == 200
    assert took < then
