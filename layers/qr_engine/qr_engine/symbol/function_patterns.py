"""The areas of the function patterns, which hold no data.

One list of areas is the source for the data region, the placement and the roles of the modules.
"""

from __future__ import annotations

from enum import IntEnum

import msgspec

from .standard import alignment_centres, width

__all__ = ["Area", "Role", "areas", "format_modules", "micro_format_modules", "version_modules"]


class Role(IntEnum):
    """The purpose of a module (ISO/IEC 18004:2015, 6.3)."""

    DATA = 0
    ERROR_CORRECTION = 1
    REMAINDER = 2
    FINDER = 3
    SEPARATOR = 4
    TIMING = 5
    ALIGNMENT = 6
    FORMAT = 7
    VERSION = 8
    DARK_MODULE = 9


class Area(msgspec.Struct, frozen=True):
    """A rectangle of modules with one role, starting at column `x` and row `y`."""

    role: Role
    x: int
    y: int
    width: int
    height: int


def areas(version: int, *, micro: bool) -> list[Area]:
    """List the function patterns of a version; where two overlap, the later one counts."""
    n = width(version, micro=micro)
    if micro:
        return [
            Area(Role.TIMING, 0, 0, n, 1),
            Area(Role.TIMING, 0, 0, 1, n),
            Area(Role.FORMAT, 1, 1, 8, 8),
            Area(Role.SEPARATOR, 0, 0, 8, 8),
            Area(Role.FINDER, 0, 0, 7, 7),
        ]
    patterns = [
        Area(Role.TIMING, 0, 6, n, 1),
        Area(Role.TIMING, 6, 0, 1, n),
        Area(Role.FORMAT, 0, 8, 6, 1),
        Area(Role.FORMAT, 8, 0, 1, 6),
        Area(Role.FORMAT, 7, 8, 2, 1),
        Area(Role.FORMAT, 8, 7, 1, 1),
        Area(Role.FORMAT, n - 8, 8, 8, 1),
        Area(Role.FORMAT, 8, n - 7, 1, 7),
        Area(Role.DARK_MODULE, 8, n - 8, 1, 1),
    ]
    for x, y in ((0, 0), (n - 7, 0), (0, n - 7)):
        left, top = max(x - 1, 0), max(y - 1, 0)
        patterns += (Area(Role.SEPARATOR, left, top, 8, 8), Area(Role.FINDER, x, y, 7, 7))
    if version >= 7:
        patterns += (Area(Role.VERSION, n - 11, 0, 3, 6), Area(Role.VERSION, 0, n - 11, 6, 3))
    centres = alignment_centres(version)
    corners = {(6, 6), (6, n - 7), (n - 7, 6)}
    patterns += [Area(Role.ALIGNMENT, x - 2, y - 2, 5, 5) for y in centres for x in centres if (x, y) not in corners]
    return patterns


def format_modules(version: int) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Return column and row of both copies of each format bit, the lowest bit first (7.9.1, figure 25)."""
    n = width(version, micro=False)
    upright = [(8, y) for y in (0, 1, 2, 3, 4, 5, 7, 8)] + [(x, 8) for x in (7, 5, 4, 3, 2, 1, 0)]
    split = [(n - 1 - i, 8) for i in range(8)] + [(8, n - 7 + i) for i in range(7)]
    return list(zip(upright, split, strict=True))


def micro_format_modules() -> list[tuple[int, int]]:
    """Return column and row of each format bit of a Micro QR symbol, the lowest bit first (7.9.2, figure 26)."""
    return [(8, y) for y in range(1, 9)] + [(x, 8) for x in range(7, 0, -1)]


def version_modules(version: int) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Return column and row of both copies of each version bit, the lowest bit first (7.10, figures 27 and 28)."""
    first = width(version, micro=False) - 11
    return [((first + i % 3, i // 3), (i // 3, first + i % 3)) for i in range(18)]
