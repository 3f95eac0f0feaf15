"""A bitmap among the layers of an artwork."""

from __future__ import annotations

from typing import TypeAlias

import msgspec
from PIL import Image

from ...artwork.color import Color
from ...artwork.model import Layer

__all__ = ["Bitmap", "PaintItem"]


class Bitmap(msgspec.Struct):
    """Pixels that are smoothly stretched over a part of the picture.

    Attributes
    ----------
    image
        In ``RGBA``, or in ``P`` with an ``RGBA`` palette; in ``L``, the coverage of `paint`.
    box
        Left, top, right and bottom of that part, in whole modules.
    paint
        An opaque colour; None where `image` has the colours.
    aligned
        Whether raster formats align the bitmap with the modules, which have whole pixels there, or fill the picture.
    """

    image: Image.Image
    box: tuple[int, int, int, int]
    paint: Color | None
    aligned: bool = True


PaintItem: TypeAlias = Layer | Bitmap
