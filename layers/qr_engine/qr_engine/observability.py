"""The one Logger and the one metrics line.

A request writes one metrics line and, only where something went wrong, one log line. Neither ever holds what a user
asked to encode.

The line is what Powertools' Metrics would print, in CloudWatch's embedded metric format, and a test compares the two;
it is written here because Powertools takes 25 ms to import and 23 µs a line, and every request would wait for both.
Its Logger is loaded by the first line that there is to log.
"""

from __future__ import annotations

from functools import cache
from time import time
from typing import TYPE_CHECKING

import msgspec

from .config import telemetry

if TYPE_CHECKING:
    from aws_lambda_powertools.logging import Logger

__all__ = ["logger", "record"]

_encode = msgspec.json.Encoder().encode


@cache
def logger() -> Logger:
    """The Logger of this process: JSON lines on standard output."""
    from aws_lambda_powertools.logging import Logger

    return Logger(service=telemetry().service)


def record(route: str, outcome: str, milliseconds: float) -> None:
    """Write the metrics line of one request.

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
        return
    line = {
        "_aws": {"Timestamp": int(time() * 1000), "CloudWatchMetrics": _declared(told.namespace)},
        "route": route,
        "outcome": outcome,
        "service": told.service,
        "Requests": [1.0],
        "Duration": [milliseconds],
    }
    print(_encode(line).decode())


@cache
def _declared(namespace: str) -> list[dict[str, object]]:
    """What the line declares to be a metric and what a dimension."""
    metrics = [{"Name": "Requests", "Unit": "Count"}, {"Name": "Duration", "Unit": "Milliseconds"}]
    return [{"Namespace": namespace, "Dimensions": [["route", "outcome", "service"]], "Metrics": metrics}]
