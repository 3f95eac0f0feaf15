"""Lines through points."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from .drawing import COLORS, Plot, document, legend, text
from .scale import Scale

__all__ = ["Band", "Line", "lines"]


class Line(msgspec.Struct, frozen=True):
    """A named line.

    Attributes
    ----------
    points
        From left to right; a y of None interrupts the line.
    stepped
        Whether it goes in steps, each value holding until the next point, as a histogram does.
    color
        Which of the colours it has; None for the one of its place in the chart.
    """

    name: str
    points: Sequence[tuple[float, float | None]]
    stepped: bool = False
    color: int | None = None


class Band(msgspec.Struct, frozen=True):
    """A named part of the horizontal axis, shown behind the lines."""

    name: str
    begin: float
    end: float


def lines(
    title: str, curves: Sequence[Line], *, across: Scale, up: Scale, x: str, y: str, bands: Sequence[Band] = ()
) -> str:
    """Draw a chart of lines; `x` and `y` say what the axes measure. Bands take the place of a legend."""
    plot = Plot(across, up)
    colors = [COLORS[place if line.color is None else line.color] for place, line in enumerate(curves[: len(COLORS)])]
    parts = [_band(band, plot) for band in bands]
    parts.append(plot.frame(x, y))
    if not bands:
        parts.append(legend([line.name for line in curves], left=plot.left, colors=colors))
    for line, color in zip(curves, colors, strict=False):
        parts.append(f'<path class="line {color}" d="{_path(line, plot)}"/>')
        if not line.stepped and len(line.points) <= 20:
            parts += [
                f'<circle class="dot {color}" cx="{plot.x(at)}" cy="{plot.y(value)}" r="3"/>'
                for at, value in line.points
                if value is not None
            ]
    return document(title, "".join(parts))


def _band(band: Band, plot: Plot) -> str:
    left, right = plot.x(band.begin), plot.x(band.end)
    middle, height = (left + right) / 2, plot.bottom - plot.top
    label = text(middle, 49, band.name, anchor="middle", kind="small")
    if right - left < 7.5 * len(band.name):
        # Beside others that are as narrow, it is only read upright.
        turned = f'<g transform="translate({middle + 4:g} {plot.top + 6:g}) rotate(-90)">'
        label = f"{turned}{text(0, 0, band.name, anchor='end', kind='small')}</g>"
    width = max(1, right - left - 2)
    return f'<rect class="band" x="{left + 1:g}" y="{plot.top}" width="{width:g}" height="{height}"/>{label}'


def _path(line: Line, plot: Plot) -> str:
    commands, broken = [], True
    for at, value in line.points:
        if value is None:
            broken = True
            continue
        across, up = plot.x(at), plot.y(value)
        if broken:
            commands.append(f"M{across} {up}")
        else:
            commands.append(f"H{across}V{up}" if line.stepped else f"L{across} {up}")
        broken = False
    return "".join(commands)
