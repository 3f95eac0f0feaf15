from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from scripts.load.comparison import compare_figures, differences
from scripts.load.measuring import Finished, Measurement
from scripts.load.options import Options
from scripts.load.page import page
from scripts.load.results import document, percentile
from scripts.load.sending import Sample
from scripts.load.targets import parse_goals
from scripts.load.workload import workload

Chosen = Callable[..., Options]


def sample(ms: float, source: str = "memory", *, status: int = 200, at: float = 0.0, error: str = "") -> Sample:
    return Sample(0, at, ms / 1000, status, source, '"tag"', 100, error)


def result(chosen: Chosen, *samples: Sample, seconds: float = 2.0) -> dict[str, Any]:
    options = chosen("--codes", "5", "--phases", "cold")
    phase = Finished("cold", 0.0, seconds, list(samples))
    return document(options, workload(options), Measurement([phase], None, None, 3, [(1, "reads 'x'")]))


def test_percentiles_are_by_nearest_rank():
    hundred = list(range(1, 101))
    assert [percentile(hundred, quantile) for quantile in (0.95, 0.99, 0.999, 1.0)] == [95, 99, 100, 100]
    assert percentile([7], 0.95) == 7


def test_answers_are_sorted_by_where_they_came_from(chosen: Chosen):
    answers = [sample(30, "miss"), sample(1), sample(2, "redis"), sample(0.5, "", status=304)]
    times = result(chosen, *answers)["response_times"]
    medians = {name: figures and figures["median"] for name, figures in times.items()}
    assert medians == {"all": 1.5, "drawn": 30, "cached": 1.5, "memory": 1, "redis": 2, "revalidated": 0.5}


def test_the_hit_rate_is_of_lookups_alone(chosen: Chosen):
    answers = [
        sample(1, "miss"),
        sample(1),
        sample(1),
        sample(1, "redis"),
        sample(1, "", status=304),
        sample(1, "bypass"),
    ]
    assert result(chosen, *answers)["summary"]["hit_rate"] == 75.0


def test_what_failed_is_counted_and_named_and_has_no_response_time(chosen: Chosen):
    found = result(chosen, sample(1), sample(9000, "", status=503, error="status 503"))
    assert (found["summary"]["successful"], found["summary"]["failed"]) == (1, 1)
    assert found["response_times"]["all"]["max"] == 1
    assert found["errors"] == {"status 503": 1, "unreadable: reads 'x'": 1}


def test_throughput_is_over_the_time_of_the_phases(chosen: Chosen):
    assert result(chosen, *[sample(1)] * 10, seconds=2.0)["summary"]["throughput_rps"] == 5.0


@pytest.mark.parametrize(
    ("goal", "met"),
    [
        ("p95<50ms", True),
        ("max<=20ms", True),
        ("max<20ms", False),
        ("drawn.median>=0.02s", True),
        ("memory.p99.9<999us", False),
        ("hit_rate>60%", True),
        ("failed=0", True),
        ("unreadable=0", False),
        ("redis.p95<1s", False),
    ],
)
def test_goals_are_held_against_the_result(goal: str, met: bool, chosen: Chosen):
    found = result(chosen, sample(20, "miss"), sample(1), sample(1))
    (parsed,) = parse_goals(goal)
    assert parsed.met_by(found) is met


def test_two_results_are_set_side_by_side(chosen: Chosen):
    one, other = result(chosen, sample(4)), result(chosen, sample(2))
    rows = {name: (first, second) for name, first, second in compare_figures(one, other)}
    assert rows["memory.median"] == (4, 2)
    assert "redis.median" not in rows


def test_tests_that_were_not_alike_are_told_apart(chosen: Chosen):
    one, other = result(chosen, sample(1)), result(chosen, sample(1))
    assert differences(one, other) == []
    other["config"]["seed"] = 9
    assert differences(one, other) == ["seed: 1 and 9"]


def test_the_page_of_a_test_that_was_stopped_says_so(chosen: Chosen):
    found = result(chosen, sample(1))
    assert "Stopped early" not in page(found)
    assert "Stopped early: Ctrl-C in the phase cold" in page({**found, "stopped": "Ctrl-C in the phase cold"})


def test_the_page_of_a_test_in_which_nothing_succeeded_is_drawn(chosen: Chosen):
    assert "1 ×" in page(result(chosen, sample(1, "", status=500, error="1 × status 500")))


def test_the_page_needs_nothing_from_elsewhere(chosen: Chosen):
    html = page(result(chosen, sample(30, "miss"), sample(1), sample(0.5, "", status=304), sample(1, error="<b>")))
    assert "<svg" in html
    assert "&lt;b&gt;" in html
    assert not any(word in html for word in ("<script", "<link", "src=", "@import", "url(")), "loads something"
