"""Lay layers and bitmaps over each other as pixels, each through its mask."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

import msgspec
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

# Pixels painted at a time: temporary pictures of this size fit into a processor's cache.
_BAND_PIXELS: Final = 1 << 18


def draw_background(artwork: Artwork) -> Image.Image:
    """Draw the artwork's background alone: ``RGB``, or ``RGBA`` where it is not opaque."""
    mode = "RGB" if artwork.background.opaque else "RGBA"
    return Image.new(mode, artwork.pixels, channel_values(artwork.background, mode))


def paint_all(image: Image.Image, artwork: Artwork, items: Sequence[PaintItem]) -> None:
    """Lay layers and bitmaps in their order over `image`, a picture of the size of `artwork`."""
    width, height = image.size
    coats = _prepare_coats(artwork, items, image.mode)
    rows = max(1, _BAND_PIXELS // width)
    for first in range(0, height if coats else 0, rows):
        band = image.crop((0, first, width, min(first + rows, height)))
        gradient_area = partial(_draw_gradient_area, artwork, first)
        for coat in coats:
            if isinstance(coat, _Coat):
                shape, left, top = coat.mask
                _paint(band, coat.paint, (shape, left, top - first), gradient_area)
            else:
                _stretch(band, artwork, coat, first)
        image.paste(band, (0, first))


class _Coat(NamedTuple):
    """A paint, and the mask through which it is laid on."""

    paint: Paint
    mask: Mask


def _prepare_coats(artwork: Artwork, items: Sequence[PaintItem], mode: str) -> list[_Coat | Bitmap]:
    """Draw the masks of all layers, and unite successive layers that have the same opaque paint."""
    coats: list[_Coat | Bitmap] = []
    for item in items:
        if not isinstance(item, Layer):
            coats.append(_prepare_bitmap(item, mode))
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
    """Unite two masks into one that lays on as much of an opaque paint as both in turn."""
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
    """Lay the bitmap over a band of the picture; the band begins with the row `first`."""
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
    stretched = bitmap.image.resize((right - left, below - above), Image.Resampling.BICUBIC, part)
    corner = left, above - first
    if bitmap.paint is not None:
        _paint(band, bitmap.paint, (stretched, *corner), _refuse_gradient)
    elif band.mode == "RGBA":
        band.alpha_composite(stretched, corner)
    else:
        _lay_premultiplied(band, stretched, corner)


def _prepare_bitmap(bitmap: Bitmap, mode: str) -> Bitmap:
    """Convert the bitmap for a picture of `mode`, ``RGB`` or ``RGBA``.

    For an opaque picture, colours are multiplied by their alpha, both to enlarge them and to lay them on.
    """
    if bitmap.paint is not None:
        return bitmap
    image = bitmap.image.convert("RGBA")
    if mode == "RGB":
        red, green, blue, _ = image.split()
        grey = not any(ImageChops.difference(red, other).getbbox() for other in (green, blue))
        image = image.convert("LA").convert("La") if grey else image.convert("RGBa")
    return msgspec.structs.replace(bitmap, image=image)


def _lay_premultiplied(band: Image.Image, pixels: Image.Image, corner: tuple[int, int]) -> None:
    """Lay pixels, their colours multiplied by their alpha, over a band in ``RGB`` (source over)."""
    left, top = corner
    *colors, alpha = pixels.split()
    ground = band.crop((left, top, left + pixels.width, top + pixels.height))
    seen = Image.merge("RGB", [ImageChops.invert(alpha)] * 3)
    light = Image.merge("RGB", colors * 3 if len(colors) == 1 else colors)
    band.paste(ImageChops.add(ImageChops.multiply(ground, seen), light), corner)


def _refuse_gradient(gradient: Gradient, _box: Box) -> Image.Image:
    raise ValueError(f"a bitmap is of one colour, not a {gradient.kind} gradient")


def channel_values(color: Color, mode: str) -> tuple[int, ...]:
    """Return the channels of a colour that a picture of `mode` has, ``RGB`` or ``RGBA``."""
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
        image.paste(Image.new("RGB", shape.size, channel_values(paint, "RGB")), box, shape)
    else:
        pixels = gradient_area(paint, box)
        if pixels.mode == "RGBA":
            shape = ImageChops.multiply(shape, pixels.getchannel("A"))
            pixels = pixels.convert("RGB")
        image.paste(pixels, box, shape)


def _draw_gradient_area(artwork: Artwork, first: int, gradient: Gradient, box: Box) -> Image.Image:
    """Draw the gradient in `box`, a part of a band of the picture; the band begins with the row `first`."""
    pixels, (x, y), (left, top, right, bottom) = artwork.module_pixels, pixel_origin(artwork), box
    area = ((left - x) / pixels, (top + first - y) / pixels, (right - x) / pixels, (bottom + first - y) / pixels)
    return draw_gradient(gradient, area, right - left, bottom - top)
