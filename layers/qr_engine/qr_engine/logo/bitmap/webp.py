"""Read WebP files chunk by chunk (RFC 9649)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

from .cost import NANOSECONDS
from .exif import read_orientation
from .model import MAX_PROFILE_BYTES, Bitmap, check_parts, refuse_damaged

__all__ = ["read_webp"]

_HEAD: Final = 12
# Flags of a VP8X chunk.
_ALPHA, _ANIMATION = 0x10, 0x02
_MAX_EXIF_BYTES: Final = 65_536


def read_webp(body: bytes) -> Bitmap:
    """Walk through the chunks of a WebP, and keep those of its picture.

    Raises
    ------
    InvalidRequest
        The file is damaged, or has too many chunks.
    """
    kept: list[bytes] = []
    sizes: list[tuple[int, int]] = []
    frames, orientation, profile = 0, 1, b""
    kinds = set()
    for count, (kind, value) in enumerate(_chunks(body), 1):
        check_parts(count, "WebP", "chunks")
        match kind:
            case b"VP8X" if count == 1 and len(value) >= 10:
                sizes.append((1 + int.from_bytes(value[4:7], "little"), 1 + int.from_bytes(value[7:10], "little")))
                value = bytes([value[0] & (_ALPHA | _ANIMATION)]) + value[1:]
            case b"ANMF":
                frames += 1
            case b"VP8 " | b"VP8L":
                sizes.append(_size(kind, value))
            case b"ALPH" | b"ANIM":
                pass
            case b"EXIF":
                orientation = read_orientation(value[:_MAX_EXIF_BYTES])
                continue
            case b"ICCP":
                profile = value[:MAX_PROFILE_BYTES]
                continue
            case _:
                continue
        kinds.add(kind)
        kept.append(kind + struct.pack("<I", len(value)) + value + b"\0" * (len(value) % 2))
    if not sizes:
        refuse_damaged()
    width, height = map(max, zip(*sizes, strict=True))
    lossless = b"VP8 " not in kinds
    price = NANOSECONDS["lossless webp pixel" if lossless else "webp pixel"]
    if b"ALPH" in kinds:
        price += NANOSECONDS["webp alpha"]
    description = "lossless" if lossless else "lossy with alpha" if b"ALPH" in kinds else "lossy"
    content = b"WEBP" + b"".join(kept)
    return Bitmap(
        "WEBP",
        b"RIFF" + struct.pack("<I", len(content)) + content,
        width,
        height,
        width * height * price,
        description,
        frames=max(1, frames),
        orientation=orientation,
        profile=profile,
    )


def _chunks(body: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the type and the value of each chunk; the last value may be incomplete."""
    position = _HEAD
    while position + 8 <= len(body):
        kind, length = struct.unpack_from("<4sI", body, position)
        position += 8
        yield kind, body[position : position + length]
        position += length + length % 2


def _size(kind: bytes, value: bytes) -> tuple[int, int]:
    """Read the width and the height of a picture (RFC 6386, 9.1; RFC 9649, 3.4)."""
    if kind == b"VP8 " and len(value) >= 10:
        across, down = struct.unpack_from("<HH", value, 6)
        return across & 0x3FFF, down & 0x3FFF
    if kind == b"VP8L" and len(value) >= 5:
        bits = int.from_bytes(value[1:5], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    return 0, 0
