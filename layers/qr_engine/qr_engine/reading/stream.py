"""What the codewords of a symbol contain besides its text (ISO/IEC 18004:2015, 7.4).

The decoder returns the text and the modules as it sampled them. This module reads ECI designators and the header of a
sequence from the codewords, after correcting their errors.
"""

from __future__ import annotations

from array import array
from functools import cache
from typing import TYPE_CHECKING, Final

import msgspec

from ..symbol.layout import layout
from ..symbol.standard import HEADER_SIZES, blocks
from .correction import correct
from .model import SequencePlace
from .modules import masked_modules

if TYPE_CHECKING:
    from ..symbol.model import Level, Mode

__all__ = ["Stream", "read_stream"]

_NUMERIC, _ALPHANUMERIC, _APPEND, _BYTE, _FNC1, _ECI, _KANJI, _FNC1_SECOND = 1, 2, 3, 4, 5, 7, 8, 9
_COUNTED: Final[dict[int, Mode]] = {_NUMERIC: "numeric", _ALPHANUMERIC: "alphanumeric", _BYTE: "byte", _KANJI: "kanji"}


class Stream(msgspec.Struct, frozen=True):
    """The headers of a symbol.

    Attributes
    ----------
    eci
        The first ECI designator; None if there is none.
    structured_append
        The place in a sequence; None for a single symbol.
    only_bytes
        Whether its text is in bytes without a known character set: no ECI, and no Kanji mode.
    """

    eci: int | None = None
    structured_append: SequencePlace | None = None
    only_bytes: bool = False


def read_stream(version: int, level: Level | None, mask: int, modules: bytes, *, micro: bool) -> Stream:
    """Read the headers of a symbol.

    Micro QR has neither ECI nor structured append, so nothing is read from it.

    Parameters
    ----------
    modules
        A byte of 0 or 1 for each module, 1 for dark, row after row, not mirrored.
    """
    if micro or level is None:
        return Stream()
    data = _data_codewords(version, level, mask, modules)
    return Stream() if data is None else _read_headers(data, version)


def _data_codewords(version: int, level: Level, mask: int, modules: bytes) -> bytes | None:
    """Return the data codewords with their errors corrected; None if there are too many errors."""
    flipped = masked_modules(version, level, mask, micro=False)
    unmasked = bytes([module ^ flip for module, flip in zip(modules, flipped, strict=True)])
    bits = "".join(["01"[unmasked[index]] for index in _module_of_bit(version)])
    message = int(bits, 2).to_bytes(len(bits) // 8, "big")
    division = blocks(version, level, micro=False)
    data = division.length * division.count + division.long
    corrected = []
    for index in range(division.count):
        block = message[index : division.length * division.count : division.count]
        if index >= division.short:
            # The extra codewords of the long blocks come after those that all blocks have.
            block += message[division.length * division.count + index - division.short :][:1]
        length = len(block)
        whole = correct(block + message[data + index :: division.count], division.ec)
        if whole is None:
            return None
        corrected.append(whole[:length])
    return b"".join(corrected)


@cache
def _module_of_bit(version: int) -> array[int]:
    """Return the index of the module for each bit of the codewords, counted row after row."""
    division = blocks(version, "L", micro=False)
    count = division.data_bits + 8 * division.ec * division.count
    place = layout(version, micro=False).place
    high = place(bytes([bit >> 8 for bit in range(count)]), b"\xff", b"")
    low = place(bytes([bit & 255 for bit in range(count)]), b"\xff", b"")
    modules = array("H", bytes(2 * count))
    for module, (upper, lower) in enumerate(zip(high, low, strict=True)):
        if upper != 0xFF:
            modules[upper << 8 | lower] = module
    return modules


def _read_headers(data: bytes, version: int) -> Stream:
    """Read segment after segment, and stop at the first that cannot be read: the decoder has read the text already."""
    headers = next(size.headers for size in HEADER_SIZES if size.first <= version <= size.last)
    bits = _Bits(data)
    eci: int | None = None
    append: SequencePlace | None = None
    modes: set[int] = set()
    while bits.left >= 4:
        mode = bits.take(4)
        modes.add(mode)
        if mode == _APPEND:
            place, last, parity = bits.take(4), bits.take(4), bits.take(8)
            append = append or SequencePlace(place + 1, last + 1, parity)
        elif mode == _ECI:
            designator = bits.take_designator()
            eci = designator if eci is None else eci
        elif mode == _FNC1_SECOND:
            bits.take(8)
        elif mode in _COUNTED:
            name = _COUNTED[mode]
            count = bits.take(headers[name].count_bits)
            bits.take(_content_bits(mode, count))
        elif mode != _FNC1:
            break
    return Stream(eci, append, only_bytes=eci is None and _BYTE in modes and _KANJI not in modes)


def _content_bits(mode: int, count: int) -> int:
    if mode == _NUMERIC:
        return 10 * (count // 3) + (0, 4, 7)[count % 3]
    if mode == _ALPHANUMERIC:
        return 11 * (count // 2) + 6 * (count % 2)
    return count * (8 if mode == _BYTE else 13)


class _Bits:
    """Reads bits one after another; beyond the end there are zeros."""

    def __init__(self, data: bytes) -> None:
        self._value = int.from_bytes(data, "big")
        self.left = 8 * len(data)

    def take(self, count: int) -> int:
        self.left -= count
        if self.left < 0:
            return 0
        return self._value >> self.left & (1 << count) - 1

    def take_designator(self) -> int:
        """Read an ECI designator of one, two or three bytes (7.4.2.2)."""
        first = self.take(8)
        if first < 0x80:
            return first
        if first < 0xC0:
            return (first & 0x3F) << 8 | self.take(8)
        return (first & 0x1F) << 16 | self.take(16)
