"""The findings that are easier to see than to read, as charts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from scripts.charts import Line as Curve
from scripts.charts import linear, lines, logarithmic
from scripts.charts.scale import Scale

from .results import Line

__all__ = ["PICTURES"]


def _by_version(rows: Sequence[Line]) -> str:
    """Cost against version, on a logarithmic axis: equal distances are equal ratios."""
    curves: dict[str, dict[float, float]] = {}
    for line in rows:
        for each in (line.ours, line.theirs):
            curves.setdefault(each.name, {})[line.at or 0] = each.median * 1000
    series = [Curve(name, sorted(points.items())) for name, points in curves.items()]
    up = logarithmic([value for points in curves.values() for value in points.values()])
    return lines("Text to symbol, full at level M", series, across=_VERSIONS, up=up, x="version", y="ms")


def _by_processes(rows: Sequence[Line]) -> str:
    """Throughput against processes."""
    curves: dict[str, dict[float, float]] = {}
    for line in rows:
        for each, name in ((line.ours, "hits"), (line.theirs, "bare reads")):
            curves.setdefault(f"{line.series}, {name}", {})[line.at or 0] = 1 / each.median
    series = [Curve(name, sorted(points.items())) for name, points in curves.items()]
    up = linear([value for points in curves.values() for value in points.values()])
    across = Scale(0, 8, (1, 2, 4, 8))
    return lines("Hits from Redis, all processes together", series, across=across, up=up, x="processes", y="per s")


_VERSIONS = Scale(0, 40, (1, 5, 10, 15, 20, 25, 30, 35, 40))

PICTURES: dict[str, Callable[[Sequence[Line]], str]] = {
    "cost_by_version": _by_version,
    "scaling": _by_processes,
}
"""By the topic that they show."""
