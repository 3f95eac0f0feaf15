"""Each alarm, fed with the numbers of the day it is there for, and of an ordinary day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
import pytest
from scripts.local_api.routes import parse
from tests.infrastructure.expanded import ROOT, of_type
from tests.infrastructure.metric_math import Period, evaluate, is_red

NAMES = [
    name
    for name, each in parse(ROOT / "template.yaml")["Resources"].items()
    if each["Type"] == "AWS::CloudWatch::Alarm"
]
GB = 1_073_741_824


def alarm(name: str) -> dict[str, Any]:
    """The alarm of that name, in a stack that has it."""
    stacks = (
        of_type("AWS::CloudWatch::Alarm", Cache=cache, HitRateAlarmPercent="60") for cache in ("serverless", "nodes")
    )
    return next(found[name] for found in stacks if name in found)


class Day(msgspec.Struct, frozen=True):
    """Some periods of an alarm, in its own length, and whether it is to be red after them."""

    alarm: str
    story: str
    red: bool
    periods: Sequence[Period]


def counts(*values: float | None) -> list[Period]:
    return [{"value": value} for value in values]


def rates(total: str, part: str, *pairs: tuple[float | None, float | None]) -> list[Period]:
    return [{total: whole, part: some} for whole, some in pairs]


DAYS = [
    Day("ApiErrorsAlarm", "one in fifty of many fails", True, rates("requests", "errors", (6000, 120), (6000, 130))),
    Day("ApiErrorsAlarm", "nothing fails", False, rates("requests", "errors", (6000, 0), (6000, 0), (6000, 0))),
    Day("ApiErrorsAlarm", "one failure among few", False, rates("requests", "errors", (3, 1), (4, 0), (2, 1))),
    # Per quarter of an hour: 20 requests a minute, and every one fails.
    Day("ApiFailuresAlarm", "a total outage of a quiet service", True, rates("requests", "errors", (300, 300))),
    Day("ApiFailuresAlarm", "the few requests of a night all fail", True, rates("requests", "errors", (5, 5))),
    Day("ApiFailuresAlarm", "a few of a million fail", False, rates("requests", "errors", (180_000, 40))),
    Day("ApiFailuresAlarm", "somebody met one failure", False, rates("requests", "errors", (20, 1))),
    Day("ApiFailuresAlarm", "nobody asks", False, rates("requests", "errors", (None, None))),
    Day(
        "ApiLatencyAlarm",
        "a quiet service became slow",
        True,
        [{"requests": 30, "most": 4000, "many": 3000}, {"requests": 25, "most": 4100, "many": 2500}],
    ),
    Day(
        "ApiLatencyAlarm",
        "one in fifty of a busy one is slow",
        True,
        [{"requests": 9000, "most": 3500, "many": 20}, {"requests": 9100, "most": 3400, "many": 22}],
    ),
    Day(
        "ApiLatencyAlarm",
        "each period of a quiet service has a cold start",
        False,
        [{"requests": 30, "most": 2600, "many": 90}] * 3,
    ),
    Day(
        "ApiLatencyAlarm",
        "after a slow evening nobody asks at night",
        False,
        [{"requests": 9000, "most": 3500, "many": 900}] * 3 + [{"requests": 2, "most": 2500, "many": 2500}, {}, {}],
    ),
    # A canary of a tenth: the new version gets two requests a minute, and fails them all.
    Day("ReleaseErrorsAlarm", "a bad version at little traffic", True, rates("invocations", "errors", (2, 2), (2, 2))),
    Day(
        "ReleaseErrorsAlarm",
        "a bad version whose newest minutes are not in yet",
        True,
        rates("invocations", "errors", (40, 2), (38, 3), (None, None), (None, None)),
    ),
    Day(
        "ReleaseErrorsAlarm", "a single failure", False, rates("invocations", "errors", (2, 0), (2, 1), (2, 0), (2, 0))
    ),
    Day("ReleaseErrorsAlarm", "a good version", False, rates("invocations", "errors", (900, 0), (900, 1), (900, 2))),
    Day("ReleaseErrorsAlarm", "nobody asks", False, rates("invocations", "errors", (None, None))),
    Day(
        "ReleaseFailuresAlarm",
        "a bad version at little traffic, whose log is late",
        True,
        [{"invocations": 2, "failures": 2}, {"invocations": 3, "failures": 1}, {"invocations": 2}, {}],
    ),
    Day("ReleaseFailuresAlarm", "a single failure", False, [{"invocations": 2, "failures": 1}, {"invocations": 2}]),
    Day("ReleaseFailuresAlarm", "a good version", False, [{"invocations": 900}, {"invocations": 900, "failures": 2}]),
    Day("ReleaseLatencyAlarm", "a slow version", True, rates("invocations", "many", (12, 2500), (11, 2600))),
    Day("ReleaseLatencyAlarm", "a fast one", False, rates("invocations", "many", (12, 40), (900, 30), (11, 50))),
    Day("ReleaseLatencyAlarm", "two large pictures", False, rates("invocations", "many", (2, 3000), (1, 3000), (2, 9))),
    *(
        Day(f"{name}ErrorsAlarm", "it crashes now and then", True, counts(5))
        for name in ("Generate", "Stats", "Clear", "Warm")
    ),
    *(
        Day(f"{name}ErrorsAlarm", "nothing crashes", False, counts(0, None, 1))
        for name in ("Generate", "Stats", "Clear", "Warm")
    ),
    Day("ThrottlesAlarm", "no environment is left", True, counts(3, 0, 8)),
    Day("ThrottlesAlarm", "a single burst", False, counts(0, 4, None)),
    Day(
        "HitRateAlarm",
        "most lookups miss",
        True,
        [{"misses": 900, "memory": 40, "redis": 60}] * 4,
    ),
    Day("HitRateAlarm", "most hit", False, [{"misses": 100, "memory": 500, "redis": 400}] * 6),
    Day("HitRateAlarm", "too few to say", False, [{"misses": 20, "memory": None, "redis": 1}] * 6),
    Day("BreakerAlarm", "Redis is gone, and many ask", True, counts(40, 60)),
    Day("BreakerAlarm", "a failover", False, counts(None, 30, 2, None)),
    Day("CacheLostAlarm", "Redis is gone, and hardly anybody asks", True, counts(3, 1, 2)),
    Day("CacheLostAlarm", "a failover", False, counts(None, 30, 2, None)),
    Day("CacheErrorsAlarm", "a user lacks a command", True, counts(20, 18)),
    Day("CacheErrorsAlarm", "a failover refused a few writes", False, counts(None, 40, 1)),
    Day("CacheErrorsAlarm", "nothing is refused", False, counts(None, None, None)),
    Day("WarmFailuresAlarm", "a warming failed for good", True, counts(1)),
    Day("WarmFailuresAlarm", "the queue is empty", False, counts(0)),
    Day("ServerlessMemoryAlarm", "it is nearly full", True, [{"bytes": 0.9 * GB}] * 3),
    Day("ServerlessMemoryAlarm", "half full", False, [{"bytes": 0.5 * GB}] * 3),
    Day("NodeMemoryAlarm", "it is nearly full", True, counts(85, 86, 88)),
    Day("NodeMemoryAlarm", "half full", False, counts(50, 50, 50)),
    Day("CacheThrottledAlarm", "commands are refused", True, counts(12, 0, 3)),
    Day("CacheThrottledAlarm", "it grew a moment too late once", False, counts(0, 9, 0)),
    Day("NodeCpuAlarm", "the second node is the primary, and busy", True, rates("first", "second", (3, 90), (4, 97))),
    Day("NodeCpuAlarm", "both have time", False, rates("first", "second", (30, 3), (40, 4), (35, 2))),
    Day("NodeEvictionsAlarm", "entries are dropped", True, rates("first", "second", (5, 0), (9, 0), (2, None))),
    Day("NodeEvictionsAlarm", "none are", False, rates("first", "second", (0, 0), (0, 0), (0, None))),
    Day("NodeAccessAlarm", "a user lacks a command", True, [{"commands1": 40.0, "logins2": 0.0}, {"commands1": 12.0}]),
    Day("NodeAccessAlarm", "everybody may", False, [{"commands1": 0.0, "logins1": 0.0, "keys2": 0.0}] * 3),
]


@pytest.mark.parametrize("missing", [None, 0.0], ids=["missing", "zero"])
@pytest.mark.parametrize("day", DAYS, ids=lambda day: f"{day.alarm}: {day.story}")
def test_an_alarm_is_red_on_the_day_it_is_there_for_and_on_no_other(day: Day, missing: float | None) -> None:
    assert is_red(alarm(day.alarm), day.periods, missing=missing) is day.red


@pytest.mark.parametrize("name", NAMES)
def test_every_alarm_has_a_day_of_need_and_an_ordinary_one(name: str) -> None:
    assert {day.red for day in DAYS if day.alarm == name} == {True, False}


@pytest.mark.parametrize("name", ["ReleaseErrorsAlarm", "ReleaseFailuresAlarm", "ReleaseLatencyAlarm"])
def test_what_takes_a_release_back_looks_at_the_newest_version_alone(name: str) -> None:
    for metric in alarm(name)["Metrics"]:
        if "MetricStat" in metric and metric["Id"] != "failures":
            dimensions = {each["Name"]: each["Value"] for each in metric["MetricStat"]["Metric"]["Dimensions"]}
            assert dimensions.keys() == {"FunctionName", "Resource", "ExecutedVersion"}
            assert dimensions["ExecutedVersion"]["Fn::GetAtt"][0].startswith("GenerateFunctionVersion")


@pytest.mark.parametrize("name", ["ReleaseErrorsAlarm", "ReleaseFailuresAlarm", "ReleaseLatencyAlarm"])
def test_what_takes_a_release_back_waits_for_late_numbers_and_fills_none_in(name: str) -> None:
    assert int(alarm(name)["DatapointsToAlarm"]) < int(alarm(name)["EvaluationPeriods"])
    assert all("FILL" not in each.get("Expression", "") for each in alarm(name)["Metrics"])


def test_failures_that_are_answered_are_counted_for_the_newest_version_alone() -> None:
    (found,) = of_type("AWS::Logs::MetricFilter").values()
    pattern, versions = found["FilterPattern"]["Fn::Sub"]
    assert pattern == '{ $.outcome = "failed" && $.version = "${Newest}" }'
    assert versions["Newest"]["Fn::GetAtt"][0].startswith("GenerateFunctionVersion")
    (transformation,) = found["MetricTransformations"]
    (watched,) = (each for each in alarm("ReleaseFailuresAlarm")["Metrics"] if each["Id"] == "failures")
    assert watched["MetricStat"]["Metric"]["MetricName"] == transformation["MetricName"]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("IF(a > 20, 100 * b / a, 0)", 50.0),
        ("IF(a < 20, 1, 0)", 0.0),
        ("a + FILL(c, 7)", 47.0),
        ("SUM([a, b])", 60.0),
        ("MAX([a, b])", 40.0),
        ("SUM(METRICS())", 60.0),
        ("b / 0", None),
    ],
)
def test_the_mathematics_is_cloudwatch_s(expression: str, expected: float | None) -> None:
    assert evaluate(expression, {"a": 40, "b": 20, "c": None}, missing=None) == expected


def test_a_missing_number_is_missing_or_zero_in_arithmetic() -> None:
    assert evaluate("a + c", {"a": 40, "c": None}, missing=None) is None
    assert evaluate("a + c", {"a": 40, "c": None}, missing=0) == 40
