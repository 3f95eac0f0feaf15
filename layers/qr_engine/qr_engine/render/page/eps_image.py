"""Pictures on a PostScript page, such as logos: opaque, together with what lies under them."""

from __future__ import annotations

from math import ceil, floor
from typing import TYPE_CHECKING, Final

import msgspec

from ..raster.compose import draw_pixels as raster_of
from .eps_bitmap import bitmap

if TYPE_CHECKING:
    from ...artwork import Artwork
    from ...artwork.model import EmbeddedImage

__all__ = ["shown"]

# Pixels a side that a picture is printed with, and of the whole artwork for that; what it takes is bounded.
_SIDE: Final = 640
_WHOLE: Final = 3072


def shown(artwork: Artwork, picture: EmbeddedImage) -> str:
    """The operators that show the picture in its box, and the data.

    PostScript knows no alpha. So the box is drawn as pixels, the layers below and the picture over them, on white
    where they let it through, and printed as it is.
    """
    left, top, right, bottom = picture.box
    scale = max(1, min(round(_SIDE / max(right - left, bottom - top)), _WHOLE // artwork.modules))
    drawn = raster_of(msgspec.structs.replace(artwork, size=artwork.modules * scale))
    edges = floor(left * scale), floor(top * scale), ceil(right * scale), ceil(bottom * scale)
    image = drawn.crop(edges)
    if image.mode == "RGBA":
        from PIL import Image

        paper = Image.new("RGBA", image.size, "white")
        paper.alpha_composite(image)
        image = paper.convert("RGB")
    left, top, right, bottom = (edge / scale for edge in edges)
    return f"gsave\n{bitmap(image, (left, top, right, bottom))}\ngrestore"
