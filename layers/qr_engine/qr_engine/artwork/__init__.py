"""A symbol and how it is to look, become one picture that every renderer can print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .model import Artwork

if TYPE_CHECKING:
    from ..symbol.model import Symbol
    from .color import Color

__all__ = ["Artwork", "compose", "rows"]


def compose(
    symbol: Symbol,
    *,
    margin: int,
    size: int,
    foreground: Color,
    background: Color,
    dpi: int = 96,
    title: str = "",
    description: str = "",
) -> Artwork:
    """Lay out a plain code: square modules of one colour on a background of another.

    Parameters
    ----------
    symbol
        What to draw.
    margin
        Quiet zone on each side, in modules.
    size
        Side of the picture, in pixels.
    foreground, background
        Paints of the dark modules and of what lies under them.
    dpi
        Pixels per inch.
    title, description
        As `Artwork` has them.
    """
    return Artwork(
        symbol=symbol,
        margin=margin,
        size=size,
        foreground=foreground,
        background=background,
        dpi=dpi,
        title=title,
        description=description,
    )


def rows(symbol: Symbol) -> list[str]:
    """Give the symbol's rows from top to bottom, a character a module, ``1`` for dark, without quiet zone."""
    stride = symbol.size + 4
    bits = f"{symbol.matrix:0{symbol.size * stride}b}"
    return [bits[start : start + symbol.size] for start in range(0, symbol.size * stride, stride)]
