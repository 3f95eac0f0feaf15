"""A symbol and how it is to look, become one picture that every renderer can print."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from ..symbol.model import Symbol
    from .color import Color

__all__ = ["Artwork", "compose", "rows"]


class Artwork(msgspec.Struct, frozen=True):
    """What a renderer prints: the picture in modules and paints, whatever the format.

    Attributes
    ----------
    symbol
        The modules.
    margin
        The quiet zone on each side, in modules.
    size
        The picture's side, in pixels; formats without pixels pass over it.
    foreground
        The paint of the dark modules.
    background
        The paint of everything, quiet zone included, that lies under them.
    """

    symbol: Symbol
    margin: int
    size: int
    foreground: Color
    background: Color

    @property
    def modules(self) -> int:
        """Modules a side, quiet zone included."""
        return self.symbol.size + 2 * self.margin

    @property
    def module_pixels(self) -> int:
        """Whole pixels a module has in a raster format; 0 when `size` is too small for the symbol."""
        return self.size // self.modules


def compose(symbol: Symbol, *, margin: int, size: int, foreground: Color, background: Color) -> Artwork:
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
    """
    return Artwork(symbol=symbol, margin=margin, size=size, foreground=foreground, background=background)


def rows(symbol: Symbol) -> list[str]:
    """Give the symbol's rows from top to bottom, a character a module, ``1`` for dark, without quiet zone."""
    stride = symbol.size + 4
    bits = f"{symbol.matrix:0{symbol.size * stride}b}"
    return [bits[start : start + symbol.size] for start in range(0, symbol.size * stride, stride)]
