"""Read PNG files chunk by chunk (ISO/IEC 15948)."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import Final

from ..model import refuse
from .cost import NANOSECONDS
from .exif import read_orientation
from .model import MAX_PROFILE_BYTES, Bitmap, check_parts, refuse_damaged

__all__ = ["SIGNATURE", "read_png"]

SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"

_CHANNELS: Final = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_COLORS: Final = {0: "grey", 2: "RGB", 3: "palette colours", 4: "grey with alpha", 6: "RGBA"}
_WITH_ALPHA: Final = (4, 6)
_END: Final = b"\0\0\0\0IEND\xaeB\x60\x82"
_MAX_EXIF_BYTES: Final = 65_536


def read_png(body: bytes) -> Bitmap:
    """Walk through the chunks of a PNG, and keep those of its picture.

    Raises
    ------
    InvalidRequest
        The file is damaged, or has too many chunks, or too large a profile.
    """
    kept = [SIGNATURE]
    head: tuple[int, ...] = ()
    frames = orientation = 1
    profile = before = b""
    has_picture = False
    for count, (kind, value, chunk) in enumerate(_chunks(body), 1):
        check_parts(count, "PNG", "chunks")
        if (kind == b"IHDR") != (count == 1):
            refuse_damaged()
        match kind:
            case b"IHDR":
                if len(value) != 13:
                    refuse_damaged()
                head = struct.unpack(">IIBBBBB", value)
                kept.append(chunk)
            case b"PLTE" | b"tRNS" if not has_picture:
                kept.append(chunk)
            # The IDAT chunks of a picture have to be consecutive.
            case b"IDAT" if not has_picture or before == b"IDAT":
                kept.append(chunk)
                has_picture = True
            case b"iCCP" if not profile and not has_picture:
                profile = _inflate_profile(value)
            case b"eXIf" if orientation == 1:
                orientation = read_orientation(value[:_MAX_EXIF_BYTES])
            case b"acTL" if len(value) >= 4:
                (frames,) = struct.unpack_from(">I", value)
            case b"IEND":
                break
        before = kind
    if not head or not has_picture:
        refuse_damaged()
    width, height, depth, color, _, _, interlaced = head
    if color not in _CHANNELS:
        refuse_damaged()
    price = NANOSECONDS["png pixel"] + NANOSECONDS["png byte"] * _CHANNELS[color] * depth / 8
    description = f"{depth} bits of {_COLORS[color]}"
    if color in _WITH_ALPHA or any(chunk[4:8] == b"tRNS" for chunk in kept):
        price += NANOSECONDS["png alpha"]
    if interlaced:
        price += NANOSECONDS["png interlaced"]
        description += ", interlaced"
    nanoseconds = width * height * price + len(body) * NANOSECONDS["png compressed byte"]
    return Bitmap(
        "PNG",
        b"".join([*kept, _END]),
        width,
        height,
        nanoseconds,
        description,
        frames=frames,
        orientation=orientation,
        profile=profile,
    )


def _chunks(body: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Yield the type, the value and all bytes of each complete chunk."""
    position = len(SIGNATURE)
    while position + 8 <= len(body):
        length, kind = struct.unpack_from(">I4s", body, position)
        end = position + 12 + length
        if end > len(body):
            if kind == b"IDAT":
                refuse_damaged()
            return
        yield kind, body[position + 8 : end - 4], body[position:end]
        position = end


def _inflate_profile(value: bytes) -> bytes:
    """Inflate the profile of an ``iCCP`` chunk; empty if it is damaged, since decoders ignore such a profile."""
    _, _, compressed = value.partition(b"\0")
    inflater = zlib.decompressobj()
    try:
        profile = inflater.decompress(compressed[1:], MAX_PROFILE_BYTES + 1)
    except zlib.error:
        return b""
    if len(profile) > MAX_PROFILE_BYTES:
        message = f"A colour profile can have at most {MAX_PROFILE_BYTES} bytes; this one has more."
        refuse(message, limit={"max_bytes": MAX_PROFILE_BYTES})
    return profile
