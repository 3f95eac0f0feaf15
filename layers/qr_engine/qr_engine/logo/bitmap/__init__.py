"""Walk through the headers of PNG, JPEG and WebP files before a decoder sees them.

`read_bitmap` returns the properties of a file, and the file without the parts that its picture does not need.
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
    """Return whether a file begins like a PNG, a JPEG or a WebP."""
    return body.startswith((SIGNATURE, b"\xff\xd8\xff")) or (body[:4] == b"RIFF" and body[8:12] == b"WEBP")


def read_bitmap(body: bytes) -> Bitmap:
    """Read the headers of a logo that is a PNG, JPEG or WebP.

    Raises
    ------
    InvalidRequest
        The file is damaged, animated or too large, or its picture takes too long to decode.
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
    """Read the headers of a PNG, JPEG or WebP for any purpose, not only of a logo.

    Parameters
    ----------
    kept_pixels
        The least pixels of the shorter side to which a JPEG decoder may reduce the picture.

    Raises
    ------
    InvalidRequest
        The file is damaged, or has more parts than any picture needs.
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
