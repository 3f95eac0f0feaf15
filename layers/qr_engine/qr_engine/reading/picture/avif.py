"""Read the boxes of AVIF files (ISO/IEC 14496-12 and 23008-12).

A box may declare any size, but a decoder decodes whatever the streams contain. So the frames of the streams are
counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

import msgspec

from .av1 import count_pixels
from .model import refuse, refuse_damaged

__all__ = ["is_avif", "read_avif"]

_BRANDS: Final = (b"avif", b"avis")
# Boxes that contain other boxes, with the number of bytes before these.
_PARENTS: Final = {
    b"meta": 4, b"iprp": 0, b"ipco": 0, b"moov": 0, b"trak": 0, b"mdia": 0, b"minf": 0, b"stbl": 0, b"stsd": 8,
}  # fmt: skip
_MAX_PARTS: Final = 4096


class _Item(msgspec.Struct, frozen=True):
    """The place of an item's data: in the file, or in the item data box."""

    inside: bool
    extents: tuple[tuple[int, int], ...]


def is_avif(body: bytes) -> bool:
    """Return whether a file begins like an AVIF."""
    return body[4:8] == b"ftyp" and body[8:12] in _BRANDS


def read_avif(body: bytes) -> tuple[int, int, int]:
    """Return width and height of the picture, and the pixels of all frames that a decoder processes for it.

    Raises
    ------
    InvalidRequest
        It is damaged, or has more parts than a picture needs.
    """
    sizes: list[tuple[int, int]] = []
    items: list[_Item] = []
    starts: list[int] = []
    lengths: list[int] = []
    data, repeated = b"", 1
    for kind, value in _boxes(body):
        match kind:
            case b"ispe" if len(value) >= 12:
                sizes.append((int.from_bytes(value[4:8], "big"), int.from_bytes(value[8:12], "big")))
            case b"av01" if len(value) >= 28:
                sizes.append((int.from_bytes(value[24:26], "big"), int.from_bytes(value[26:28], "big")))
            case b"iloc":
                items += _items(value)
            case b"idat":
                data += value
            case b"iref":
                repeated = max(repeated, _most_uses(value))
            case b"stco" | b"co64":
                width = 4 if kind == b"stco" else 8
                starts.append(int.from_bytes(value[8 : 8 + width], "big"))
            case b"stsz":
                lengths.append(int.from_bytes(value[4:8], "big") or int.from_bytes(value[12:16], "big"))
    if not sizes:
        refuse_damaged()
    streams = [
        b"".join([(data if item.inside else body)[start : start + length] for start, length in item.extents])
        for item in items
    ]
    # Only the first frame of a sequence is decoded.
    streams += [body[start : start + length] for start, length in zip(starts, lengths, strict=False)]
    width, height = max(sizes, key=lambda size: size[0] * size[1])
    return width, height, repeated * sum(map(count_pixels, streams))


def _boxes(body: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield type and content of each box that contains no other boxes."""
    waiting = [(0, len(body))]
    for _ in range(_MAX_PARTS):
        if not waiting:
            return
        position, end = waiting.pop()
        if position + 8 > end:
            continue
        length, kind, head = int.from_bytes(body[position : position + 4], "big"), body[position + 4 : position + 8], 8
        if length == 1:
            length, head = int.from_bytes(body[position + 8 : position + 16], "big"), 16
        elif length == 0:
            length = end - position
        if length < head or position + length > end:
            # A decoder stops reading here, too.
            continue
        waiting.append((position + length, end))
        if kind in _PARENTS:
            waiting.append((position + head + _PARENTS[kind], position + length))
        elif kind != b"mdat":
            yield kind, body[position + head : position + length]
    _refuse_parts()


def _items(value: bytes) -> list[_Item]:
    """Read the places of the items' data (ISO/IEC 14496-12, 8.11.3)."""
    numbers = _Numbers(value)
    version = numbers.take(1)
    numbers.take(3)
    widths = numbers.take(2)
    id_width = 2 if version < 2 else 4
    items, parts = [], 0
    for _ in range(numbers.take(id_width)):
        numbers.take(id_width)
        inside = version > 0 and numbers.take(2) & 15 == 1
        numbers.take(2)
        base = numbers.take(widths >> 4 & 15)
        extents = []
        for _ in range(numbers.take(2)):
            if version:
                numbers.take(widths & 15)
            extents.append((base + numbers.take(widths >> 12), numbers.take(widths >> 8 & 15) or len(value) << 32))
            parts += 1
            if parts > _MAX_PARTS:
                _refuse_parts()
        items.append(_Item(inside, tuple(extents)))
        if numbers.overran:
            refuse_damaged()
    return items


def _most_uses(value: bytes) -> int:
    """Return the highest number of times that one item is a tile of another (8.11.12)."""
    numbers = _Numbers(value)
    width = 2 if numbers.take(1) == 0 else 4
    numbers.take(3)
    uses: Counter[int] = Counter()
    while not numbers.ended:
        numbers.take(4)
        kind = numbers.take(4)
        numbers.take(width)
        tiles = [numbers.take(width) for _ in range(min(numbers.take(2), len(value)))]
        if kind == int.from_bytes(b"dimg", "big"):
            uses.update(tiles)
    return max(uses.values(), default=1)


def _refuse_parts() -> None:
    refuse("This AVIF has too many parts for a single picture.", limit={"max": _MAX_PARTS})


class _Numbers:
    """Reads numbers of whole bytes; beyond the end there are zeros."""

    def __init__(self, value: bytes) -> None:
        self._value, self._position = value, 0

    @property
    def ended(self) -> bool:
        return self._position >= len(self._value)

    @property
    def overran(self) -> bool:
        return self._position > len(self._value)

    def take(self, width: int) -> int:
        self._position += width
        return int.from_bytes(self._value[self._position - width : self._position], "big")
