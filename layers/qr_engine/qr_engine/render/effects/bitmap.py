"""A bitmap among the layers of an artwork."""

from __future__ import annotations

from typing import TypeAlias

import msgspec
from PIL import Image

from ...artwork.color import Color
from ...artwork.model import Layer

__all__ = ["Bitmap", "PaintItem"]


class Bitmap(msgspec.Struct):
    """Pixels that are stretched, smoothly, over a part of the picture.

    Attributes
    ----------
    image
        In ``RGBA``, or in ``P`` with such a palette; in ``L``, the coverage of `paint`.
    box
        Left, top, right and bottom of the place, in whole modules.
    paint
        Opaque; None where the pixels have colours of their own.
    aligned
        Whether it belongs to the modules, which have whole pixels in a raster format; else it fills the picture there.
    """

    image: Image.Image
    box: tuple[int, int, int, int]
    paint: Color | None
    aligned: bool = True


PaintItem: TypeAlias = Layer | Bitmap
