"""Lines through points."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from .drawing import COLORS, Plot, document, legend
from .scale import Scale

__all__ = ["Line", "lines"]


class Line(msgspec.Struct, frozen=True):
    """A named line.

    Attributes
    ----------
    points
        From left to right; a y of None interrupts the line.
    stepped
        Whether it goes in steps, each value holding until the next point, as a histogram does.
    """

    name: str
    points: Sequence[tuple[float, float | None]]
    stepped: bool = False


def lines(title: str, curves: Sequence[Line], *, across: Scale, up: Scale, x: str, y: str) -> str:
    """Draw a chart of lines; `x` and `y` say what the axes measure."""
    plot = Plot(across, up)
    parts = [plot.frame(x, y), legend([line.name for line in curves], left=plot.left)]
    for line, color in zip(curves, COLORS, strict=False):
        parts.append(f'<path class="line" stroke="{color}" d="{_path(line, plot)}"/>')
        if not line.stepped and len(line.points) <= 20:
            parts += [
                f'<circle cx="{plot.x(at)}" cy="{plot.y(value)}" r="3" fill="{color}"/>'
                for at, value in line.points
                if value is not None
            ]
    return document(title, "".join(parts))


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
