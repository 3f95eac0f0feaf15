"""Read the blocks of GIF files (GIF89a)."""

from __future__ import annotations

import struct
from typing import Final

from .model import refuse_damaged

__all__ = ["SIGNATURES", "read_gif"]

SIGNATURES: Final = (b"GIF87a", b"GIF89a")

_HEAD: Final = 13
_IMAGE, _EXTENSION, _TRAILER = 0x2C, 0x21, 0x3B
_GRAPHIC_CONTROL: Final = 0xF9
_MAX_BLOCKS: Final = 65_536


def read_gif(body: bytes) -> tuple[bytes, int, int]:
    """Return the file with its first frame only, and the width and height needed to show that frame.

    A frame may be larger than the screen that the file declares; decoders then use the frame's size.

    Raises
    ------
    InvalidRequest
        The file ends before its first frame.
    """
    if len(body) < _HEAD:
        refuse_damaged()
    width, height, flags = struct.unpack_from("<HHB", body, 6)
    position = _HEAD + _table_bytes(flags)
    kept = [body[:position]]
    while position < len(body):
        kind, start = body[position], position
        if kind == _EXTENSION:
            position = _end_of_blocks(body, position + 2)
            # Keep the transparent colour; drop comments and the private data of programs.
            if body[start + 1 : start + 2] == bytes((_GRAPHIC_CONTROL,)):
                kept.append(body[start:position])
        elif kind == _IMAGE and position + 11 <= len(body):
            left, top, across, down, flags = struct.unpack_from("<HHHHB", body, position + 1)
            end = _end_of_blocks(body, position + 11 + _table_bytes(flags))
            kept += [body[start:end], bytes((_TRAILER,))]
            return b"".join(kept), max(width, left + across), max(height, top + down)
        else:
            break
    return refuse_damaged()


def _table_bytes(flags: int) -> int:
    """Return the bytes of a colour table, from the flags that declare it."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _end_of_blocks(body: bytes, position: int) -> int:
    """Return where a run of data sub-blocks ends, after its terminator; the end of the file if it has none."""
    for _ in range(_MAX_BLOCKS):
        if position >= len(body):
            return len(body)
        length = body[position]
        position += 1 + length
        if not length:
            return position
    return refuse_damaged()
