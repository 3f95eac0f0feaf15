"""Compute what it costs to decode a bitmap, from its headers.

`NANOSECONDS` is the price list. Every further step with the pixels of a logo needs a price there.
"""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, Final

from ..model import refuse

if TYPE_CHECKING:
    from .model import Bitmap

__all__ = ["INSIDE_SECONDS", "KEPT_PIXELS", "NANOSECONDS", "READING_SECONDS", "check_cost"]

READING_SECONDS: Final = 0.65
"""Time limit on one vCPU to decode a logo, make it smaller and write it anew."""

INSIDE_SECONDS: Final = 0.4
"""Time limit on one vCPU for all bitmaps inside an SVG logo; drawing the SVG has a separate limit."""

KEPT_PIXELS: Final = 1024
"""The most pixels to keep of the longer side: a logo takes up at most about half the side of the largest picture."""

NANOSECONDS: Final = {
    # For each pixel of a PNG, for each byte of a pixel before compression, and for transparency and interlacing.
    "png pixel": 9.0,
    "png byte": 2.0,
    "png alpha": 6.0,
    "png interlaced": 3.0,
    # For each byte of the file: the worst case is deflate blocks with nothing but a table.
    "png compressed byte": 70.0,
    # For each decoded pixel of a JPEG; large JPEGs are decoded at a half, a quarter or an eighth of their size.
    "jpeg pixel": 10.0,
    "jpeg byte": 25.0,
    # For each block of 64 samples of a colour: once, for each scan over it, and for each coefficient that one refines.
    "jpeg block": 110.0,
    "scanned block": 5.0,
    "refined coefficient": 0.6,
    "webp pixel": 22.0,
    "webp alpha": 14.0,
    "lossless webp pixel": 34.0,
    # For each pixel of the kept picture.
    "written png pixel": 135.0,
    "written jpeg pixel": 40.0,
    # For a colour profile, once, and for each pixel of the kept picture.
    "profile": 30_000_000.0,
    "profiled pixel": 40.0,
}
"""Measured with Pillow 13 on one vCPU, the dearest case of each kind; docs/security.md shows them."""


def check_cost(*bitmaps: Bitmap, seconds: float = READING_SECONDS) -> None:
    """Refuse bitmaps that together take too long to read."""
    taken = sum([bitmap.nanoseconds + _keeping(bitmap) for bitmap in bitmaps])
    over = taken - seconds * 1e9
    if over <= 0:
        return
    dearest = max(bitmaps, key=lambda bitmap: bitmap.nanoseconds)
    share = max(0.0, 1 - over / dearest.nanoseconds)
    side = 10 * int(max(dearest.width, dearest.height) * sqrt(share) / 10)
    smaller = f", about {side} pixels a side" if side > KEPT_PIXELS else ""
    most = round(1000 * seconds)
    what = "The bitmaps inside an SVG logo can take" if seconds == INSIDE_SECONDS else "A bitmap logo can take"
    refuse(
        f"{what} at most {most} ms to read; this takes about {taken / 1e6:.0f} ms, for a {dearest.format} of "
        f"{dearest.width} × {dearest.height} pixels, {dearest.description}. Make it smaller{smaller}.",
        limit={"max": most},
    )


def _keeping(bitmap: Bitmap) -> float:
    """Return the nanoseconds to convert and write the kept picture of a bitmap."""
    scale = min(1.0, KEPT_PIXELS / max(bitmap.width, bitmap.height))
    price = NANOSECONDS["written jpeg pixel" if bitmap.format == "JPEG" else "written png pixel"]
    if bitmap.profile:
        price += NANOSECONDS["profiled pixel"]
    fixed = NANOSECONDS["profile"] if bitmap.profile else 0.0
    return fixed + bitmap.width * bitmap.height * scale * scale * price
