"""Artwork to pixels, for the formats that Pillow writes."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageChops

from ..artwork.color import Color
from .masks import mask_of, origin
from .shading import colors

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..artwork import Artwork
    from ..artwork.model import Gradient, Paint
    from .masks import Mask

__all__ = ["picture", "resolution"]

# Rows painted at a time: what is in between takes memory for so many, not for the whole picture.
_ROWS: Final = 1024


def picture(artwork: Artwork) -> Image.Image:
    """Draw the artwork as ``RGB``, or as ``RGBA`` where anything shows through it.

    Every module has the same whole number of pixels, `Artwork.module_pixels`; the pixels left over widen the quiet
    zone, the odd one on the right and at the bottom. A frame reaches to the edges of the picture.

    Raises
    ------
    ValueError
        When a module would have less than one pixel.
    """
    if not artwork.module_pixels:
        raise ValueError(f"{artwork.modules} modules need at least as many pixels, and the size is {artwork.size}")
    if not artwork.layers:
        return _plain(artwork)
    masks = [mask_of(artwork, layer) for layer in artwork.layers]
    mode = "RGB" if artwork.background.opaque else "RGBA"
    width, height = artwork.pixels
    image = Image.new(mode, (width, height), _channels(artwork.background, mode))
    for first in range(0, height, _ROWS):
        band = image.crop((0, first, width, min(first + _ROWS, height)))
        shaded = lru_cache(maxsize=1)(partial(_shaded, artwork, first, band.height))
        for layer, (mask, left, top) in zip(artwork.layers, masks, strict=True):
            _paint(band, layer.paint, (mask, left, top - first), shaded)
        image.paste(band, (0, first))
    if artwork.pictures:
        from .pictures import laid

        laid(image, artwork)
    return image


def resolution(artwork: Artwork) -> Image.Exif:
    """The artwork's resolution as Exif data: pixels per inch across and down (Exif 2.32, 4.6.4)."""
    exif = Image.Exif()
    exif[0x011A] = exif[0x011B] = artwork.dpi
    exif[0x0128] = 2
    return exif


def _plain(artwork: Artwork) -> Image.Image:
    symbol, pixels = artwork.symbol, artwork.module_pixels
    stride = symbol.size + 4
    bits = f"{symbol.matrix:0{symbol.size * stride}b}".encode()
    modules = Image.frombytes("L", (stride, symbol.size), bits.translate(_LEVELS))
    start = origin(artwork)[0] + pixels * artwork.margin
    side = symbol.size * pixels
    opaque = artwork.background.opaque and artwork.foreground.opaque
    mode = "RGB" if opaque else "RGBA"
    image = Image.new(mode, (artwork.size, artwork.size), _channels(artwork.background, mode))
    mask = modules.resize((side, side), Image.Resampling.NEAREST, box=(0, 0, symbol.size, symbol.size))
    image.paste(_channels(artwork.foreground, mode), (start, start, start + side, start + side), mask)
    return image


_LEVELS = bytes.maketrans(b"01", b"\x00\xff")


def _channels(color: Color, mode: str) -> tuple[int, ...]:
    return (color.red, color.green, color.blue, color.alpha)[: len(mode)]


def _paint(image: Image.Image, paint: Paint, mask: Mask, shaded: Callable[[Gradient], Image.Image]) -> None:
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
            painted = Image.new("RGBA", shape.size, _channels(paint, "RGBA"))
        else:
            painted = shaded(paint).crop(box).convert("RGBA")
        painted.putalpha(ImageChops.multiply(shape, painted.getchannel("A")))
        image.alpha_composite(painted, (left, top))
    elif isinstance(paint, Color):
        if not paint.opaque:
            shape = shape.point([level * paint.alpha // 255 for level in range(256)])
        image.paste(_channels(paint, "RGB"), box, shape)
    else:
        painted = shaded(paint).crop(box)
        if painted.mode == "RGBA":
            shape = ImageChops.multiply(shape, painted.getchannel("A"))
            painted = painted.convert("RGB")
        image.paste(painted, box, shape)


def _shaded(artwork: Artwork, first: int, rows: int, gradient: Gradient) -> Image.Image:
    """The gradient over as many rows of the picture, from `first` on."""
    pixels, width = artwork.module_pixels, artwork.pixels[0]
    x, y = origin(artwork)
    left, top = -x / pixels, (first - y) / pixels
    return colors(gradient, (left, top, left + width / pixels, top + rows / pixels), width, rows)
