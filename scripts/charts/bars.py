"""Bars side by side, one group for each of several things."""

from __future__ import annotations

from collections.abc import Sequence

from .drawing import COLORS, Plot, document, legend, text
from .scale import Scale, format_tick

__all__ = ["bars"]

_BAR, _GAP = 22, 20


def bars(
    title: str,
    groups: Sequence[tuple[str, Sequence[float | None]]],
    names: Sequence[str],
    *,
    along: Scale,
    unit: str,
    colors: Sequence[int] = range(len(COLORS)),
) -> str:
    """Horizontal bars: for each of `groups` one bar for each of `names`, with its value at its end.

    Parameters
    ----------
    colors
        Which of the colours each of `names` has.
    """
    series = [COLORS[color] for color in colors]
    height = 64 + len(groups) * (_BAR * len(names) + _GAP) + 52
    plot = Plot(along, Scale(0, 1, ()), left=100, height=height)
    parts = [plot.frame(unit, ""), legend(names, left=plot.left, colors=series)]
    top = float(plot.top)
    for name, values in groups:
        parts.append(text(plot.left - 10, top + _BAR * len(names) / 2 + 4, name, anchor="end"))
        for value, color in zip(values, series, strict=False):
            if value is not None:
                width = max(2.0, plot.x(value) - plot.left)
                parts.append(
                    f'<rect class="bar {color}" x="{plot.left}" y="{top:g}" rx="2"'
                    f' width="{width:g}" height="{_BAR - 4}"/>'
                )
                inside = width > 0.85 * (plot.right - plot.left)
                end = plot.left + width
                parts.append(
                    text(end - 6, top + 14, _round(value), anchor="end", kind="inside")
                    if inside
                    else text(end + 6, top + 14, _round(value))
                )
            top += _BAR
        top += _GAP
    return document(title, "".join(parts), height=height)


def _round(value: float) -> str:
    return format_tick(float(f"{value:.3g}"))
