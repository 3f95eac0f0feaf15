"""Whether the metrics that a stack's alarms look at have arrived, under exactly those dimensions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from time import monotonic, sleep
from typing import Any

from .probe import Failed
from .smoke import Skipped

__all__ = ["checks"]

EVERY_REQUEST = {"5xx", "Count", "Latency", "Errors", "Invocations", "Duration"}
"""Metrics that every request writes; the others wait for something to go wrong, or for a cache."""

MINUTES = 5
"""How long AWS may take to show what has happened."""


def checks(stack: str, region: str) -> dict[str, Callable[[], str]]:
    """Return the checks of a deployed stack, by name, for `scripts.deploying.smoke.smoke`."""
    import boto3

    client = boto3.client("cloudwatch", region_name=region)
    return {
        "metrics of the alarms": lambda: check_arrivals(client, stack),
        "connect, TLS and login": lambda: first_lookups(client, stack),
    }


def metrics_of(alarms: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every metric that the alarms look at, as ``Namespace``, ``MetricName`` and ``Dimensions``."""
    metrics = []
    for alarm in alarms:
        stats = [each["MetricStat"]["Metric"] for each in alarm.get("Metrics", ()) if "MetricStat" in each]
        metrics += stats or [alarm]
    return [{name: each[name] for name in ("Namespace", "MetricName", "Dimensions")} for each in metrics]


def check_arrivals(client: Any, stack: str) -> str:
    """How many of the alarms' metrics have data; those that every request writes have to."""
    pages = client.get_paginator("describe_alarms").paginate(AlarmNamePrefix=f"{stack}-")
    alarms = [alarm for page in pages for alarm in page["MetricAlarms"]]
    if not alarms:
        raise Failed(f"no alarm begins with {stack}-")
    metrics = metrics_of(alarms)
    until = monotonic() + MINUTES * 60
    while True:
        there = [each for each in metrics if _has_data(client, each)]
        missing = [
            each
            for each in metrics
            if each["MetricName"] in EVERY_REQUEST and _is_written_by_smoke_test(each) and each not in there
        ]
        if not missing:
            return f"{len(there)} of {len(metrics)} have data; the others wait for what they warn of"
        if monotonic() > until:
            names = {f"{each['Namespace']} {each['MetricName']} {_dimensions(each)}" for each in missing}
            raise Failed(f"no data after {MINUTES} minutes: {'; '.join(sorted(names))}")
        sleep(15)


def first_lookups(client: Any, stack: str) -> str:
    """Return the slowest hundredth of the last hour's lookups, which are those that connected and logged in first."""
    now = datetime.now(UTC)
    statistics = client.get_metric_statistics(
        Namespace="QREngine",
        MetricName="LookupTime",
        Dimensions=[{"Name": "service", "Value": stack}],
        StartTime=now - timedelta(hours=1),
        EndTime=now,
        Period=3600,
        ExtendedStatistics=["p50", "p99", "p100"],
    )["Datapoints"]
    if not statistics:
        raise Skipped("memory answered every lookup of the last hour")
    figures = statistics[-1]["ExtendedStatistics"]
    return ", ".join(f"{name} {figures[name]:.1f} ms" for name in ("p50", "p99", "p100"))


def _is_written_by_smoke_test(metric: dict[str, Any]) -> bool:
    """Whether the smoke test's own requests write it: stats, clear, warm and generate are all called."""
    return metric["Namespace"] in ("AWS/ApiGateway", "AWS/Lambda")


def _dimensions(metric: dict[str, Any]) -> str:
    return ", ".join(f"{each['Name']}={each['Value']}" for each in metric["Dimensions"])


def _has_data(client: Any, metric: dict[str, Any]) -> bool:
    now = datetime.now(UTC)
    statistics = client.get_metric_statistics(
        **metric, StartTime=now - timedelta(minutes=30), EndTime=now, Period=300, Statistics=["SampleCount"]
    )
    return bool(statistics["Datapoints"])
