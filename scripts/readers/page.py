"""docs/readers.md: the tables, the chart, and what they need to be understood."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from scripts.benchmarks.machine import describe
from scripts.charts import bars, linear

from .decoders import DECODERS
from .matrix import PLAIN
from .matrix_tables import matrix_tables, read_where_plain
from .photograph_tables import photograph_tables
from .results import Results

__all__ = ["CHART", "PAGE", "tables", "write_page"]

PAGE: Final = "readers.md"
CHART: Final = "charts/readers.svg"

_INTRODUCTION = """# Who reads what

Written by `make readers`, which takes some ten minutes on two processors. It draws every style and lets decoders that
share no code read it. It photographs a part of the styles in {conditions} conditions, beside the same looks of two
other generators. What each table counts stands above it.

- Renderer: version {renderer}
- Machine: {machine}
- Versions: {versions}
{left_out}
Phones, and browsers, decode with the like of {phones}. Scanners made of {outline} find an eye by the four corners of
its outline, so rounded eyes are lost to them: `readers: all` is for these.

![How much of the styles each decoder reads]({chart})

"""


def write_page(results: Results, docs: Path) -> None:
    """Write the page and its chart."""
    machine = describe()
    text = _INTRODUCTION.format(
        conditions=len({reading.rows["condition"] for reading in results.of("photographs")}),
        renderer=results.renderer,
        machine=f"{machine['processor']}, {machine['cores']} cores, {machine['system']}, {machine['python']}",
        versions=", ".join(f"{name} {version}" for name, version in results.versions.items()),
        left_out="".join(f"- Left out: {name} ({reason})\n" for name, reason in results.left_out.items()),
        phones=_titles("phones"),
        outline=_titles("outline"),
        chart=CHART,
    )
    (docs / PAGE).write_text(text + tables(results) + "\n", "utf-8")
    (docs / CHART).write_text(_chart(results), "utf-8")


def tables(results: Results) -> str:
    """Return every table that the results are enough for, in Markdown."""
    parts = [*matrix_tables(results), *photograph_tables(results)]
    parts += [f"{DECODERS[name].title} died on {count} pictures." for name, count in results.deaths.items()]
    parts += [f"Left out: {name}; {reason}." for name, reason in results.left_out.items()]
    return "\n\n".join(parts)


def _titles(family: str) -> str:
    titles = [decoder.title for decoder in DECODERS.values() if decoder.family == family]
    return f"{', '.join(titles[:-1])} and {titles[-1]}"


def _chart(results: Results) -> str:
    readings = [reading for reading in results.of("matrix") if PLAIN not in reading.rows]
    designed = [reading for reading in readings if not _for_all(reading.rows)]
    names, groups = ["as designed"], [designed]
    if len(designed) < len(readings):
        names.append("readers: all")
        groups.append([reading for reading in readings if _for_all(reading.rows)])
    rows = []
    for name, decoder in DECODERS.items():
        counts = [read_where_plain(results, some, name) for some in groups]
        rows.append((decoder.title, [100 * read / of if of else None for read, of in counts]))
    title = "Of the styles whose plain code a decoder reads, how much it reads"
    return bars(title, rows, names, along=linear([100], most=100), unit="% read")


def _for_all(rows: dict[str, str]) -> bool:
    return any(family.endswith(", all") for family in rows)
