"""The result of the encoder: a symbol as one integer, and its properties."""

from __future__ import annotations

from typing import Literal

import msgspec

__all__ = ["AreaShape", "Charset", "Eci", "Level", "Mode", "Segment", "Symbol"]

Level = Literal["L", "M", "Q", "H"]
Mode = Literal["numeric", "alphanumeric", "byte", "kanji"]
Eci = Literal["auto", "always", "never"]
AreaShape = Literal["square", "circle", "rounded_square"]
"""Outline of an area in the middle of a symbol, such as a logo and its plate."""

Charset = Literal["utf-8", "iso-8859-1", "shift_jis"]


class Segment(msgspec.Struct, frozen=True):
    """A run of the text that is encoded in one mode.

    Attributes
    ----------
    mode
        The compaction used.
    text
        The characters of the segment.
    """

    mode: Mode
    text: str


class Symbol(msgspec.Struct, frozen=True):
    """A finished QR Code or Micro QR symbol (ISO/IEC 18004:2015).

    Attributes
    ----------
    version
        1 to 40; for Micro QR 1 to 4, meaning M1 to M4.
    micro
        Whether it is a Micro QR symbol.
    error_correction
        The level of the symbol, after any boost; None for M1, which only detects errors.
    mask
        The data mask: 0 to 7, or for Micro QR 0 to 3.
    size
        Modules a side, without the quiet zone.
    matrix
        The modules, 1 for dark, row after row, most significant bit first. Each row is followed by four zero guard
        bits, so the stride is ``size + 4`` and the whole is ``size * (size + 4)`` bits.
    segments
        How the text was divided.
    eci
        The ECI designator in front of the data (26 for UTF-8), or None.
    data_bits
        Bits of headers and data.
    capacity_bits
        Bits that the version can hold at this level.
    """

    version: int
    micro: bool
    error_correction: Level | None
    mask: int
    size: int
    matrix: int
    segments: tuple[Segment, ...]
    eci: int | None
    data_bits: int
    capacity_bits: int

    @property
    def name(self) -> str:
        """The version as it is usually written: ``7``, or ``M3`` for Micro QR."""
        return f"M{self.version}" if self.micro else str(self.version)
