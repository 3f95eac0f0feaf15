"""WebP (RFC 9649), lossless."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final

from .compose import draw_pixels, resolution_exif

if TYPE_CHECKING:
    from PIL import Image

    from ...artwork import Artwork

__all__ = ["draw"]

# How hard the encoder looks for repetitions. With grain or a blur, 40 saves nothing over 20 and takes twice the time;
# with flat colours and gradients, it saves a twentieth in the same time.
_QUALITY: Final = 40
_QUALITY_OF_EFFECTS: Final = 20


def draw(artwork: Artwork, pixels: Image.Image | None = None) -> bytes:
    """Print the artwork pixel by pixel, with its alpha; the resolution is in its Exif data.

    Raises
    ------
    ValueError
        When a module would have less than one pixel.
    """
    output = BytesIO()
    quality = _QUALITY_OF_EFFECTS if artwork.effects else _QUALITY
    # A higher method takes four times as long, and saves a third.
    image = pixels or draw_pixels(artwork)
    image.save(output, "WEBP", lossless=True, quality=quality, method=0, exact=True, exif=resolution_exif(artwork))
    return output.getvalue()
