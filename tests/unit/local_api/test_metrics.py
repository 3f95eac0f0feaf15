"""What the workers count, as Prometheus' own parser reads it."""

from __future__ import annotations

import io
import os
import time
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families
from scripts.local_api.application import application
from scripts.local_api.exposition import CONTENT_TYPE, expose
from scripts.local_api.tally import BOUNDS, SLOT_BYTES, Board, Tally, add_up
from tests.environment import forget, fresh

from qr_engine import RENDERER_VERSION, __version__, config, observability


def read(text: str) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    families = text_string_to_metric_families(text)
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in families
        for sample in family.samples
    }


def get(served: Any, path: str) -> tuple[int, dict[str, str], str]:
    path, _, query = path.partition("?")
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "wsgi.input": io.BytesIO()}
    seen: list[Any] = []
    body = b"".join(served(environ, lambda status, given: seen.extend((status, given))))
    return int(seen[0][:3]), dict(seen[1]), body.decode()


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Any:
    fresh(monkeypatch)
    # What earlier tests of this process have counted is not of this server.
    observability.flush("generate", "miss", 0.0)
    yield application()
    observability.listen(None)
    forget()


def test_it_counts_requests_by_route_and_outcome(served: Any) -> None:
    for path in ("?data=a", "?data=a", "?data=b&size=1"):
        get(served, f"/api/qr/generate{path}")
    status, headers, text = get(served, "/metrics")
    assert (status, headers["content-type"], headers["cache-control"]) == (200, CONTENT_TYPE, "no-store")
    found = read(text)
    counts = {
        dict(labels)["outcome"]: value for (name, labels), value in found.items() if name == "qr_engine_requests_total"
    }
    assert counts == {"miss": 1, "memory": 1, "rejected": 1}
    assert found["qr_engine_memory_hits_total", ()] == 1
    assert found["qr_engine_misses_total", ()] == 1
    assert found["qr_engine_draw_duration_seconds_count", ()] == 1
    assert found["qr_engine_request_duration_seconds_count", (("route", "generate"),)] == 3


def test_it_says_what_runs(served: Any) -> None:
    found = read(get(served, "/metrics")[2])
    labels = (("renderer_version", str(RENDERER_VERSION)), ("version", __version__))
    assert found["qr_engine_info", labels] == 1
    assert found["qr_engine_workers", ()] == 1


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="only Linux tells what another process takes")
def test_it_says_what_the_process_takes(served: Any) -> None:
    found = read(get(served, "/metrics")[2])
    assert found["process_cpu_seconds_total", ()] == pytest.approx(time.process_time(), abs=0.5)
    assert found["process_resident_memory_bytes", ()] > 10_000_000
    assert found["process_open_fds", ()] > 0
    assert found["process_start_time_seconds", ()] < time.time()


def test_every_metric_of_the_engine_is_there_from_the_start() -> None:
    families = {family.name: family for family in text_string_to_metric_families(expose(Tally()))}
    durations = [name for name, unit in observability.METRICS.items() if unit == "Milliseconds"]
    kinds = [family.type for family in families.values()]
    assert kinds.count("histogram") == len(durations) + 1
    assert kinds.count("counter") == len(observability.METRICS) - len(durations) + 2
    assert all(
        family.documentation and not family.documentation.startswith("The metric") for family in families.values()
    )


def test_buckets_are_cumulative_and_end_with_all() -> None:
    tally = Tally()
    for milliseconds in (1.0, 3.0, 20_000.0):
        tally.record("generate", "miss", milliseconds, {"DrawTime": [milliseconds]}, {})
    found = read(expose(tally))
    buckets = [found["qr_engine_draw_duration_seconds_bucket", (("le", str(bound)),)] for bound in BOUNDS]
    assert buckets == [1, 1, *[2] * (len(BOUNDS) - 2)]
    assert found["qr_engine_draw_duration_seconds_bucket", (("le", "+Inf"),)] == 3
    assert found["qr_engine_draw_duration_seconds_sum", ()] == pytest.approx(20.004)


def test_labels_may_hold_anything() -> None:
    tally = Tally()
    tally.record('a"\\\n', "done", 1.0, {}, {"NO\nPERM": 2})
    found = read(expose(tally))
    assert found["qr_engine_requests_total", (("outcome", "done"), ("route", 'a"\\\n'))] == 1
    assert found["qr_engine_redis_refusals_total", (("kind", "NO\nPERM"),)] == 2


def test_the_workers_are_added_up() -> None:
    board = Board(3)
    first, second = board.take_slot(), board.take_slot()
    assert first != second
    for slot, times in ((first, 1), (second, 2)):
        tally = Tally([slot + 10])
        for _ in range(times):
            tally.record("generate", "miss", 5.0, {"Misses": [1.0], "DrawTime": [2.0]}, {"OOM": 1})
        board.write(slot, tally)
    total = add_up(board.read())
    assert sorted(total.processes) == [10, 11]
    assert total.requests == {"generate": {"miss": 3}}
    assert total.counted["Misses"] == 3
    assert sum(total.observed["DrawTime"].counts) == sum(total.durations["generate"].counts) == 3
    assert total.refusals == {"OOM": 3}


def test_a_tally_that_is_half_written_is_not_read() -> None:
    board = Board(1)
    board.write(0, Tally([1]))
    board._memory[20] ^= 255
    assert board.read() == []


def test_every_route_and_outcome_has_room_in_a_slot() -> None:
    tally = Tally([1])
    for route in range(20):
        for outcome in range(12):
            tally.record(f"route-number-{route}", f"outcome-{outcome}", 1.0, {}, {f"KIND{outcome}": 1})
    board = Board(1)
    board.write(0, tally)
    assert add_up(board.read()).requests == tally.requests
    assert SLOT_BYTES < 1024 * 1024


def test_counting_goes_on_where_metrics_lines_are_turned_off(
    served: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("POWERTOOLS_METRICS_DISABLED", "true")
    config.telemetry.cache_clear()
    get(served, "/api/qr/generate?data=a")
    config.telemetry.cache_clear()
    assert capsys.readouterr().out == ""
    assert 'qr_engine_requests_total{route="generate",outcome="miss"} 1.0' in get(served, "/metrics")[2]
