"""The one thing that a logo needs of its Exif data."""

from __future__ import annotations

import struct
from typing import Final

__all__ = ["read_orientation"]

_ORIENTATION: Final = 0x0112
_SHORT: Final = 3
# Cameras write some twenty into the first directory.
_MAX_FIELDS: Final = 512


def read_orientation(exif: bytes) -> int:
    """Read how a picture is to be turned, from 1 to 8; 1, which is not at all, where it does not say.

    The first directory alone is looked through (TIFF 6.0, section 2), and no value outside of it.
    """
    while exif.startswith(b"Exif\0\0"):
        exif = exif[6:]
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(exif[:4])
    if order is None:
        return 1
    try:
        (start,) = struct.unpack_from(f"{order}I", exif, 4)
        (count,) = struct.unpack_from(f"{order}H", exif, start)
        for index in range(min(count, _MAX_FIELDS)):
            tag, kind, _, value = struct.unpack_from(f"{order}HHIH", exif, start + 2 + 12 * index)
            if tag == _ORIENTATION:
                return value if kind == _SHORT and 1 <= value <= 8 else 1
    except struct.error:
        pass
    return 1
