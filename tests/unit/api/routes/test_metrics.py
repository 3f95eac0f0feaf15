"""What the metrics line of a request says of the cache, the drawing and the start."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from qr_engine import config, observability
from qr_engine.errors import InvalidRequest

from .conftest import HANDLERS, Call

ROOT = Path(__file__).parents[4]


@pytest.fixture(autouse=True)
def metrics(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("POWERTOOLS_METRICS_DISABLED", raising=False)
    config.telemetry.cache_clear()
    monkeypatch.setattr(observability, "_pending", {})


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_miss_tells_how_long_the_drawing_took(call: Call, capsys: pytest.CaptureFixture[str]):
    call("GET /api/qr/generate", query={"data": ["a"]})
    (line,) = lines(capsys)
    assert (line["route"], line["outcome"], line["Misses"]) == ("generate", "miss", [1])
    assert 0 < line["DrawTime"][0] < line["Duration"][0]
    assert not line.keys() & {"MemoryHits", "RedisHits", "LookupTime"}


def test_a_hit_of_the_memory_tier_only_counts(call: Call, capsys: pytest.CaptureFixture[str]):
    for _ in range(2):
        call("GET /api/qr/generate", query={"data": ["a"]})
    line = lines(capsys)[1]
    assert (line["outcome"], line["MemoryHits"]) == ("memory", [1])
    assert not line.keys() & {"Misses", "RedisHits", "LookupTime", "DrawTime"}


def test_a_bypass_is_neither_hit_nor_miss(call: Call, capsys: pytest.CaptureFixture[str]):
    call("POST /api/qr/generate", json={"data": "a", "cache": False})
    (line,) = lines(capsys)
    assert (line["outcome"], len(line["DrawTime"])) == ("bypass", 1)
    assert not line.keys() & {"Misses", "MemoryHits", "RedisHits"}


def test_a_batch_counts_every_code_in_one_line(call: Call, capsys: pytest.CaptureFixture[str]):
    call("POST /api/qr/batch", json={"codes": [{"data": "a"}, {"data": "b"}, {"data": "a"}]})
    (line,) = lines(capsys)
    assert (line["Misses"], line["MemoryHits"], len(line["DrawTime"])) == ([2], [1], 2)


def test_warming_by_the_schedule_writes_a_line_with_its_results(capsys: pytest.CaptureFixture[str]):
    HANDLERS["warm"]({"patterns": ["a", "b", {"data": ""}, "a"]}, None)
    (line,) = lines(capsys)
    assert (line["route"], line["outcome"]) == ("warm", "done")
    results = [line[f"Warm{name}"] for name in ("Stored", "Present", "Failed", "Left")]
    assert results == [[2], [1], [1], [0]]


def test_a_schedule_that_sends_nothing_is_rejected_in_its_line(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(InvalidRequest):
        HANDLERS["warm"]({}, None)
    (line,) = lines(capsys)
    assert (line["route"], line["outcome"]) == ("warm", "rejected")


TWO_REQUESTS = """
import app
for _ in range(2):
    app.lambda_handler({"routeKey": "GET /api/qr/generate", "rawQueryString": "data=a", "headers": {}}, None)
"""


@pytest.mark.parametrize(("kind", "cold"), [("on-demand", 1), ("snap-start", 1), ("provisioned-concurrency", 0)])
def test_the_first_line_of_an_environment_counts_a_start_that_somebody_waited_for(kind: str, cold: int):
    path = os.pathsep.join([str(ROOT / "layers" / "qr_engine"), str(ROOT / "functions" / "generate")])
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": path, "AWS_LAMBDA_INITIALIZATION_TYPE": kind}
    command = [sys.executable, "-c", TWO_REQUESTS]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert (first.get("ColdStart", [0]), "ColdStart" in second) == ([cold], False)


def test_a_redis_that_is_gone_opens_the_breaker_once_and_is_passed_over_then(
    call: Call, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:1")
    for text in ("a", "b"):
        call("GET /api/qr/generate", query={"data": [text]})
    first, second = (line for line in lines(capsys) if "route" in line)
    assert (first["BreakerOpened"], "BreakerSkipped" in first) == ([1], False)
    assert (second["BreakerSkipped"], "BreakerOpened" in second) == ([1], False)
    assert first["outcome"] == second["outcome"] == "miss"
