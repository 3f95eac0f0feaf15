"""AV1 Image File Format: the smallest pictures of photographs and gradients, with alpha."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final

from ..errors import InvalidRequest, Issue
from .raster import picture, resolution

if TYPE_CHECKING:
    from ..artwork import Artwork

__all__ = ["LARGEST", "draw"]

LARGEST: Final = 3072
"""Pixels a side: the encoder takes some 30 bytes for each, and 4,096 a side would take more than 700 MB."""


def draw(artwork: Artwork) -> bytes:
    """Print the artwork with its colours unreduced; the resolution is in its Exif data.

    Raises
    ------
    InvalidRequest
        For a picture larger than `LARGEST`.
    ValueError
        When a module would have less than one pixel.
    """
    if artwork.size > LARGEST:
        message = f"AVIF is drawn up to {LARGEST} pixels; larger pictures can be had as WebP or PNG."
        raise InvalidRequest.of(Issue("size", message, limit={"max": LARGEST}, suggestion=LARGEST))
    written = BytesIO()
    # How the work is divided among threads shows in the bytes, so there is one.
    picture(artwork).save(
        written, "AVIF", quality=90, subsampling="4:4:4", speed=8, max_threads=1, exif=resolution(artwork)
    )
    return written.getvalue()
