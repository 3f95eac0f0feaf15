"""Styled artwork made by hand, so that the renderers are tested apart from the composer."""

from __future__ import annotations

from tests.unit.render.independent import symbol_of

from qr_engine.artwork import Artwork, rows
from qr_engine.artwork.color import BLACK, WHITE, Color
from qr_engine.artwork.model import Gradient, Layer, Paint, Path, Stop, Tiles
from qr_engine.artwork.words import GradientKind

KINDS: tuple[GradientKind, ...] = ("linear", "radial", "conic", "diamond", "spiral")
KAPPA = 0.5523


def circle(x: float, y: float, radius: float) -> Path:
    """Four cubic arcs, clockwise."""
    k = radius * KAPPA
    return (
        ("M", x, y - radius),
        ("C", x + k, y - radius, x + radius, y - k, x + radius, y),
        ("C", x + radius, y + k, x + k, y + radius, x, y + radius),
        ("C", x - k, y + radius, x - radius, y + k, x - radius, y),
        ("C", x - radius, y - k, x - k, y - radius, x, y - radius),
        ("Z",),
    )


def square(left: float, top: float, right: float, bottom: float, *, hole: bool = False) -> Path:
    """Clockwise, or the other way round for a hole."""
    corners = [(right, top), (right, bottom), (left, bottom)]
    if hole:
        corners.reverse()
    return (("M", left, top), *[("L", x, y) for x, y in corners], ("Z",))


DOT = circle(0.5, 0.5, 0.46)
# A little wider than its module, as patterns that reach over to their neighbours are.
WIDE = circle(0.5, 0.5, 0.56)


def even_stops(*colors: Color) -> tuple[Stop, ...]:
    """Space the colours of a gradient evenly."""
    return tuple([Stop(i / (len(colors) - 1), color) for i, color in enumerate(colors)])


def gradient(kind: GradientKind, *colors: Color, size: int = 33, angle: float = 30.0) -> Gradient:
    """Evenly spaced, over a square of `size` modules, from a place a little off its middle."""
    return Gradient(kind=kind, stops=even_stops(*colors), angle=angle, center=(0.45, 0.55), box=(0, 0, size, size))


DARK = (Color(20, 30, 140), Color(150, 20, 60), Color(10, 90, 40))


def compose_layers(
    text: str,
    *,
    data: Paint = BLACK,
    eyes: Paint = BLACK,
    background: Color = WHITE,
    shape: Path = DOT,
    version: int = 2,
    size: int = 495,
    margin: int = 4,
    dpi: int = 96,
) -> Artwork:
    """Every dark module of the data as `shape`, and each eye as a ring with a round centre."""
    symbol = symbol_of(text, version)
    last = symbol.size - 7
    corners = [(0, 0), (last, 0), (0, last)]
    places = tuple(
        (x + margin, y + margin, 0)
        for y, row in enumerate(rows(symbol))
        for x, module in enumerate(row)
        if module == "1" and not any(left <= x < left + 7 and top <= y < top + 7 for left, top in corners)
    )
    path: Path = ()
    for left, top in ((x + margin, y + margin) for x, y in corners):
        path += square(left, top, left + 7, top + 7)
        path += square(left + 1, top + 1, left + 6, top + 6, hole=True)
        path += circle(left + 3.5, top + 3.5, 1.6)
    return Artwork(
        symbol=symbol,
        margin=margin,
        size=size,
        foreground=BLACK,
        background=background,
        layers=(Layer("data", Tiles((shape,), places), data), Layer("eye_border", path, eyes)),
        dpi=dpi,
    )
