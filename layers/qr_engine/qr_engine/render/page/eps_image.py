"""Pictures on a PostScript page, such as logos: opaque, merged with the layers under them."""

from __future__ import annotations

from math import ceil, floor
from typing import TYPE_CHECKING, Final

import msgspec

from ..raster.compose import draw_pixels as raster_of
from .eps_bitmap import print_bitmap

if TYPE_CHECKING:
    from ...artwork import Artwork
    from ...artwork.model import EmbeddedImage

__all__ = ["print_image"]

# Pixels of the longer side of a printed picture, and of the whole artwork drawn for it, which bounds time and memory.
_SIDE: Final = 640
_WHOLE: Final = 3072


def print_image(artwork: Artwork, embedded: EmbeddedImage) -> str:
    """Print the operators that show the image in its box, and the data.

    PostScript has no alpha. So the layers below and the picture are drawn as pixels on white, and the box is printed
    as an opaque bitmap.
    """
    left, top, right, bottom = embedded.box
    scale = max(1, min(round(_SIDE / max(right - left, bottom - top)), _WHOLE // artwork.modules))
    whole = raster_of(msgspec.structs.replace(artwork, size=artwork.modules * scale))
    box = floor(left * scale), floor(top * scale), ceil(right * scale), ceil(bottom * scale)
    image = whole.crop(box)
    if image.mode == "RGBA":
        from PIL import Image

        paper = Image.new("RGBA", image.size, "white")
        paper.alpha_composite(image)
        image = paper.convert("RGB")
    left, top, right, bottom = (edge / scale for edge in box)
    return f"gsave\n{print_bitmap(image, (left, top, right, bottom))}\ngrestore"
