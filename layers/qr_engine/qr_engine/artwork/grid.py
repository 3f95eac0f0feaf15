"""The dark modules as bytes, one for each module, so that neighbours are found without a loop in Python."""

from __future__ import annotations

from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING

import msgspec

from ..symbol.function_patterns import Role, areas

if TYPE_CHECKING:
    from ..symbol.model import Symbol

__all__ = ["GUARD", "Grid", "dark_neighbours", "eye_corners", "split_cells"]

GUARD = 4
"""Light cells after each row, as in `Symbol.matrix`."""


class Grid(msgspec.Struct, frozen=True):
    """Dark modules that are drawn in one pattern.

    Attributes
    ----------
    size
        Modules a side, without the quiet zone.
    cells
        Row after row, 1 for dark, four light guard cells after each row: ``size * (size + 4)`` bytes.
    seed
        Seed of the pattern ``random``.
    """

    size: int
    cells: bytes
    seed: bytes = b""

    @property
    def stride(self) -> int:
        """Cells from a module to the one below it."""
        return self.size + GUARD


def split_cells(symbol: Symbol) -> tuple[bytes, bytes]:
    """Return the cells of the dark modules outside eyes and alignment patterns, and those of alignment patterns."""
    data, alignment = _regions(symbol.version, symbol.micro, symbol.size)
    return _cells(symbol.matrix & data, symbol.size), _cells(symbol.matrix & alignment, symbol.size)


def eye_corners(symbol: Symbol) -> list[tuple[int, int]]:
    """Return column and row of each eye: top left, top right, bottom left; Micro QR has the first only."""
    far = symbol.size - 7
    return [(0, 0)] if symbol.micro else [(0, 0), (far, 0), (0, far)]


def dark_neighbours(grid: Grid) -> bytes:
    """Return a byte for every cell: which of its eight neighbours are dark.

    The bits: 1 north, 2 east, 4 south, 8 west, 16 north east, 32 south east, 64 south west, 128 north west.
    """
    size, row = len(grid.cells), 8 * grid.stride
    cells = int.from_bytes(grid.cells, "big")
    # The most significant byte comes first, so a shift to the right puts a cell's western neighbour in its place. Cells
    # that a shift to the left moves beyond the first one are cut off. Guard cells are light, so rows do not touch.
    north, south = cells >> row, cells << row
    bits = (
        north
        | cells << 8 + 1
        | south << 2
        | cells >> 8 << 3
        | north << 8 + 4
        | south << 8 + 5
        | south >> 8 << 6
        | north >> 8 << 7
    )
    return (bits & (1 << 8 * size) - 1).to_bytes(size, "big")


def _cells(matrix: int, size: int) -> bytes:
    return f"{matrix:0{size * (size + GUARD)}b}".encode().translate(_DIGITS)


_DIGITS = bytes([code & 1 for code in range(256)])
"""Translates the digits "0" and "1" into the numbers 0 and 1."""


@lru_cache(maxsize=64)
def _regions(version: int, micro: bool, size: int) -> tuple[int, int]:
    """Return two masks over a matrix: everything but eyes and alignment patterns, and the alignment patterns."""
    stride = size + GUARD
    last = size * stride - 1
    masks = {Role.FINDER: 0, Role.ALIGNMENT: 0}
    for area in areas(version, micro=micro):
        if area.role in masks:
            for x, y in product(range(area.x, area.x + area.width), range(area.y, area.y + area.height)):
                masks[area.role] |= 1 << last - (y * stride + x)
    return (1 << last + 1) - 1 ^ masks[Role.FINDER] ^ masks[Role.ALIGNMENT], masks[Role.ALIGNMENT]
