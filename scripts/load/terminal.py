"""What the terminal shows: a bar while it runs, tables afterwards."""

from __future__ import annotations

from collections import deque
from time import perf_counter
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from .kinds import CLASSES
from .measuring import Watcher
from .results import percentile
from .sending import Sample

__all__ = ["Bar", "show"]

_WINDOW = 2.0
"""Seconds that the live figures are about."""


class Bar(Watcher):
    """A bar for each phase, with its rate, its p95 and its hit rate of the moment."""

    def __init__(self, console: Console) -> None:
        columns = (TextColumn("{task.description:<12}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"))
        self._bars = Progress(*columns, TimeElapsedColumn(), TextColumn("{task.fields[live]}"), console=console)
        self._console = console
        self._recent: deque[tuple[float, list[Sample]]] = deque()
        self._began = 0.0
        self._seconds: float | None = None
        self._done = 0
        self._task: TaskID | None = None

    def __enter__(self) -> Bar:
        self._bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bars.stop()

    def phase(self, name: str, requests: int | None, seconds: float | None) -> None:
        """Begin another bar; a phase that ends by the clock fills it by the clock."""
        self._recent.clear()
        self._began, self._seconds, self._done = perf_counter(), seconds, 0
        self._task = self._bars.add_task(name, total=seconds or requests, live="")

    def progress(self, samples: list[Sample]) -> None:
        """Move the bar on."""
        if self._task is None:
            return
        now = perf_counter()
        self._done += len(samples)
        self._recent.append((now, samples))
        while self._recent and self._recent[0][0] < now - _WINDOW:
            self._recent.popleft()
        done = min(now - self._began, self._seconds) if self._seconds else self._done
        self._bars.update(self._task, completed=done, live=self._live(now))

    def note(self, text: str) -> None:
        """Say what is being done."""
        self._console.print(f"{text} …", highlight=False)

    def _live(self, now: float) -> str:
        recent = [sample for _, samples in self._recent for sample in samples]
        if not recent:
            return ""
        span = min(_WINDOW, now - self._began)
        p95 = percentile(sorted(sample.seconds * 1000 for sample in recent), 0.95)
        hits = sum(sample.source in ("memory", "redis") for sample in recent)
        lookups = hits + sum(sample.source == "miss" for sample in recent)
        rate = f", {100 * hits / lookups:.0f} % hits" if lookups else ""
        return f"{len(recent) / span:,.0f}/s, p95 {p95:.1f} ms{rate}"


def show(console: Console, result: dict[str, Any]) -> None:
    """Print the result as tables."""
    summary = result["summary"]
    console.print(_phases(result["phases"]))
    console.print(_times(result["response_times"]))
    if any(times["drawn"] and times["cached"] for times in result["profiles"].values()):
        console.print(_profiles(result["profiles"]))
    rate = "no lookups" if summary["hit_rate"] is None else f"{summary['hit_rate']} % of lookups were hits"
    console.print(
        f"{summary['successful']:,} of {summary['successful'] + summary['failed']:,} requests answered in "
        f"{summary['total_time']:.1f} s, {summary['throughput_rps']:,.0f} a second; {rate}; "
        f"{summary['decoded']:,} pictures decoded, {summary['unreadable'] or 'none'} of them unreadable.",
        highlight=False,
    )
    for problem, count in result["errors"].items():
        console.print(f"[red]{count:,} ×[/] {problem}", highlight=False)


def _phases(phases: list[dict[str, Any]]) -> Table:
    table = _table("phase", "requests", "failed", "seconds", "a second", "hits", "median ms", "p99 ms")
    for phase in phases:
        times = phase["response_times"] or {}
        hits = "" if phase["hit_rate"] is None else f"{phase['hit_rate']:.1f} %"
        cells = (f"{phase['requests']:,}", str(phase["failed"]), f"{phase['seconds']:.1f}")
        rate = f"{phase['throughput_rps']:,.0f}"
        table.add_row(phase["name"], *cells, rate, hits, _ms(times.get("median")), _ms(times.get("p99")))
    return table


def _times(times: dict[str, Any]) -> Table:
    names = ("min", "mean", "median", "p95", "p99", "p99.9", "max")
    table = _table("answers, ms", "number", *names)
    for name, words in CLASSES.items():
        if figures := times[name]:
            table.add_row(words, f"{figures['count']:,}", *(_ms(figures[each]) for each in names))
    return table


def _profiles(profiles: dict[str, Any]) -> Table:
    table = _table("median by profile", "drawn, ms", "from the cache, ms", "ratio")
    for kind, times in profiles.items():
        drawn, cached = times["drawn"], times["cached"]
        table.add_row(kind, _ms(drawn), _ms(cached), f"{drawn / cached:.1f} ×" if drawn and cached else "")
    return table


def _table(first: str, *others: str) -> Table:
    table = Table(first)
    for name in others:
        table.add_column(name, justify="right")
    return table


def _ms(value: float | None) -> str:
    return "" if value is None else f"{value:,.2f}"
