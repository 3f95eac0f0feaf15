"""What networks do, in every mode, plain and encrypted: a request loses one connection and two commands at most."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from tests.documents import Curl, send
from tests.stopwatch import idle_seconds

from qr_engine.pipeline.engine import engine

from .modes import MODES, Reached

JSON = {"content-type": "application/json"}
CODES = [{"data": f"a code of the batch {number}"} for number in range(20)]
REQUESTS = {
    "one": Curl("GET", "/api/qr/generate?data=one", {}, ""),
    "batch": Curl("POST", "/api/qr/batch", JSON, json.dumps({"codes": CODES})),
}

CONNECTION, COMMAND = 0.25, 0.25
LOST = CONNECTION + 2 * COMMAND
SLACK = 0.2

NONE: dict[str, Any] = {
    "chunk": 65_536,
    "pause": 0.0,
    "cut_after": None,
    "stall_after": None,
    "reset": False,
    "mute": False,
}
FAULTS: dict[str, dict[str, Any]] = {
    "drips": {"chunk": 1, "pause": 0.02},
    "drips slowly": {"chunk": 1, "pause": 0.2},
    "delays": {"pause": 0.2},
    "delays for longer": {"pause": 0.6},
    "truncates at once": {"cut_after": 0},
    "truncates": {"cut_after": 40},
    "resets": {"cut_after": 40, "reset": True},
    "stalls at once": {"stall_after": 0},
    "stalls in the middle": {"stall_after": 60},
    "stalls late": {"stall_after": 1500},
    "takes connections alone": {"mute": True},
}


@pytest.fixture(scope="module", params=[f"{mode} {how}" for mode in MODES for how in ("plain", "encrypted")])
def reached(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reached]:
    mode, how = request.param.split()
    found = Reached(tmp_path_factory.mktemp("reached"), mode, encrypted=how == "encrypted")
    yield found
    found.close()


@pytest.fixture
def sound(reached: Reached) -> Reached:
    """The Redis, behind proxies that do nothing yet."""
    reached.misbehave(**NONE)
    return reached


def timed(request: Curl) -> tuple[int, float]:
    """The status of the answer, and the seconds that it waited for others."""
    started = idle_seconds()
    status = send(request).status
    return status, idle_seconds() - started


def once_of_three(attempt: Callable[[], None]) -> None:
    """Try `attempt` up to three times: on a busy machine a request waits for the processor as well."""
    for _ in range(2):
        with contextlib.suppress(AssertionError):
            return attempt()
    return attempt()


@pytest.mark.parametrize("request_", REQUESTS)
@pytest.mark.parametrize("fault", FAULTS)
def test_a_first_request_loses_no_more_than_the_timeouts(
    api: Callable[..., None], sound: Reached, fault: str, request_: str
):
    def attempt() -> None:
        sound.misbehave(**NONE)
        api(**sound.variables)
        assert send(REQUESTS[request_]).status == 200
        api()
        sound.misbehave(**FAULTS[fault])
        api(**sound.variables)
        status, took = timed(REQUESTS[request_])
        assert status == 200
        assert took < LOST + SLACK

    once_of_three(attempt)


@pytest.mark.parametrize("request_", REQUESTS)
@pytest.mark.parametrize("fault", FAULTS)
def test_a_later_request_loses_no_more_than_the_timeouts(
    api: Callable[..., None], sound: Reached, fault: str, request_: str
):
    def attempt() -> None:
        sound.misbehave(**NONE)
        api()
        api(**sound.variables)
        for _ in range(2):
            assert send(REQUESTS[request_]).status == 200
        assert engine().cache.counters.errors == 0
        sound.misbehave(**FAULTS[fault])
        for _ in range(3):
            status, took = timed(REQUESTS[request_])
            assert status == 200
            assert took < LOST + SLACK

    once_of_three(attempt)
    sound.misbehave(**NONE)
    until = time.monotonic() + 6
    while send(REQUESTS["one"]).headers["x-cache"] != "redis":
        assert time.monotonic() < until
        time.sleep(0.05)
