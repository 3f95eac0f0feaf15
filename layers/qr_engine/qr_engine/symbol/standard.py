"""The tables of ISO/IEC 18004:2015 that the encoder is based on."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from .model import Level, Mode

__all__ = [
    "HEADER_SIZES",
    "LEVELS",
    "LEVEL_BITS",
    "MICRO_HEADER_SIZES",
    "MICRO_SYMBOL_NUMBER",
    "Blocks",
    "Header",
    "HeaderSize",
    "alignment_centres",
    "blocks",
    "capacities",
    "correctable_errors",
    "width",
]

LEVELS: tuple[Level, ...] = ("L", "M", "Q", "H")
"""The error correction levels, from the weakest to the strongest."""

LEVEL_BITS: dict[Level, int] = {"L": 1, "M": 0, "Q": 3, "H": 2}
"""The bits of each level in the format information (7.9.1, table 12)."""

# 7.5.1, table 9, versions 1 to 40: error correction codewords in each block, and how many blocks there are.
_EC_CODEWORDS: dict[Level, str] = {
    "L": (
        "7 10 15 20 26 18 20 24 30 18 20 24 26 30 22 24 28 30 28 28 "
        "28 28 30 30 26 28 30 30 30 30 30 30 30 30 30 30 30 30 30 30"
    ),
    "M": (
        "10 16 26 18 24 16 18 22 22 26 30 22 22 24 24 28 28 26 26 26 "
        "26 28 28 28 28 28 28 28 28 28 28 28 28 28 28 28 28 28 28 28"
    ),
    "Q": (
        "13 22 18 26 18 24 18 22 20 24 28 26 24 20 30 24 28 28 26 30 "
        "28 30 30 30 30 28 30 30 30 30 30 30 30 30 30 30 30 30 30 30"
    ),
    "H": (
        "17 28 22 16 22 28 26 26 24 28 24 28 22 24 24 30 28 28 26 28 "
        "30 24 30 30 30 30 30 30 30 30 30 30 30 30 30 30 30 30 30 30"
    ),
}
_BLOCK_COUNTS: dict[Level, str] = {
    "L": ("1 1 1 1 1 2 2 2 2 4 4 4 4 4 6 6 6 6 7 8 8 9 9 10 12 12 12 13 14 15 16 17 18 19 19 20 21 22 24 25"),
    "M": ("1 1 1 2 2 4 4 4 5 5 5 8 9 9 10 10 11 13 14 16 17 17 18 20 21 23 25 26 28 29 31 33 35 37 38 40 43 45 47 49"),
    "Q": (
        "1 1 2 2 4 4 6 6 8 8 8 10 12 16 12 17 16 18 21 20 23 23 25 27 29 34 34 35 38 40 43 45 48 51 53 56 59 62 65 68"
    ),
    "H": (
        "1 1 2 4 4 4 5 6 8 8 11 11 16 16 18 16 19 21 25 25 25 34 30 32 35 37 40 42 45 48 51 54 57 60 63 66 70 74 77 81"
    ),
}

# Table 9 for M1 to M4: codewords, then data bits at each level. The last data codeword of M1 and M3 has four bits.
# M1 only detects errors; it is listed under L because a request for L gets it for the shortest numbers.
_MICRO: tuple[tuple[int, dict[Level, int]], ...] = (
    (5, {"L": 20}),
    (10, {"L": 40, "M": 32}),
    (17, {"L": 84, "M": 68}),
    (24, {"L": 128, "M": 112, "Q": 80}),
)

MICRO_SYMBOL_NUMBER: dict[tuple[int, Level], int] = {
    (1, "L"): 0,
    (2, "L"): 1,
    (2, "M"): 2,
    (3, "L"): 3,
    (3, "M"): 4,
    (4, "L"): 5,
    (4, "M"): 6,
    (4, "Q"): 7,
}
"""The symbol number of each version and level in the format information of Micro QR (7.9.2, table 13)."""


class Header(msgspec.Struct, frozen=True):
    """The bits before the data of a segment: the mode indicator, its bits, and the bits of the character count."""

    indicator: int
    indicator_bits: int
    count_bits: int

    @property
    def bits(self) -> int:
        """Length of both parts together, in bits."""
        return self.indicator_bits + self.count_bits


_INDICATORS: dict[Mode, int] = {"numeric": 1, "alphanumeric": 2, "byte": 4, "kanji": 8}
_MICRO_INDICATORS: dict[Mode, int] = {"numeric": 0, "alphanumeric": 1, "byte": 2, "kanji": 3}


def _headers(indicators: dict[Mode, int], indicator_bits: int, *count_bits: int) -> dict[Mode, Header]:
    pairs = zip(indicators.items(), count_bits, strict=False)
    return {mode: Header(indicator, indicator_bits, bits) for (mode, indicator), bits in pairs}


class HeaderSize(msgspec.Struct, frozen=True):
    """The headers of versions `first` to `last`; these versions do not support the modes that are missing."""

    first: int
    last: int
    headers: dict[Mode, Header]


HEADER_SIZES: tuple[HeaderSize, ...] = (
    HeaderSize(1, 9, _headers(_INDICATORS, 4, 10, 9, 8, 8)),
    HeaderSize(10, 26, _headers(_INDICATORS, 4, 12, 11, 16, 10)),
    HeaderSize(27, 40, _headers(_INDICATORS, 4, 14, 13, 16, 12)),
)
"""The three sizes of header (7.4.1, tables 2 and 3)."""

MICRO_HEADER_SIZES: tuple[HeaderSize, ...] = (
    HeaderSize(1, 1, _headers(_MICRO_INDICATORS, 0, 3)),
    HeaderSize(2, 2, _headers(_MICRO_INDICATORS, 1, 4, 3)),
    HeaderSize(3, 3, _headers(_MICRO_INDICATORS, 2, 5, 4, 4, 3)),
    HeaderSize(4, 4, _headers(_MICRO_INDICATORS, 3, 6, 5, 5, 4)),
)
"""The sizes of header for M1 to M4."""


class Blocks(msgspec.Struct, frozen=True):
    """How the codewords of a version and level are divided for error correction.

    Attributes
    ----------
    data_bits
        Room for headers and data, in bits.
    short
        Blocks with `length` data codewords.
    long
        Blocks that have one data codeword more; they follow the short ones.
    length
        Data codewords in a short block.
    ec
        Error correction codewords in every block.
    """

    data_bits: int
    short: int
    long: int
    length: int
    ec: int

    @property
    def count(self) -> int:
        """All blocks."""
        return self.short + self.long


def width(version: int, *, micro: bool) -> int:
    """Return the modules a side, without the quiet zone (6.3.2)."""
    return 2 * version + 9 if micro else 4 * version + 17


def alignment_centres(version: int) -> tuple[int, ...]:
    """Return row and column coordinates of the centres of the alignment patterns (annex E, table E.1).

    The first centre is always 6, and the last is seven modules from the edge. From the last one, the others go back at
    one even distance. For every row of the table, half of it is the mean, rounded up from a fraction of a quarter on.
    """
    if version == 1:
        return ()
    gaps = version // 7 + 1
    distance = (8 * version + 8 + 3 * gaps) // (4 * gaps) * 2
    last = 4 * version + 10
    return (6, *range(last - distance * (gaps - 1), last + 1, distance))


def _count_codewords(version: int) -> int:
    """Count the whole codewords in the data region: the square less the function patterns (annex E and table 1)."""
    n = width(version, micro=False)
    aligned = len(alignment_centres(version))
    # Three patterns of a full grid would cover the finders; those on row or column 6 share five modules with timing.
    patterns = 25 * (aligned**2 - 3) - 10 * (aligned - 2) if aligned else 0
    version_information = 36 if version >= 7 else 0
    return (n * n - 3 * 64 - 2 * (n - 16) - 31 - patterns - version_information) // 8


@cache
def capacities(level: Level, *, micro: bool) -> tuple[int, ...]:
    """Return the bits for headers and data of versions 1 to 40, or M1 to M4, at a level; -1 if it does not exist."""
    if micro:
        return tuple(data_bits.get(level, -1) for _, data_bits in _MICRO)
    divisions = zip(_BLOCK_COUNTS[level].split(), _EC_CODEWORDS[level].split(), strict=True)
    return tuple(8 * (_count_codewords(v) - int(count) * int(ec)) for v, (count, ec) in enumerate(divisions, 1))


# ISO/IEC 18004:2015, 7.5.1: p, the codewords that small versions spend on protection from a wrong correction.
_MISDECODE_PROTECTION: dict[tuple[int, Level], int] = {
    (1, "L"): 3,
    (1, "M"): 2,
    (1, "Q"): 1,
    (1, "H"): 1,
    (2, "L"): 2,
    (3, "L"): 1,
}


def correctable_errors(version: int, level: Level, ec: int) -> int:
    """Return how many wrong codewords a block with `ec` error correction codewords corrects, versions 1 to 40.

    That is half of `ec`, less the codewords that protect from a wrong correction (ISO/IEC 18004:2015, 7.5.1, Table 9).
    """
    return (ec - _MISDECODE_PROTECTION.get((version, level), 0)) // 2


@cache
def blocks(version: int, level: Level, *, micro: bool) -> Blocks:
    """Return how the codewords of a version at a level are divided into blocks."""
    data_bits = capacities(level, micro=micro)[version - 1]
    if micro:
        length = (data_bits + 4) // 8
        return Blocks(data_bits, short=1, long=0, length=length, ec=_MICRO[version - 1][0] - length)
    count = int(_BLOCK_COUNTS[level].split()[version - 1])
    length, long = divmod(data_bits // 8, count)
    return Blocks(
        data_bits, short=count - long, long=long, length=length, ec=int(_EC_CODEWORDS[level].split()[version - 1])
    )
