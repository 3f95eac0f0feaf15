"""Two results side by side."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from rich.table import Table

from .kinds import CLASSES
from .targets import value_of

__all__ = ["NoResult", "compare_figures", "load"]

_FIGURES = ("throughput_rps", "hit_rate", "failed", "unreadable")
_STATISTICS = ("median", "p95", "p99")


class NoResult(Exception):
    """A file is not the result of a load test; names it."""


def load(file: Path) -> dict[str, Any]:
    """Read the result in `file`.

    Raises
    ------
    NoResult
        There is none.
    """
    try:
        result: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise NoResult(f"{file}: {error}") from None
    if not isinstance(result, dict) or not {"config", "summary", "response_times"} <= result.keys():
        raise NoResult(f"{file} is not the result of a load test")
    return result


def compare_figures(first: dict[str, Any], second: dict[str, Any]) -> list[tuple[str, float | None, float | None]]:
    """Every figure that either has: its name, and its value in both."""
    names = [*_FIGURES, *(f"{part}.{statistic}" for part in CLASSES for statistic in _STATISTICS)]
    rows = [(name, value_of(first, name), value_of(second, name)) for name in names]
    return [row for row in rows if row[1] is not None or row[2] is not None]


def differences(first: dict[str, Any], second: dict[str, Any]) -> list[str]:
    """Return the options in which the two tests were not alike, but for where the API was."""
    first_config, second_config = first["config"], second["config"]
    names = [name for name in first_config if name != "url" and first_config[name] != second_config.get(name)]
    return [f"{name}: {first_config[name]} and {second_config.get(name)}" for name in names]


def table(first: dict[str, Any], second: dict[str, Any]) -> Table:
    """Return the comparison for a terminal; times in ms."""
    table_of_figures = Table("figure")
    for name in ("A", "B", "B / A"):
        table_of_figures.add_column(name, justify="right")
    for name, one, other in compare_figures(first, second):
        ratio = f"{other / one:.2f}" if one and other is not None else ""
        table_of_figures.add_row(name, _number(one), _number(other), ratio)
    return table_of_figures


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:,.3f}".rstrip("0").rstrip(".")
