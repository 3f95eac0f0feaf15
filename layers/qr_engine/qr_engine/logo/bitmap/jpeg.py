"""Read JPEG files segment by segment (ITU-T T.81, annex B)."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from typing import Final

from ..model import refuse
from .cost import NANOSECONDS
from .exif import read_orientation
from .model import MAX_PROFILE_BYTES, Bitmap, check_parts, refuse_damaged

__all__ = ["MAX_SCANS", "read_jpeg"]

MAX_SCANS: Final = 100
"""The most scans of a JPEG: each goes over the whole picture (libjpeg-turbo's LJT-01-003); encoders write about ten."""

# The byte after one or more bytes of 255 is a marker, except that zero is data, and 208 to 215 are restart markers.
_MARKER: Final = re.compile(rb"\xff([^\x00\xd0-\xd7\xff])")
_START, _END, _SCAN, _TEMPORARY, _APP1, _APP2 = 0xD8, 0xD9, 0xDA, 0x01, 0xE1, 0xE2
_FRAMES: Final = (0xC0, 0xC1, 0xC2)
_OTHER_FRAMES: Final = {
    **dict.fromkeys((0xC3, 0xC5, 0xC6, 0xC7, 0xDE), "lossless or hierarchical"),
    **dict.fromkeys((0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF), "arithmetically coded"),
}
# The segments that the decoder needs: frames, scans, tables, the restart interval, and the end.
_KEPT: Final = frozenset((*_FRAMES, _SCAN, 0xC4, 0xDB, 0xDD, _END))
# The application segments that define the colour model of the picture.
_COLORS: Final = {0xE0: b"JFIF\0", 0xEE: b"Adobe"}
_NOTHING: Final = b"\0nothing"


def read_jpeg(body: bytes, kept_pixels: int) -> Bitmap:
    """Walk through the segments of a JPEG up to its end, and keep those of its picture.

    Parameters
    ----------
    kept_pixels
        The least pixels of the shorter side to which the decoder may reduce the picture.

    Raises
    ------
    InvalidRequest
        The file is damaged or of a rare kind, or has too many segments or scans, or too large a profile.
    """
    kept = [body[:2]]
    frame = b""
    scans, orientation, nanoseconds = 0, 1, 0.0
    profile: dict[int, bytes] = {}
    seen_markers: set[int] = set()
    for count, (marker, value, segment) in enumerate(_segments(body), 1):
        check_parts(count - scans, "JPEG", "segments")
        if marker in _OTHER_FRAMES:
            refuse(f"This JPEG is {_OTHER_FRAMES[marker]}, which browsers do not show; save it as a baseline JPEG.")
        if marker == _SCAN:
            scans += 1
            nanoseconds += _scan_cost(frame, value)
        elif marker in _FRAMES:
            if frame or len(value) < 6 or len(value) < 6 + 3 * value[5]:
                refuse_damaged()
            frame = value
        elif marker == _APP2 and value.startswith(b"ICC_PROFILE\0") and len(value) > 14:
            profile.setdefault(value[12], value[14:])
        elif marker == _APP1 and value.startswith(b"Exif\0\0") and marker not in seen_markers:
            orientation = read_orientation(value)
            seen_markers.add(marker)
        if marker in _KEPT:
            kept.append(segment)
        elif value.startswith(_COLORS.get(marker, _NOTHING)) and marker not in seen_markers:
            kept.append(segment)
            seen_markers.add(marker)
    if scans > MAX_SCANS:
        refuse(f"A JPEG can have at most {MAX_SCANS} scans; this one has {scans}.", limit={"max": MAX_SCANS})
    if not frame or not scans:
        refuse_damaged()
    depth, height, width, components = struct.unpack_from(">BHHB", frame)
    if depth != 8:
        refuse(f"A JPEG must have 8 bits per sample; this one has {depth}.", limit={"max": 8})
    if sum(map(len, profile.values())) > MAX_PROFILE_BYTES:
        message = f"A colour profile can have at most {MAX_PROFILE_BYTES} bytes; this one has more."
        refuse(message, limit={"max_bytes": MAX_PROFILE_BYTES})
    # Pillow's `draft` chooses the scale in the same way.
    scale = max([scale for scale in (1, 2, 4, 8) if scale <= min(width, height) // kept_pixels], default=1)
    nanoseconds += width * height / scale**2 * NANOSECONDS["jpeg pixel"]
    blocks = sum(_blocks(frame).values())
    nanoseconds += blocks * NANOSECONDS["jpeg block"] + len(body) * NANOSECONDS["jpeg byte"]
    return Bitmap(
        "JPEG",
        b"".join(kept),
        width,
        height,
        nanoseconds,
        f"{components} colours in {scans} scans",
        orientation=orientation,
        profile=b"".join([profile[number] for number in sorted(profile)]),
    )


def _segments(body: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Yield the marker, the value and all bytes of each segment up to the end; a scan includes the data after it."""
    position = 2
    while match := _MARKER.search(body, position):
        marker, start = match[1][0], match.end()
        if marker == _END:
            yield marker, b"", b"\xff\xd9"
            return
        position = start
        if marker == _TEMPORARY:
            continue
        position += int.from_bytes(body[start : start + 2], "big")
        if marker == _START or position < start + 2 or position > len(body):
            refuse_damaged()
        value = body[start + 2 : position]
        if marker == _SCAN:
            following = _MARKER.search(body, position)
            position = following.start() if following else len(body)
        yield marker, value, body[start - 2 : position]


def _blocks(frame: bytes) -> dict[int, float]:
    """Count the blocks of 64 samples of each component, by its number (A.1.1)."""
    _, height, width, count = struct.unpack_from(">BHHB", frame)
    factors = {frame[index]: divmod(frame[index + 1], 16) for index in range(6, 6 + 3 * count, 3)}
    across = max([each for each, _ in factors.values()], default=1) or 1
    down = max([each for _, each in factors.values()], default=1) or 1
    pixels = (width + 8 * across) * (height + 8 * down)
    return {number: pixels * h * v / (across * down * 64) for number, (h, v) in factors.items()}


def _scan_cost(frame: bytes, scan: bytes) -> float:
    """Compute the cost of going over the blocks of a scan, which does not depend on how little data it has (G.1.2)."""
    if not frame or not scan or len(scan) < 4 + 2 * scan[0]:
        refuse_damaged()
    blocks = _blocks(frame)
    covered = sum([blocks.get(scan[1 + 2 * index], 0.0) for index in range(scan[0])])
    first, last, approximation = scan[-3:]
    price = NANOSECONDS["scanned block"]
    if approximation >> 4 and first:
        # A scan that refines coefficients looks at each of them.
        price += NANOSECONDS["refined coefficient"] * max(0, min(last, 63) - first + 1)
    return covered * price
