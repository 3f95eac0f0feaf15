"""The one Logger and the one metrics line.

A request writes one metrics line. If something went wrong, it also writes one log line, and one more metrics line for
each kind of refusal from Redis. None of them ever contains the data of a code.

The line equals that of Powertools' Metrics, in CloudWatch's embedded metric format; a test compares the two. It is
written here because Powertools takes 25 ms to import and 23 µs a line, and every request would wait for both. The
Logger of Powertools is only loaded when there is something to log.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from functools import cache
from time import time
from typing import TYPE_CHECKING

import msgspec

from .config import telemetry

if TYPE_CHECKING:
    from types import TracebackType

    from aws_lambda_powertools.logging import Logger

__all__ = ["METRICS", "annotate", "count", "count_refusal", "flush", "listen", "logger", "observe", "without_quotes"]

METRICS = {
    "MemoryHits": "Count",
    "RedisHits": "Count",
    "Misses": "Count",
    "LookupTime": "Milliseconds",
    "DrawTime": "Milliseconds",
    "BreakerOpened": "Count",
    "BreakerSkipped": "Count",
    "CacheErrors": "Count",
    "ColdStart": "Count",
    "WarmStored": "Count",
    "WarmPresent": "Count",
    "WarmFailed": "Count",
    "WarmLeft": "Count",
}
"""The metrics besides Requests and Duration, with their units; they cover the whole service, not one route."""

MAX_VALUES = 100
"""Most values of one metric that CloudWatch accepts in one line."""

_pending: dict[str, list[float]] = {}
"""The values of `METRICS` for the next line."""

_refusals: dict[str, int] = {}
"""How often Redis refused something since the last line, by kind."""

_notes: dict[str, str] = {}
"""Further members of the next line that are not dimensions."""

Listener = Callable[[str, str, float, Mapping[str, list[float]], Mapping[str, int]], None]
"""Receives route, outcome and milliseconds of a request, and the metric values and refusals since the last one."""

_listener: Listener | None = None


@cache
def logger() -> Logger:
    """Return the Logger of this process: JSON lines on standard output."""
    from aws_lambda_powertools.logging import Logger

    return Logger(service=telemetry().service)


def without_quotes(error: Exception) -> tuple[type[BaseException], BaseException, TracebackType | None]:
    """Return an exception in a form safe to log: with its traceback, but without words that may quote a request.

    Messages of the system or the interpreter about a file, a module or a name are kept.
    """
    if isinstance(error, OSError | ImportError | NameError | AttributeError | MemoryError | RecursionError):
        return type(error), error, error.__traceback__
    kind: type[BaseException] = type(type(error).__name__, (Exception,), {"__module__": type(error).__module__})
    return kind, kind("its message may quote the request, and is left out"), error.__traceback__


def count(name: str, times: int = 1) -> None:
    """Add `times` to the counter `name` of `METRICS`; the next `flush` writes it."""
    values = _pending.get(name)
    if values is None:
        _pending[name] = [times]
    else:
        values[0] += times


def annotate(name: str, value: str) -> None:
    """Add `value` to the next line; it is one of a few fixed words, never the caller's, and not a dimension."""
    _notes[name] = value


def count_refusal(kind: str) -> None:
    """Count a refusal of this kind from Redis: in the next line of the service, and in a separate line for the kind."""
    count("CacheErrors")
    _refusals[kind] = _refusals.get(kind, 0) + 1


def observe(name: str, milliseconds: float) -> None:
    """Add a value to the metric `name` of `METRICS`; the next `flush` writes it. At most `MAX_VALUES` are kept."""
    values = _pending.setdefault(name, [])
    if len(values) < MAX_VALUES:
        values.append(milliseconds)


def listen(listener: Listener | None) -> None:
    """Call `listener` with the contents of each `flush`, even if metrics lines are turned off; None stops that."""
    global _listener
    _listener = listener


def flush(route: str, outcome: str, milliseconds: float) -> None:
    """Write the metrics line of one request, with everything counted and observed since the last line.

    Parameters
    ----------
    route
        The operation, such as ``generate``: a dimension.
    outcome
        A dimension: ``memory``, ``redis``, ``miss``, ``bypass``, ``not_modified``, ``done``, ``rejected``, ``failed``.
    milliseconds
        From event in to response out.
    """
    if _listener is not None:
        _listener(route, outcome, milliseconds, _pending, _refusals)
    names = telemetry()
    if names.debugs:
        logger().debug("answered", extra={"route": route, "outcome": outcome, "ms": round(milliseconds, 3)})
    notes: tuple[tuple[str, str], ...] = ()
    if _notes:
        notes = tuple(_notes.items())
        _notes.clear()
    if names.metrics_disabled:
        _pending.clear()
        _refusals.clear()
        return
    before, between, *after = _line_parts(
        names.namespace, names.service, names.version, route, outcome, notes, *_pending
    )
    line = f"{before}{int(time() * 1000)}{between}{milliseconds!r}{after[0]}"
    for values, part in zip(_pending.values(), after[1:], strict=True):
        line += f"{','.join(map(repr, values))}{part}"
    _pending.clear()
    if _refusals:
        line += "".join([_refusal_line(names.namespace, names.service, *each) for each in _refusals.items()])
        _refusals.clear()
    # One write, so that lines of several processes do not mix.
    sys.stdout.write(line)


@cache
def _line_parts(
    namespace: str,
    service: str,
    version: str,
    route: str,
    outcome: str,
    notes: tuple[tuple[str, str], ...],
    *observed: str,
) -> list[str]:
    """Split the line at its values: the time, the duration, and the values of each metric in `observed`."""
    metrics = [{"Name": "Requests", "Unit": "Count"}, {"Name": "Duration", "Unit": "Milliseconds"}]
    declared = [{"Namespace": namespace, "Dimensions": [["route", "outcome", "service"]], "Metrics": metrics}]
    if observed:
        more = [{"Name": name, "Unit": METRICS[name]} for name in observed]
        declared.append({"Namespace": namespace, "Dimensions": [["service"]], "Metrics": more})
    line = {
        "_aws": {"CloudWatchMetrics": declared, "Timestamp": _PLACEHOLDER},
        "route": route,
        "outcome": outcome,
        "service": service,
        # Not a dimension: a filter on the log compares the failures of a new version with those of the old one.
        **({"version": version} if version else {}),
        **dict(notes),
        "Requests": [1.0],
        "Duration": [_PLACEHOLDER],
        **{name: [_PLACEHOLDER] for name in observed},
    }
    return f"{msgspec.json.encode(line).decode()}\n".split(msgspec.json.encode(_PLACEHOLDER).decode())


def _refusal_line(namespace: str, service: str, kind: str, times: int) -> str:
    """Build the line for one kind of refusal; the line of the request cannot hold this dimension."""
    metrics = [{"Name": "CacheErrors", "Unit": METRICS["CacheErrors"]}]
    declared = [{"Namespace": namespace, "Dimensions": [["kind", "service"]], "Metrics": metrics}]
    line = {
        "_aws": {"CloudWatchMetrics": declared, "Timestamp": int(time() * 1000)},
        "kind": kind,
        "service": service,
        "CacheErrors": [float(times)],
    }
    return f"{msgspec.json.encode(line).decode()}\n"


_PLACEHOLDER = "\x00"
"""A character that no environment variable can hold, and so neither the namespace nor the service."""
