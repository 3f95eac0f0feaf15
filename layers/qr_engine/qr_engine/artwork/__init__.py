"""A symbol and how it is to look, become one picture that every renderer can print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .model import Artwork

if TYPE_CHECKING:
    from ..symbol.model import Symbol

__all__ = ["Artwork", "rows"]


def rows(symbol: Symbol) -> list[str]:
    """Return the symbol's rows from top to bottom, a character a module, ``1`` for dark, without quiet zone."""
    stride = symbol.size + 4
    bits = f"{symbol.matrix:0{symbol.size * stride}b}"
    return [bits[start : start + symbol.size] for start in range(0, symbol.size * stride, stride)]
