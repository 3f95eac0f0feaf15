"""The data masks (ISO/IEC 18004:2015, 7.8.2)."""

from __future__ import annotations

from functools import cache

__all__ = ["MICRO_MASKS", "PATTERNS", "mask_plane"]

PATTERNS: tuple[tuple[str, ...], ...] = (
    ("10", "01"),
    ("1", "0"),
    ("100",),
    ("100", "001", "010"),
    ("111000", "111000", "000111", "000111"),
    ("111111", "100000", "100100", "101010", "100100", "100000"),
    ("111111", "111000", "110110", "101010", "101101", "100011"),
    ("101010", "000111", "100011", "010101", "111000", "011100"),
)
"""Table 10 written out: the rows of each mask, 1 for a module that is inverted, repeated both ways."""

MICRO_MASKS = (1, 4, 6, 7)
"""The masks that Micro QR numbers 0 to 3."""

_PERIOD = 24
"""Number of rows after which every mask repeats; it is also a multiple of 8, so they are whole bytes in any stride."""


@cache
def mask_plane(mask: int, n: int) -> int:
    """Return a mask over a whole symbol of `n` modules a side, in the layout of `Symbol.matrix`."""
    pattern = PATTERNS[mask]
    rows = [(row * (n // len(row) + 1))[:n] + "0000" for row in pattern]
    text = "".join(rows) * (_PERIOD // len(rows))
    period = int(text, 2).to_bytes(len(text) // 8, "big")
    repeats = n // _PERIOD + 1
    return int.from_bytes(period * repeats, "big") >> (repeats * _PERIOD - n) * (n + 4)
