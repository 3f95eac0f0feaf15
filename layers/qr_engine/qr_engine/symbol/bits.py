"""Encode segments as bits (ISO/IEC 18004:2015, 7.4.3 to 7.4.6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .kanji import kanji_code
from .segmentation import payload_bits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from .model import Mode
    from .segmentation import Run
    from .standard import Header

__all__ = ["append_segments"]

_VALUES = bytes(max(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:".find(code), 0) for code in range(256))
"""The number of each alphanumeric character (table 5)."""


def _pack_bits(numbers: bytes, bits: int) -> int:
    """Cut numbers of two bytes each down to `bits` bits each, and join them.

    In a string of their binary digits, the n-th bits of all numbers are one slice, so the loop is over bits and not
    over numbers.
    """
    count = len(numbers) // 2
    text = f"{int.from_bytes(numbers, 'big'):0{16 * count}b}".encode()
    joined = bytearray(bits * count)
    for bit in range(bits):
        joined[bit::bits] = text[16 - bits + bit :: 16]
    return int(joined, 2)


def _widen_bytes(values: bytes) -> int:
    """Widen each byte to a number of two bytes."""
    spaced = bytearray(2 * len(values))
    spaced[1::2] = values
    return int.from_bytes(spaced, "big")


def _encode_numeric(data: bytes) -> int:
    values = data.translate(_VALUES)
    groups, rest = divmod(len(values), 3)
    end = 3 * groups
    number = 0
    if groups:
        sums = 100 * _widen_bytes(values[0:end:3]) + 10 * _widen_bytes(values[1:end:3]) + _widen_bytes(values[2:end:3])
        number = _pack_bits(sums.to_bytes(2 * groups, "big"), 10)
    return number << 3 * rest + 1 | int(data[end:]) if rest else number


def _encode_alphanumeric(data: bytes) -> int:
    values = data.translate(_VALUES)
    pairs, rest = divmod(len(values), 2)
    number = 0
    if pairs:
        sums = 45 * _widen_bytes(values[0 : 2 * pairs : 2]) + _widen_bytes(values[1::2])
        number = _pack_bits(sums.to_bytes(2 * pairs, "big"), 11)
    return number << 6 | values[-1] if rest else number


def _encode_bytes(data: bytes) -> int:
    return int.from_bytes(data, "big")


def _encode_kanji(data: bytes) -> int:
    numbers = bytearray()
    for character in data.decode():
        high, low = kanji_code(character) or b""
        # 0x8140 becomes 0, 0xE040 follows 0x9FFC, and each first byte has room for 192 second ones.
        numbers += ((high - 0x81) % 0x40 * 0xC0 + low - 0x40).to_bytes(2, "big")
    return _pack_bits(bytes(numbers), 13)


_ENCODERS: dict[Mode, Callable[[bytes], int]] = {
    "numeric": _encode_numeric,
    "alphanumeric": _encode_alphanumeric,
    "byte": _encode_bytes,
    "kanji": _encode_kanji,
}


def append_segments(prefix: int, segments: Iterable[Run], headers: Mapping[Mode, Header]) -> int:
    """Append the bits of the segments, headers included, to `prefix`, as one integer."""
    value = prefix
    for segment in segments:
        mode = segment.mode
        header = headers[mode]
        count = len(segment.data) if mode == "byte" else segment.characters
        value = (value << header.indicator_bits | header.indicator) << header.count_bits | count
        value = value << payload_bits(mode, segment) | _ENCODERS[mode](segment.data)
    return value
