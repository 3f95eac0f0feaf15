"""Read the orientation of a picture, the only Exif field that a logo needs."""

from __future__ import annotations

import struct
from typing import Final

__all__ = ["read_orientation"]

_ORIENTATION: Final = 0x0112
_SHORT: Final = 3
# Cameras write about twenty fields into the first directory.
_MAX_FIELDS: Final = 512


def read_orientation(exif: bytes) -> int:
    """Read how to turn a picture, from 1 to 8; 1, for not at all, if the data do not say.

    Only the first directory is searched (TIFF 6.0, section 2), and no value outside it is followed.
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
