"""Artwork to pixels, for the formats that Pillow writes."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageChops

from ...artwork.color import Color
from ...artwork.model import Layer
from ..gradient.pixels import colors
from .masks import mask_of, origin

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ...artwork import Artwork
    from ...artwork.model import Gradient, Paint
    from ..effects.paint_order import Bitmap, Painted
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
    mode = "RGB" if artwork.background.opaque else "RGBA"
    image = Image.new(mode, artwork.pixels, _channels(artwork.background, mode))
    below: Sequence[Painted] = artwork.layers
    above: Sequence[Painted] = ()
    if artwork.effects:
        from ..effects.paint_order import stacked

        below, above = stacked(artwork)
    _paint_all(image, artwork, below)
    if artwork.pictures:
        from .images import laid

        laid(image, artwork)
    _paint_all(image, artwork, above)
    return image


def _paint_all(image: Image.Image, artwork: Artwork, painted: Sequence[Painted]) -> None:
    width, height = image.size
    masks = [mask_of(artwork, each) if isinstance(each, Layer) else None for each in painted]
    for first in range(0, height if masks else 0, _ROWS):
        band = image.crop((0, first, width, min(first + _ROWS, height)))
        shaded = lru_cache(maxsize=1)(partial(_shaded, artwork, first, band.height))
        for each, mask in zip(painted, masks, strict=True):
            if isinstance(each, Layer) and mask is not None:
                shape, left, top = mask
                _paint(band, each.paint, (shape, left, top - first), shaded)
            elif not isinstance(each, Layer):
                _stretch(band, artwork, each, first)
        image.paste(band, (0, first))


def _stretch(band: Image.Image, artwork: Artwork, bitmap: Bitmap, first: int) -> None:
    """Lay the bitmap over a band of the picture that begins with the row `first`."""
    left, top, right, bottom = bitmap.box
    scale, (x, y) = artwork.module_pixels, origin(artwork)
    left, top, right, bottom = left * scale + x, top * scale + y, right * scale + x, bottom * scale + y
    if not bitmap.aligned:
        left, top, right, bottom = 0, 0, *artwork.pixels
    above, below = max(top, first), min(bottom, first + band.height)
    if above >= below:
        return
    rows = bitmap.image.height / (bottom - top)
    part = (0, (above - top) * rows, bitmap.image.width, (below - top) * rows)
    image = bitmap.image.convert("RGBA") if bitmap.paint is None else bitmap.image
    seen = image.resize((right - left, below - above), Image.Resampling.BICUBIC, part)
    place = left, above - first
    if bitmap.paint is None and band.mode == "RGBA":
        band.alpha_composite(seen, place)
    elif bitmap.paint is None:
        band.paste(seen.convert("RGB"), place, seen.getchannel("A"))
    else:
        _paint(band, bitmap.paint, (seen, *place), _no_gradient)


def _no_gradient(gradient: Gradient) -> Image.Image:
    raise ValueError(f"a bitmap is of one colour, not a {gradient.kind} gradient")


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
