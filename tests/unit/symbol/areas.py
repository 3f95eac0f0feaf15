"""Areas in the middle of a symbol, for tests of what may be covered."""

from __future__ import annotations

from functools import cache

from qr_engine.symbol import Level
from qr_engine.symbol.error_budget import centred_area, measure_cover_at
from qr_engine.symbol.model import AreaShape

__all__ = ["largest_square"]


@cache
def largest_square(version: int, level: Level, *, reserve: float = 0.0, shape: AreaShape = "square") -> int:
    """Return the side in modules, an odd number, of the largest shape that may be covered; 0 for none."""
    size = 4 * version + 17
    sides = range(1, size + 1, 2)
    areas = [centred_area(size, side, side, shape=shape) for side in sides]
    fits = [measure_cover_at(version, level, area, reserve=reserve).fits for area in areas]
    return 2 * fits.index(False) - 1 if fits[0] else 0
