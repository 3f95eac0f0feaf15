"""Layers and bitmaps laid over each other as pixels, each through its mask."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageChops

from ...artwork.color import Color
from ...artwork.model import Layer
from ..gradient.pixels import draw_gradient
from .masks import draw_mask, pixel_origin

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ...artwork import Artwork
    from ...artwork.model import Gradient, Paint
    from ..effects.bitmap import Bitmap, PaintItem
    from .masks import Mask

__all__ = ["channel_values", "draw_background", "paint_all"]

# Rows painted at a time: what is in between takes memory for so many, not for the whole picture.
_ROWS: Final = 1024


def draw_background(artwork: Artwork) -> Image.Image:
    """Draw the artwork's background alone: ``RGB``, or ``RGBA`` where it is not opaque."""
    mode = "RGB" if artwork.background.opaque else "RGBA"
    return Image.new(mode, artwork.pixels, channel_values(artwork.background, mode))


def paint_all(image: Image.Image, artwork: Artwork, items: Sequence[PaintItem]) -> None:
    """Lay layers and bitmaps over `image`, a picture of the size of `artwork`, in this order."""
    width, height = image.size
    masks = [draw_mask(artwork, item) if isinstance(item, Layer) else None for item in items]
    for first in range(0, height if masks else 0, _ROWS):
        band = image.crop((0, first, width, min(first + _ROWS, height)))
        gradient_band = lru_cache(maxsize=1)(partial(_draw_gradient_band, artwork, first, band.height))
        for item, mask in zip(items, masks, strict=True):
            if isinstance(item, Layer) and mask is not None:
                shape, left, top = mask
                _paint(band, item.paint, (shape, left, top - first), gradient_band)
            elif not isinstance(item, Layer):
                _stretch(band, artwork, item, first)
        image.paste(band, (0, first))


def _stretch(band: Image.Image, artwork: Artwork, bitmap: Bitmap, first: int) -> None:
    """Lay the bitmap over a band of the picture that begins with the row `first`."""
    left, top, right, bottom = bitmap.box
    scale, (x, y) = artwork.module_pixels, pixel_origin(artwork)
    left, top, right, bottom = left * scale + x, top * scale + y, right * scale + x, bottom * scale + y
    if not bitmap.aligned:
        left, top, right, bottom = 0, 0, *artwork.pixels
    above, below = max(top, first), min(bottom, first + band.height)
    if above >= below:
        return
    rows = bitmap.image.height / (bottom - top)
    part = (0, (above - top) * rows, bitmap.image.width, (below - top) * rows)
    image = bitmap.image.convert("RGBA") if bitmap.paint is None else bitmap.image
    stretched = image.resize((right - left, below - above), Image.Resampling.BICUBIC, part)
    corner = left, above - first
    if bitmap.paint is None and band.mode == "RGBA":
        band.alpha_composite(stretched, corner)
    elif bitmap.paint is None:
        band.paste(stretched.convert("RGB"), corner, stretched.getchannel("A"))
    else:
        _paint(band, bitmap.paint, (stretched, *corner), _refuse_gradient)


def _refuse_gradient(gradient: Gradient) -> Image.Image:
    raise ValueError(f"a bitmap is of one colour, not a {gradient.kind} gradient")


def channel_values(color: Color, mode: str) -> tuple[int, ...]:
    """Return the colour as Pillow takes it for a picture of `mode`, ``RGB`` or ``RGBA``."""
    return (color.red, color.green, color.blue, color.alpha)[: len(mode)]


def _paint(image: Image.Image, paint: Paint, mask: Mask, gradient_band: Callable[[Gradient], Image.Image]) -> None:
    """Lay the paint over `image`, as far as the mask goes (source over, Porter and Duff)."""
    shape, left, top = mask
    above, below = max(-top, 0), min(image.height - top, shape.height)
    if above >= below:
        return
    if (above, below) != (0, shape.height):
        shape = shape.crop((0, above, shape.width, below))
    top += above
    box = (left, top, left + shape.width, top + shape.height)
    if image.mode == "RGBA":
        if isinstance(paint, Color):
            pixels = Image.new("RGBA", shape.size, channel_values(paint, "RGBA"))
        else:
            pixels = gradient_band(paint).crop(box).convert("RGBA")
        pixels.putalpha(ImageChops.multiply(shape, pixels.getchannel("A")))
        image.alpha_composite(pixels, (left, top))
    elif isinstance(paint, Color):
        if not paint.opaque:
            shape = shape.point([level * paint.alpha // 255 for level in range(256)])
        image.paste(channel_values(paint, "RGB"), box, shape)
    else:
        pixels = gradient_band(paint).crop(box)
        if pixels.mode == "RGBA":
            shape = ImageChops.multiply(shape, pixels.getchannel("A"))
            pixels = pixels.convert("RGB")
        image.paste(pixels, box, shape)


def _draw_gradient_band(artwork: Artwork, first: int, rows: int, gradient: Gradient) -> Image.Image:
    """Draw the gradient over as many rows of the picture, from `first` on."""
    pixels, width = artwork.module_pixels, artwork.pixels[0]
    x, y = pixel_origin(artwork)
    left, top = -x / pixels, (first - y) / pixels
    return draw_gradient(gradient, (left, top, left + width / pixels, top + rows / pixels), width, rows)
