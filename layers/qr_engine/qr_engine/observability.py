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

__all__ = ["logger", "record"]


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
    before, between, after = _line(told.namespace, told.service, route, outcome)
    # One write, so that lines of several processes do not mix.
    sys.stdout.write(f"{before}{int(time() * 1000)}{between}{milliseconds!r}{after}")


@cache
def _line(namespace: str, service: str, route: str, outcome: str) -> list[str]:
    """The line in three parts: the time goes between the first two, the duration between the last two."""
    metrics = [{"Name": "Requests", "Unit": "Count"}, {"Name": "Duration", "Unit": "Milliseconds"}]
    declared = [{"Namespace": namespace, "Dimensions": [["route", "outcome", "service"]], "Metrics": metrics}]
    line = {
        "_aws": {"CloudWatchMetrics": declared, "Timestamp": _OPEN},
        "route": route,
        "outcome": outcome,
        "service": service,
        "Requests": [1.0],
        "Duration": [_OPEN],
    }
    return f"{msgspec.json.encode(line).decode()}\n".split(msgspec.json.encode(_OPEN).decode())


_OPEN = "\x00"
"""What no environment variable can hold, and so neither of the names."""
