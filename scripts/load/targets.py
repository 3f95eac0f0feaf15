"""What has to hold of a result: ``p95<50ms, cached.p99<=5ms, hit_rate>85, failed=0``."""

from __future__ import annotations

import operator
import re
from typing import Any

import msgspec

from .kinds import CLASSES

__all__ = ["Goal", "TargetError", "parse_goals", "value_of"]

_COMPARISONS = {
    "<=": operator.le,
    ">=": operator.ge,
    "<": operator.lt,
    ">": operator.gt,
    "=": operator.eq,
}
_MILLISECONDS = {"us": 0.001, "µs": 0.001, "ms": 1.0, "s": 1000.0}
_STATISTICS = ("min", "mean", "median", "p95", "p99", "p99.9", "max")
_COUNTS = ("hit_rate", "throughput_rps", "successful", "failed", "cache_hits", "decoded", "unreadable")
_GOAL = re.compile(r"\s*([a-z_.0-9]+?)\s*(<=|>=|<|>|=)\s*([0-9]+(?:\.[0-9]+)?)\s*([a-zµ%]*)\s*")


class TargetError(ValueError):
    """A goal that cannot be read; says what is allowed."""


class Goal(msgspec.Struct, frozen=True):
    """One thing that has to hold.

    Attributes
    ----------
    text
        As it was written.
    name
        A statistic of the response times in ms, perhaps of one class (``cached.p95``), or a member of the summary.
    """

    text: str
    name: str
    comparison: str
    limit: float

    def met_by(self, result: dict[str, Any]) -> bool:
        """Whether it holds; what was not measured fails."""
        value = value_of(result, self.name)
        return value is not None and bool(_COMPARISONS[self.comparison](value, self.limit))


def parse_goals(text: str) -> tuple[Goal, ...]:
    """Return the goals in `text`, separated by commas.

    Raises
    ------
    TargetError
        One of them is none.
    """
    return tuple(_goal(part) for part in text.split(",") if part.strip())


def value_of(result: dict[str, Any], name: str) -> float | None:
    """Return what `result` has under the name of a goal, or None."""
    if name in _COUNTS:
        value = result["summary"].get(name)
    else:
        part, _, statistic = name.rpartition(".") if name not in _STATISTICS else ("all", "", name)
        if name.endswith(".p99.9"):
            part, statistic = name.removesuffix(".p99.9"), "p99.9"
        value = (result["response_times"].get(part) or {}).get(statistic)
    return None if value is None else float(value)


def _goal(text: str) -> Goal:
    matched = _GOAL.fullmatch(text)
    if matched is None:
        raise TargetError(f"{text.strip()!r} is not of the form name<value, with <, <=, =, >= or >")
    name, comparison, number, unit = matched.groups()
    timed = name in _STATISTICS or any(name == f"{part}.{each}" for part in CLASSES for each in _STATISTICS)
    if not timed and name not in _COUNTS:
        known = ", ".join((*_STATISTICS, "cached.p95 and the like", *_COUNTS))
        raise TargetError(f"there is no figure {name!r}; there are {known}")
    if timed and unit not in _MILLISECONDS:
        raise TargetError(f"{text.strip()!r} needs a unit: us, ms or s")
    if not timed and unit not in ("", "%", "rps"):
        raise TargetError(f"{name} has no unit {unit!r}")
    return Goal(text.strip(), name, comparison, float(number) * _MILLISECONDS.get(unit, 1.0))
