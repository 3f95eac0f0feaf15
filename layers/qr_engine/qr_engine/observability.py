"""The one Logger and the one metrics line.

A request writes one metrics line and, only where something went wrong, one log line. Neither ever holds what a user
asked to encode.

The line is what Powertools' Metrics would print, in CloudWatch's embedded metric format, and a test compares the two;
it is written here because Powertools takes 25 ms to import and 23 µs a line, and every request would wait for both.
Its Logger is loaded by the first line that there is to log.
"""

from __future__ import annotations

import sys
from functools import cache
from time import time
from typing import TYPE_CHECKING

import msgspec

from .config import telemetry

if TYPE_CHECKING:
    from aws_lambda_powertools.logging import Logger

__all__ = ["METRICS", "happened", "logger", "record", "took"]

METRICS = {
    "MemoryHits": "Count",
    "RedisHits": "Count",
    "Misses": "Count",
    "LookupTime": "Milliseconds",
    "DrawTime": "Milliseconds",
    "BreakerOpened": "Count",
    "BreakerSkipped": "Count",
    "ColdStart": "Count",
    "WarmStored": "Count",
    "WarmPresent": "Count",
    "WarmFailed": "Count",
    "WarmLeft": "Count",
}
"""What a line may say beside Requests and Duration, and its unit: of the whole service, whatever the route was."""

MOST_VALUES = 100
"""Values of one metric that CloudWatch takes from one line."""

_noted: dict[str, list[float]] = {}
"""The values of `METRICS` for the next line."""


@cache
def logger() -> Logger:
    """The Logger of this process: JSON lines on standard output."""
    from aws_lambda_powertools.logging import Logger

    return Logger(service=telemetry().service)


def happened(name: str, times: int = 1) -> None:
    """Say in the next line that what `name` (of `METRICS`) counts has happened, that many `times`."""
    noted = _noted.get(name)
    if noted is None:
        _noted[name] = [times]
    else:
        noted[0] += times


def took(name: str, milliseconds: float) -> None:
    """Say in the next line that what `name` (of `METRICS`) measures took so long; not beyond `MOST_VALUES`."""
    noted = _noted.setdefault(name, [])
    if len(noted) < MOST_VALUES:
        noted.append(milliseconds)


def record(route: str, outcome: str, milliseconds: float) -> None:
    """Write the metrics line of one request, with what was counted and observed since the last.

    Parameters
    ----------
    route
        The operation, such as ``generate``: a dimension.
    outcome
        A dimension: ``memory``, ``redis``, ``miss``, ``bypass``, ``not_modified``, ``done``, ``rejected``, ``failed``.
    milliseconds
        From event in to response out.
    """
    told = telemetry()
    if told.metrics_disabled:
        _noted.clear()
        return
    before, between, *after = _line(told.namespace, told.service, route, outcome, *_noted)
    line = f"{before}{int(time() * 1000)}{between}{milliseconds!r}{after[0]}"
    for values, part in zip(_noted.values(), after[1:], strict=True):
        line += f"{','.join(map(repr, values))}{part}"
    _noted.clear()
    # One write, so that lines of several processes do not mix.
    sys.stdout.write(line)


@cache
def _line(namespace: str, service: str, route: str, outcome: str, *noted: str) -> list[str]:
    """The line in parts: between them go the time, the duration, and the values of each of what was `noted`."""
    metrics = [{"Name": "Requests", "Unit": "Count"}, {"Name": "Duration", "Unit": "Milliseconds"}]
    declared = [{"Namespace": namespace, "Dimensions": [["route", "outcome", "service"]], "Metrics": metrics}]
    if noted:
        more = [{"Name": name, "Unit": METRICS[name]} for name in noted]
        declared.append({"Namespace": namespace, "Dimensions": [["service"]], "Metrics": more})
    line = {
        "_aws": {"CloudWatchMetrics": declared, "Timestamp": _OPEN},
        "route": route,
        "outcome": outcome,
        "service": service,
        "Requests": [1.0],
        "Duration": [_OPEN],
        **{name: [_OPEN] for name in noted},
    }
    return f"{msgspec.json.encode(line).decode()}\n".split(msgspec.json.encode(_OPEN).decode())


_OPEN = "\x00"
"""What no environment variable can hold, and so neither of the names."""
