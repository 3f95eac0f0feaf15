"""AV1 Image File Format: the smallest files for photographs and gradients, with alpha."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final

from .compose import draw_pixels, resolution_exif

if TYPE_CHECKING:
    from PIL import Image

    from ...artwork import Artwork

__all__ = ["draw"]

# For version 40 with noise and a transparent background, at 3,072 pixels a side, the encoder's speed 8 takes 9 s, and 9
# takes 2.5 s and 1.5 times the bytes. 10 gives the same as 9. With flat colours, 9 saves 0.3 s and doubles the bytes.
_SPEED: Final = 8
_LARGE, _SPEED_OF_LARGE = 2048, 9


def draw(artwork: Artwork, pixels: Image.Image | None = None) -> bytes:
    """Print the artwork with its colours unreduced; the resolution is in its Exif data.

    Raises
    ------
    ValueError
        When a module would have less than one pixel.
    """
    output = BytesIO()
    # The bytes depend on how the work is divided among threads, so use one.
    speed = _SPEED if artwork.size <= _LARGE else _SPEED_OF_LARGE
    image = pixels or draw_pixels(artwork)
    image.save(
        output, "AVIF", quality=90, subsampling="4:4:4", speed=speed, max_threads=1, exif=resolution_exif(artwork)
    )
    return output.getvalue()
