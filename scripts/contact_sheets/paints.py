"""The colours and styles that several sheets share."""

from __future__ import annotations

from msgspec.structs import replace

from qr_engine.artwork.color import Color, parse_color
from qr_engine.artwork.model import Stop
from qr_engine.artwork.style import GradientStyle, StrokeStyle, Style

__all__ = ["BASES", "CREAM", "OCEAN", "SOFT", "SUNSET", "even_stops", "stroke"]


def _colors(*names: str) -> tuple[Color, ...]:
    return tuple([parse_color(name) for name in names])


def stroke(color: str, width: float = 0.15) -> StrokeStyle:
    """Return a stroke of a named colour, `width` modules wide."""
    return StrokeStyle(parse_color(color), width)


def even_stops(*colors: Color) -> tuple[Stop, ...]:
    """Space the colours of a gradient evenly."""
    return tuple([Stop(round(i / (len(colors) - 1), 4), color) for i, color in enumerate(colors)])


SUNSET = _colors("#5b2a86", "#c2185b", "#b3541e")
OCEAN = _colors("#0b3d91", "#00695c")
CREAM = _colors("#fffdf5", "#ffe0b2")
SOFT = Style(data_pattern="rounded", eye_shape="rounded_square")

_NEON = Style(
    data_pattern="dots", eye_shape="circle", foreground=parse_color("aquamarine"), background=parse_color("#101820")
)
BASES = {
    "plain": Style(),
    "gradient": replace(SOFT, gradient=GradientStyle(stops=even_stops(*SUNSET))),
    "neon": _NEON,
    "gold": replace(SOFT, foreground=OCEAN[0], stroke=stroke("#f9a825", 0.2)),
}
"""The styles that effects are shown on."""
