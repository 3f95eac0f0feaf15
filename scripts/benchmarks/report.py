"""The findings as tables for people and as one document for programs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from .harness import Measured
from .results import Layout, LeftOut, Line

__all__ = ["Findings", "amount", "document", "page", "ratio", "tables"]

_PAGE = """# Benchmarks

*How fast is it, compared with others in the same run?*

`make bench` writes this page. On another machine, measure again rather than trust these figures. Each line compares
two programs in the same run. They take turns, round after round, and the ratio compares the medians of their rounds,
so other work of the machine affects both. "3× faster" means that theirs took three times as long as ours; if ours
took longer, the ratio is inverted, says "slower", and is bold. "3× its cost" means that ours took three times as much
as a bare minimum. Targets are ratios too; they are reported, but no test asserts them.
[benchmarks.json](benchmarks.json) also has the fastest rounds, in case the machine was busy.

- Machine: {machine[processor]}, {machine[cores]} cores, {machine[system]}, {machine[python]}
- Load average at the start: {machine[load_average]}
- Versions: {versions}

{tables}
"""

_UNITS = ((1.0, 1.0, "s"), (1e-3, 1e3, "ms"), (0.0, 1e6, "µs"))
"""From how many seconds on, the factor and the name."""


class Findings(msgspec.Struct, frozen=True):
    """What one topic found.

    Attributes
    ----------
    note
        What the figures need to be understood, in Markdown; or empty.
    picture
        Where the page finds the chart of it; or empty.
    """

    title: str
    layout: Layout
    lines: tuple[Line, ...]
    left_out: tuple[LeftOut, ...]
    note: str = ""
    picture: str = ""


def amount(measured: Measured) -> str:
    """Return the median with its unit, to three digits."""
    if measured.unit == "bytes":
        return f"{measured.median:,.0f} bytes"
    if measured.unit == "B":
        return f"{_three_digits(measured.median / 1e6)} MB"
    if measured.unit != "s":
        return f"{measured.median:,.0f} {measured.unit}"
    factor, unit = next((factor, unit) for least, factor, unit in _UNITS if measured.median >= least)
    return f"{_three_digits(measured.median * factor)} {unit}"


_WORDS = {"s": ("faster", "slower"), "B": ("smaller", "larger"), "bytes": ("smaller", "larger")}
"""How ours compares where it is ahead, and where it is behind, by the unit."""


def ratio(line: Line) -> str:
    """Return the ratio with what it says: over 1 whoever is ahead, and in bold where ours is behind."""
    if line.as_floor:
        return f"{_three_digits(line.ratio)}× {'its cost' if line.ours.unit == 's' else 'as much'}"
    ahead, behind = _WORDS.get(line.ours.unit, ("fewer", "more"))
    if line.ratio < 1:
        return f"**{_three_digits(1 / line.ratio)}× {behind}**"
    return f"{_three_digits(line.ratio)}× {ahead}"


def tables(findings: Iterable[Findings]) -> str:
    """Return a heading and a table a topic, in Markdown that is also aligned for a terminal."""
    parts = []
    for finding in findings:
        rows = _grid(finding.lines) if finding.layout == "grid" else _list(finding.lines)
        left_out = dict.fromkeys(f"Left out: {entry.what}; {entry.why}." for entry in finding.left_out)
        picture = [f"![{finding.title}]({finding.picture})"] if finding.picture else []
        noted = [finding.note] if finding.note else []
        parts += [f"## {finding.title}", *noted, *picture, *([_aligned(rows)] if finding.lines else []), *left_out]
    return "\n\n".join(parts)


def page(findings: Sequence[Findings], machine: dict[str, str], versions: dict[str, str]) -> str:
    """Return the whole of ``docs/benchmarks.md``."""
    return _PAGE.format(
        machine=machine,
        versions=", ".join(f"{name} {version}" for name, version in versions.items()),
        tables=tables(findings),
    )


def document(findings: Sequence[Findings], machine: dict[str, str], versions: dict[str, str]) -> dict[str, Any]:
    """Return the same for ``docs/benchmarks.json``, with medians and minima in seconds or bytes."""
    return {
        "machine": machine,
        "versions": versions,
        "topics": [
            {"title": finding.title, "lines": [_members(line) for line in finding.lines], "left_out": finding.left_out}
            for finding in findings
        ],
    }


def _members(line: Line) -> dict[str, Any]:
    return {
        "what": line.what,
        "ours": line.ours,
        "theirs": line.theirs,
        "ratio": round(line.ratio, 4),
        "ratio_of_minima": round(line.ratio_of_minima, 4),
        "meaning": "ours over theirs" if line.as_floor else "theirs over ours",
        "target": line.target,
        "met": line.met,
    }


def _list(lines: Iterable[Line]) -> list[list[str]]:
    rows = [["what", "ours", "against", "theirs", "ratio", "target"]]
    for line in lines:
        cells = [line.what, amount(line.ours), line.theirs.name, amount(line.theirs), ratio(line), _target(line)]
        rows.append(cells)
    return rows


def _grid(lines: Sequence[Line]) -> list[list[str]]:
    """Return a row for everything that was done, a column for everyone who did it; the cells say how ours compares."""
    peers = list(dict.fromkeys(line.theirs.name for line in lines))
    rows = [["", "ours", *(f"against {name}" for name in peers)]]
    for what in dict.fromkeys(line.what for line in lines):
        by_contender = {line.theirs.name: line for line in lines if line.what == what}
        cells = [_cell(by_contender[name]) if name in by_contender else "" for name in peers]
        rows.append([what, amount(next(iter(by_contender.values())).ours), *cells])
    return rows


def _cell(line: Line) -> str:
    return " ".join(filter(None, [ratio(line), _target(line)]))


def _target(line: Line) -> str:
    if line.target is None:
        return ""
    return f"{'≤' if line.as_floor else '≥'} {line.target:g}× {'met' if line.met else '**missed**'}"


def _three_digits(value: float) -> str:
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _aligned(rows: list[list[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    head, *body = rows
    rule = ["-" * width for width in widths]
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in (head, rule, *body)
    )
