"""The building blocks of a PNG (ISO/IEC 15948)."""

from __future__ import annotations

import struct
import zlib
from functools import lru_cache
from typing import Final

__all__ = ["NO_FILTER", "SIGNATURE", "UP_FILTER", "chunk", "resolution_chunk"]

SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
"""The bytes at the start of every PNG (5.2)."""

NO_FILTER: Final = b"\x00"
"""The filter byte of a row that is written as it is (9.2)."""

UP_FILTER: Final = b"\x02"
"""The filter byte of a row that is written as its difference from the row above (9.2)."""


def chunk(kind: bytes, data: bytes) -> bytes:
    """Return a chunk: its length, its kind, its data and their checksum (5.3)."""
    return b"".join((struct.pack(">I", len(data)), kind, data, struct.pack(">I", zlib.crc32(data, zlib.crc32(kind)))))


@lru_cache(maxsize=32)
def resolution_chunk(dpi: int) -> bytes:
    """Return the chunk with the resolution, converted to pixels per metre, the unit of the format (11.3.5.3)."""
    per_metre = round(dpi / 0.0254)
    return chunk(b"pHYs", struct.pack(">2IB", per_metre, per_metre, 1))
