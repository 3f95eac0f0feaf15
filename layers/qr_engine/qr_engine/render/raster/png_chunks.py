"""What a PNG is put together from (ISO/IEC 15948)."""

from __future__ import annotations

import struct
import zlib
from functools import lru_cache
from typing import Final

__all__ = ["NO_FILTER", "SIGNATURE", "UP_FILTER", "chunk", "resolution_chunk"]

SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
"""What every PNG begins with (5.2)."""

NO_FILTER: Final = b"\x00"
"""Before a row that is written as it is (9.2)."""

UP_FILTER: Final = b"\x02"
"""Before a row that is written as its difference to the one above (9.2)."""


def chunk(kind: bytes, data: bytes) -> bytes:
    """Give a chunk: its length, its kind, its data and their checksum (5.3)."""
    return b"".join((struct.pack(">I", len(data)), kind, data, struct.pack(">I", zlib.crc32(data, zlib.crc32(kind)))))


@lru_cache(maxsize=32)
def resolution_chunk(dpi: int) -> bytes:
    """Give the chunk that says how many pixels an inch has: per metre, the unit of the format (11.3.5.3)."""
    per_metre = round(dpi / 0.0254)
    return chunk(b"pHYs", struct.pack(">2IB", per_metre, per_metre, 1))
