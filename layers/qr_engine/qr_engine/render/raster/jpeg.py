"""JPEG (ITU-T T.81), for programs that read nothing else."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image

from .compose import draw_pixels

if TYPE_CHECKING:
    from ...artwork import Artwork

__all__ = ["draw"]


def draw(artwork: Artwork, pixels: Image.Image | None = None) -> bytes:
    """Print the artwork on white, since the format has no alpha, with its resolution.

    Raises
    ------
    ValueError
        When a module would have less than one pixel.
    """
    image = pixels or draw_pixels(artwork)
    if image.mode == "RGBA":
        paper = Image.new("RGBA", image.size, "white")
        paper.alpha_composite(image)
        image = paper.convert("RGB")
    output = BytesIO()
    # Pillow's default, colour at half the resolution, would smear the edges of coloured modules.
    image.save(output, "JPEG", quality=90, subsampling="4:4:4", dpi=(artwork.dpi, artwork.dpi))
    return output.getvalue()
