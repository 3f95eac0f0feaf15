"""Layers and bitmaps laid over each other as pixels, each through its mask."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from PIL import Image, ImageChops

from ...artwork.color import Color
from ...artwork.model import Layer
from ..gradient.geometry import is_opaque
from ..gradient.pixels import draw_gradient
from .masks import draw_mask, pixel_origin

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ...artwork import Artwork
    from ...artwork.model import Gradient, Paint
    from ..effects.bitmap import Bitmap, PaintItem
    from .masks import Mask

    GradientArea: TypeAlias = Callable[[Gradient, "Box"], Image.Image]

__all__ = ["channel_values", "draw_background", "paint_all"]

Box: TypeAlias = tuple[int, int, int, int]
"""Left, top, right and bottom, in pixels."""

# Rows painted at a time: what is in between takes memory for so many, which a processor's cache holds.
_ROWS: Final = 256


def draw_background(artwork: Artwork) -> Image.Image:
    """Draw the artwork's background alone: ``RGB``, or ``RGBA`` where it is not opaque."""
    mode = "RGB" if artwork.background.opaque else "RGBA"
    return Image.new(mode, artwork.pixels, channel_values(artwork.background, mode))


def paint_all(image: Image.Image, artwork: Artwork, items: Sequence[PaintItem]) -> None:
    """Lay layers and bitmaps over `image`, a picture of the size of `artwork`, in this order."""
    width, height = image.size
    coats = _prepare_coats(artwork, items)
    for first in range(0, height if coats else 0, _ROWS):
        band = image.crop((0, first, width, min(first + _ROWS, height)))
        gradient_area = partial(_draw_gradient_area, artwork, first)
        for coat in coats:
            if isinstance(coat, _Coat):
                shape, left, top = coat.mask
                _paint(band, coat.paint, (shape, left, top - first), gradient_area)
            else:
                _stretch(band, artwork, coat, first)
        image.paste(band, (0, first))


class _Coat(NamedTuple):
    """A paint, and where it is laid on."""

    paint: Paint
    mask: Mask


def _prepare_coats(artwork: Artwork, items: Sequence[PaintItem]) -> list[_Coat | Bitmap]:
    """Draw the masks of all layers; neighbours with one opaque paint become one."""
    coats: list[_Coat | Bitmap] = []
    for item in items:
        if not isinstance(item, Layer):
            coats.append(item)
            continue
        coat, before = _Coat(item.paint, draw_mask(artwork, item)), coats[-1] if coats else None
        if isinstance(before, _Coat) and before.paint == coat.paint and _is_opaque(coat.paint):
            coats[-1] = _Coat(coat.paint, _unite(before.mask, coat.mask))
        else:
            coats.append(coat)
    return coats


def _is_opaque(paint: Paint) -> bool:
    return paint.opaque if isinstance(paint, Color) else is_opaque(paint)


def _unite(one: Mask, other: Mask) -> Mask:
    """Give the mask that lays on as much of an opaque paint as these two, one after the other."""
    left, top = min(one[1], other[1]), min(one[2], other[2])
    right = max(one[1] + one[0].width, other[1] + other[0].width)
    bottom = max(one[2] + one[0].height, other[2] + other[0].height)
    shape = Image.new("L", (right - left, bottom - top))
    shape.paste(one[0], (one[1] - left, one[2] - top))
    x, y = other[1] - left, other[2] - top
    below = shape.crop((x, y, x + other[0].width, y + other[0].height))
    shape.paste(ImageChops.screen(below, other[0]), (x, y))
    return shape, left, top


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


def _refuse_gradient(gradient: Gradient, _box: Box) -> Image.Image:
    raise ValueError(f"a bitmap is of one colour, not a {gradient.kind} gradient")


def channel_values(color: Color, mode: str) -> tuple[int, ...]:
    """Return the colour as Pillow takes it for a picture of `mode`, ``RGB`` or ``RGBA``."""
    return (color.red, color.green, color.blue, color.alpha)[: len(mode)]


def _paint(image: Image.Image, paint: Paint, mask: Mask, gradient_area: GradientArea) -> None:
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
            pixels = gradient_area(paint, box).convert("RGBA")
        pixels.putalpha(ImageChops.multiply(shape, pixels.getchannel("A")))
        image.alpha_composite(pixels, (left, top))
    elif isinstance(paint, Color):
        if not paint.opaque:
            shape = shape.point([level * paint.alpha // 255 for level in range(256)])
        image.paste(channel_values(paint, "RGB"), box, shape)
    else:
        pixels = gradient_area(paint, box)
        if pixels.mode == "RGBA":
            shape = ImageChops.multiply(shape, pixels.getchannel("A"))
            pixels = pixels.convert("RGB")
        image.paste(pixels, box, shape)


def _draw_gradient_area(artwork: Artwork, first: int, gradient: Gradient, box: Box) -> Image.Image:
    """Draw the gradient in a part of a band of the picture that begins with the row `first`."""
    pixels, (x, y), (left, top, right, bottom) = artwork.module_pixels, pixel_origin(artwork), box
    area = ((left - x) / pixels, (top + first - y) / pixels, (right - x) / pixels, (bottom + first - y) / pixels)
    return draw_gradient(gradient, area, right - left, bottom - top)
