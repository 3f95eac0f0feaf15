"""Combine a symbol and a style into one picture that every renderer can print."""

from __future__ import annotations

from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING

from .model import Artwork

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..symbol.model import Symbol

__all__ = ["Artwork", "rows"]


def rows(symbol: Symbol) -> tuple[str, ...]:
    """Return the symbol's rows from top to bottom without quiet zone, one character a module, ``1`` for dark."""
    bits = f"{symbol.matrix:0{symbol.size * (symbol.size + 4)}b}"
    return _row_cutter(symbol.size)(bits)


@cache
def _row_cutter(size: int) -> Callable[[str], tuple[str, ...]]:
    """Make the function that cuts the bits of `Symbol.matrix` into rows, without a loop over them."""
    stride = size + 4
    return itemgetter(*[slice(start, start + size) for start in range(0, size * stride, stride)])
