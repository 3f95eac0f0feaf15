"""PNG, JPEG and WebP files, walked through by their headers before a decoder sees them.

`read_bitmap` gives what a file contains, and the file without all that its picture does not need.
"""

from __future__ import annotations

from ..model import MAX_PIXELS, check_aspect, refuse
from .cost import KEPT_PIXELS
from .jpeg import read_jpeg
from .model import Bitmap
from .png import SIGNATURE, read_png
from .webp import read_webp

__all__ = ["Bitmap", "is_bitmap", "read_bitmap", "read_headers"]


def is_bitmap(body: bytes) -> bool:
    """Tell whether a file begins as a PNG, a JPEG or a WebP."""
    return body.startswith((SIGNATURE, b"\xff\xd8\xff")) or (body[:4] == b"RIFF" and body[8:12] == b"WEBP")


def read_bitmap(body: bytes) -> Bitmap:
    """Read the headers of a logo that is a PNG, JPEG or WebP.

    Raises
    ------
    InvalidRequest
        It is damaged, animated, too large, or its picture takes too long to decode.
    """
    bitmap = read_headers(body)
    if max(bitmap.width, bitmap.height) > MAX_PIXELS:
        size = f"{bitmap.width} × {bitmap.height}"
        refuse(f"A logo can have at most {MAX_PIXELS} pixels a side; this one has {size}.", limit={"max": MAX_PIXELS})
    check_aspect(bitmap.width, bitmap.height)
    if bitmap.frames > 1:
        refuse(f"The picture is animated, with {bitmap.frames} frames; a logo must be a still picture.")
    return bitmap


def read_headers(body: bytes, kept_pixels: int = KEPT_PIXELS) -> Bitmap:
    """Read the headers of a PNG, JPEG or WebP, whatever it is for.

    Parameters
    ----------
    kept_pixels
        Of the shorter side of a JPEG, below which its decoder does not reduce it.

    Raises
    ------
    InvalidRequest
        It is damaged, or has more parts than it takes to hold a picture.
    """
    if body.startswith(SIGNATURE):
        bitmap = read_png(body)
    elif body.startswith(b"\xff\xd8"):
        bitmap = read_jpeg(body, kept_pixels)
    elif body[:4] == b"RIFF" and body[8:12] == b"WEBP":
        bitmap = read_webp(body)
    else:
        refuse("A picture inside an SVG logo must be a PNG or a JPEG.")
    if not bitmap.width or not bitmap.height:
        refuse("The picture is truncated or damaged.")
    return bitmap
