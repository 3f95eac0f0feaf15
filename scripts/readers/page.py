"""docs/readers.md: the tables, the chart, and what they need to be understood."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from scripts.benchmarks.machine import describe
from scripts.charts import bars, linear

from .decoders import DECODERS
from .matrix import PLAIN
from .matrix_tables import every_symbol_tables, markdown, matrix_tables, read_where_plain
from .peers import NPM, PYTHON
from .photograph_tables import photograph_tables
from .results import Results

__all__ = ["CHART", "PAGE", "tables", "write_page"]

_FAMILIES: Final = {"phones": "phones", "outline": "by outline", "others": "other"}

PAGE: Final = "readers.md"
CHART: Final = "charts/readers.svg"

_USUAL: Final = "`make readers`, which takes some ten minutes"
_EVERY: Final = "`make readers EVERY=1`, which takes some twenty-five minutes"

_INTRODUCTION = """# Who reads what

*Which decoders read which styles, and how does the service compare?*

Written by {command} on two processors. It draws every style and lets decoders that share no code read it. It
photographs a part of the styles in {conditions} conditions, beside the same looks of two other generators.

- Renderer: version {renderer}
- Machine: {machine}

{versions}

Phones and browsers decode with the like of the first family. Those by outline find an eye by the four corners of its
outline, so they lose rounded eyes: `readers: all` is for them. The others are counted in no family.

![How much of the styles each decoder reads]({chart})

"""


def write_page(results: Results, docs: Path) -> None:
    """Write the page and its chart."""
    machine = describe()
    text = _INTRODUCTION.format(
        command=_EVERY if results.of("every") else _USUAL,
        conditions=len({reading.rows["condition"] for reading in results.of("photographs")}),
        renderer=results.renderer,
        machine=f"{machine['processor']}, {machine['cores']} cores, {machine['system']}, {machine['python']}",
        versions=markdown(["decoder or generator", "version", "family", "from"], _versions(results)),
        chart=CHART,
    )
    (docs / PAGE).write_text(text + tables(results) + "\n", "utf-8")
    (docs / CHART).write_text(_chart(results), "utf-8")


def tables(results: Results) -> str:
    """Return every table that the results are enough for, in Markdown."""
    parts = [*matrix_tables(results), *every_symbol_tables(results), *photograph_tables(results)]
    parts += [f"{DECODERS[name].title} died on {count} pictures." for name, count in results.deaths.items()]
    parts += [f"Left out: {name}; {reason}." for name, reason in results.left_out.items()]
    return "\n\n".join(parts)


def _versions(results: Results) -> Iterator[list[str]]:
    for decoder in DECODERS.values():
        version = results.versions.get(decoder.title, "left out")
        yield [decoder.title, version, _FAMILIES[decoder.family], decoder.package]
    for name, version in results.versions.items():
        if name in (NPM, PYTHON):
            yield [name, version, "generator", "npm" if name == NPM else "PyPI qrcode"]


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
        # The labels have room for one or two words.
        rows.append((decoder.title.removeprefix("OpenCV "), [100 * read / of if of else None for read, of in counts]))
    title = "Of the styles whose plain code a decoder reads, how much it reads"
    return bars(title, rows, names, along=linear([100], most=100), unit="% read")


def _for_all(rows: dict[str, str]) -> bool:
    return any(family.endswith(", all") for family in rows)
