"""The result as one page that needs nothing else: figures, and charts in SVG."""

from __future__ import annotations

import json
from html import escape
from itertools import accumulate, pairwise
from typing import Any

from scripts.charts import Band, Line, bars, linear, lines, logarithmic

from .kinds import CLASSES, PHASES

__all__ = ["page"]

_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Load test: {profile}, {requests} requests</title>
<style>
:root {{ color-scheme: light dark; --line: #d1d5db; --dim: #6b7280; --page: #f3f4f6; --card: #fff }}
@media (prefers-color-scheme: dark) {{ :root {{ --line: #374151; --dim: #9ca3af; --page: #111827; --card: #1f2937 }} }}
body {{ font: 15px/1.5 system-ui, sans-serif; margin: 0; background: var(--page) }}
main {{ max-width: 812px; margin: 0 auto; padding: 24px 16px 48px }}
h1 {{ font-size: 24px; margin: 0 0 4px }}
h2 {{ font-size: 17px; margin: 32px 0 8px }}
p.dim {{ color: var(--dim); margin: 0 }}
.tiles {{ display: grid; grid-template-columns: repeat(auto-fit, minmax(112px, 1fr)); gap: 12px; margin: 20px 0 }}
.tiles div {{ background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 12px 14px }}
.tiles b {{ display: block; font-size: 24px; font-weight: 600; font-variant-numeric: tabular-nums }}
.tiles span {{ color: var(--dim); font-size: 13px }}
.scroll {{ overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: 8px }}
table {{ border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums }}
th, td {{ text-align: right; padding: 6px 12px; border-top: 1px solid var(--line); white-space: nowrap }}
tr:first-child th {{ border-top: 0 }}
th:first-child, td:first-child {{ text-align: left }}
th {{ font-weight: 600 }}
svg {{ display: block; width: 100%; height: auto; border: 1px solid var(--line); border-radius: 8px; margin: 12px 0;
  box-sizing: border-box }}
pre {{ background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 12px; overflow-x: auto;
  font-size: 13px }}
.scroll {{ background: linear-gradient(to right, var(--card) 30%, transparent),
  linear-gradient(to left, var(--card) 30%, transparent) right,
  radial-gradient(farthest-side at left, var(--line), transparent),
  radial-gradient(farthest-side at right, var(--line), transparent) right;
  background-repeat: no-repeat; background-size: 40px 100%, 40px 100%, 12px 100%, 12px 100%;
  background-attachment: local, local, scroll, scroll; background-color: var(--card) }}
dl {{ display: grid; grid-template-columns: max-content 1fr; gap: 4px 16px; margin: 8px 0 }}
dt {{ font-weight: 600 }}
dd {{ margin: 0; color: var(--dim) }}
@media (max-width: 480px) {{ th, td {{ padding: 6px 8px; font-size: 13px }} dl {{ display: block }} }}
.missed {{ color: #d55e00; font-weight: 600 }}
</style>
<main>
<h1>Load test of QR Engine</h1>
<p class="dim">{what}</p>
<p class="dim">{when}</p>
{stopped}
<div class="tiles">{tiles}</div>
{goals}
{charts}
<h2>Response times, ms</h2>
<div class="scroll">{times}</div>
<h2>Phases</h2>
<div class="scroll">{phases}</div>
{explained}
{errors}
<h2>Configuration</h2>
<pre>{config}</pre>
</main>
"""

_STATISTICS = ("count", "min", "mean", "median", "p95", "p99", "p99.9", "max")
_COLORS = {"drawn": 5, "memory": 0, "redis": 2, "revalidated": 3, "cached": 4, "all": 1}
"""One colour for a kind of answers, in every chart."""


def page(result: dict[str, Any]) -> str:
    """Return the HTML of `result`."""
    config, summary = result["config"], result["summary"]
    loop = f"open loop at {config['rate']:g} a second" if config["rate"] else "closed loop"
    what = f"{config['url']}, profile {config['profile']}, {loop}, {config['concurrent']} connections"
    return _PAGE.format(
        profile=escape(config["profile"]),
        requests=f"{summary['successful'] + summary['failed']:,}",
        what=escape(what),
        when=escape(_when(result)),
        explained=_explained(result["phases"]),
        stopped=f'<p class="missed">Stopped early: {escape(result["stopped"])}</p>' if result["stopped"] else "",
        tiles=_tiles(summary, result["response_times"]),
        goals=_goals(result.get("goals", [])),
        charts="\n".join(_charts(result)),
        times=_table(
            ["answers", *_STATISTICS],
            [
                [words, *(_number(figures[each]) for each in _STATISTICS)]
                for name, words in CLASSES.items()
                if (figures := result["response_times"][name])
            ],
        ),
        phases=_phases(result["phases"]),
        errors=_errors(result["errors"]),
        config=escape(json.dumps(config, indent=2)),
    )


def _tiles(summary: dict[str, Any], times: dict[str, Any]) -> str:
    overall = times["all"] or {}
    tiles = {
        "requests a second": f"{summary['throughput_rps']:,.0f}",
        "of lookups were hits": "none" if summary["hit_rate"] is None else f"{summary['hit_rate']:.1f} %",
        "ms, median": _number(overall.get("median")),
        "ms, p99": _number(overall.get("p99")),
        "failed": f"{summary['failed']:,}",
        f"of {summary['decoded']:,} pictures unreadable": f"{summary['unreadable']:,}",
    }
    return "".join(f"<div><b>{value}</b><span>{escape(name)}</span></div>" for name, value in tiles.items())


def _when(result: dict[str, Any]) -> str:
    machine, seconds = result["machine"], result["summary"]["total_time"]
    began = result["began"].replace("T", " ")
    return (
        f"{began}, {seconds:,.1f} s of measuring, sent from {machine['processor']} with {machine['cores']} cores,"
        f" {machine['system']}, Python {machine['python'].split()[-1]}"
    )


def _charts(result: dict[str, Any]) -> list[str]:
    charts = []
    histograms = {name: counts for name, counts in result["histograms"].items() if counts}
    if histograms:
        # Parts of all answers of their kind: a rare kind is to be seen beside a frequent one.
        outlines = [
            Line(CLASSES[name], _outline(counts), stepped=True, color=_COLORS[name])
            for name, counts in histograms.items()
        ]
        across = logarithmic([at for line in outlines for at, _ in line.points])
        up = linear([value for line in outlines for _, value in line.points if value is not None])
        title = "How long answers took, in percent of their kind"
        charts.append(lines(title, outlines, across=across, up=up, x="milliseconds", y="%"))
    charts += _over_time(result)
    groups = [(kind, (times["drawn"], times["cached"])) for kind, times in result["profiles"].items()]
    medians = [value for _, values in groups for value in values if value]
    if medians:
        along = logarithmic([*medians, min(medians) / 3])
        names, colors = (CLASSES["drawn"], CLASSES["cached"]), (_COLORS["drawn"], _COLORS["cached"])
        charts.append(bars("Median by profile", groups, names, along=along, unit="milliseconds", colors=colors))
    return charts


def _over_time(result: dict[str, Any]) -> list[str]:
    """Draw throughput and hits over the time of the phases, which follow each other without the pauses between them."""
    ends = list(accumulate(phase["seconds"] for phase in result["phases"]))
    bands = [
        Band(phase["name"], end - phase["seconds"], end) for phase, end in zip(result["phases"], ends, strict=True)
    ]
    across = linear(ends)
    charts = []
    for title, figure, color, most, unit in (
        ("Answers a second, by phase", "throughput_rps", "all", None, "per s"),
        ("Hits, in percent of all lookups, by phase", "hit_rate", "cached", 100, "%"),
    ):
        values = [span[figure] for span in result["timeline"] if span[figure] is not None]
        if values:
            points = [point for band in bands for point in _in_phase(result, band, figure)]
            line = Line(figure, points, stepped=True, color=_COLORS[color])
            up = linear(values, most=most)
            charts.append(
                lines(title, [line], across=across, up=up, x="seconds, without the pauses", y=unit, bands=bands)
            )
    return charts


def _outline(counts: list[list[float]]) -> list[tuple[float, float | None]]:
    """Draw the outline of a histogram whose bars are a twelfth of a factor of ten wide."""
    total, width = sum(count for _, count in counts), 10 ** (1 / 12)
    points: list[tuple[float, float | None]] = [(counts[0][0], 0.0)]
    end = counts[0][0]
    for at, count in counts:
        if at > end * 1.01:
            points.append((end, 0.0))
        points.append((at, 100 * count / total))
        end = at * width
    return [*points, (end, 0.0)]


def _in_phase(result: dict[str, Any], band: Band, figure: str) -> list[tuple[float, float | None]]:
    """Return the figure over the time of one phase, interrupted behind it."""
    began = next(phase["began"] for phase in result["phases"] if phase["name"] == band.name)
    spans = [span for span in result["timeline"] if span["phase"] == band.name]
    points = [(band.begin + span["at"] - began, span[figure]) for span in spans]
    return [*points, (band.end, points[-1][1]), (band.end, None)] if points else []


def _explained(phases: list[dict[str, Any]]) -> str:
    """Say what each phase does, and what happens in the time before it."""
    items = "".join(f"<dt>{escape(phase['name'])}</dt><dd>{escape(PHASES[phase['name']])}</dd>" for phase in phases)
    pauses = [after["began"] - before["began"] - before["seconds"] for before, after in pairwise(phases)]
    pause = max(pauses, default=0.0)
    note = f"<p class='dim'>Between phases nothing is measured; the longest pause took {pause:.1f} s.</p>"
    return f"<dl>{items}</dl>{note if pause >= 0.1 else ''}"


def _phases(phases: list[dict[str, Any]]) -> str:
    rows = []
    for phase in phases:
        times = phase["response_times"] or {}
        hits = "" if phase["hit_rate"] is None else f"{phase['hit_rate']:.1f} %"
        cells = [f"{phase['requests']:,}", str(phase["failed"]), f"{phase['seconds']:.1f}", hits]
        cells += [f"{phase['throughput_rps']:,.0f}", _number(times.get("median")), _number(times.get("p99"))]
        rows.append([phase["name"], *cells])
    return _table(["phase", "requests", "failed", "seconds", "hits", "a second", "median ms", "p99 ms"], rows)


def _goals(goals: list[dict[str, Any]]) -> str:
    rows = [[goal["goal"], _number(goal["value"]), "met" if goal["met"] else "missed"] for goal in goals]
    table = _table(["goal", "measured", ""], rows).replace("<td>missed", '<td class="missed">missed')
    return f'<h2>Goals</h2><div class="scroll">{table}</div>' if goals else ""


def _errors(errors: dict[str, int]) -> str:
    rows = [[problem, f"{count:,}"] for problem, count in errors.items()]
    return f'<h2>Errors</h2><div class="scroll">{_table(["what", "number"], rows)}</div>' if errors else ""


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = ["".join(f"<th>{escape(cell)}</th>" for cell in head)]
    lines += ["".join(f"<td>{escape(cell)}</td>" for cell in row) for row in rows]
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,}" if isinstance(value, int) else f"{value:,.2f}"
