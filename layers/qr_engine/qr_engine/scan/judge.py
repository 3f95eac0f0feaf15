"""The judgement of an artwork in a format; that of a plain code is remembered, since their looks are few."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from ..artwork.color import Color
from ..render import FORMATS
from .checks import find_issues, judge

if TYPE_CHECKING:
    from ..artwork import Artwork
    from ..errors import Issue
    from .checks import ScanReport

__all__ = ["report_scan", "scan_issues"]

Look: TypeAlias = tuple[Color, Color, int, int, int, int, bool, bool]
"""All that counts of a plain code: its colours, spaces, side, whether it is micro, and the kind of format."""

_MOST_LOOKS: Final = 64

_reports: dict[Look, ScanReport] = {}
_issues: dict[Look, tuple[Issue, ...]] = {}


def report_scan(artwork: Artwork, format_name: str = "svg") -> ScanReport:
    """Judge the picture as `format_name`, one of `render.FORMATS`, would show it."""
    raster = FORMATS[format_name].raster
    if artwork.layers:
        return judge(artwork, raster=raster)
    look = _look(artwork, raster)
    report = _reports.get(look)
    if report is None:
        report = judge(artwork, raster=raster)
        _make_room(_reports)
        _reports[look] = report
    return report


def scan_issues(artwork: Artwork, format_name: str, *, faint: bool = False, for_all: bool = False) -> tuple[Issue, ...]:
    """Give every reason why the picture must not be made, as `checks.find_issues` does."""
    raster = FORMATS[format_name].raster
    if artwork.layers or faint:
        return find_issues(artwork, raster=raster, faint=faint, for_all=for_all)
    look = _look(artwork, raster)
    issues = _issues.get(look)
    if issues is None:
        issues = find_issues(artwork, raster=raster, faint=False)
        _make_room(_issues)
        _issues[look] = issues
    return issues


def _look(artwork: Artwork, raster: bool) -> Look:
    symbol, spaces = artwork.symbol, (artwork.margin, artwork.size, artwork.padding)
    return artwork.foreground, artwork.background, *spaces, symbol.size, symbol.micro, raster


def _make_room(remembered: dict[Look, ScanReport] | dict[Look, tuple[Issue, ...]]) -> None:
    if len(remembered) >= _MOST_LOOKS:
        remembered.pop(next(iter(remembered)))
