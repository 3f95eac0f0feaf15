"""Segments as bits (ISO/IEC 18004:2015, 7.4.3 to 7.4.6)."""

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
"""Each alphanumeric character's number (table 5)."""


def _numeric(data: bytes) -> int:
    text = data.decode()
    whole = len(text) - len(text) % 3
    groups = [f"{int(text[i : i + 3]):010b}" for i in range(0, whole, 3)]
    if rest := text[whole:]:
        groups.append(f"{int(rest):0{3 * len(rest) + 1}b}")
    return int("".join(groups), 2)


def _alphanumeric(data: bytes) -> int:
    values = data.translate(_VALUES)
    pairs = [f"{45 * first + second:011b}" for first, second in zip(values[::2], values[1::2], strict=False)]
    if len(values) % 2:
        pairs.append(f"{values[-1]:06b}")
    return int("".join(pairs), 2)


def _byte(data: bytes) -> int:
    return int.from_bytes(data, "big")


def _kanji(data: bytes) -> int:
    number = 0
    for character in data.decode():
        code = kanji_code(character)
        assert code is not None, "segmentation put it into a Kanji segment"
        # 0x8140 becomes 0, 0xE040 follows 0x9FFC, and each first byte has room for 192 second ones.
        number = number << 13 | (code[0] - 0x81) % 0x40 * 0xC0 + code[1] - 0x40
    return number


_PAYLOADS: dict[Mode, Callable[[bytes], int]] = {
    "numeric": _numeric,
    "alphanumeric": _alphanumeric,
    "byte": _byte,
    "kanji": _kanji,
}


def append_segments(prefix: int, segments: Iterable[Run], headers: Mapping[Mode, Header]) -> int:
    """`prefix` followed by the bits of the segments, headers included, as one integer."""
    value = prefix
    for segment in segments:
        mode = segment.mode
        header = headers[mode]
        count = len(segment.data) if mode == "byte" else segment.characters
        value = (value << header.indicator_bits | header.indicator) << header.count_bits | count
        value = value << payload_bits(mode, segment) | _PAYLOADS[mode](segment.data)
    return value
