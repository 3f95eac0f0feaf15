"""Artwork to pixels, for the formats that Pillow writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image

from ..stacking_order import stacking_order
from .masks import pixel_origin
from .paint import channel_values, draw_background, paint_all

if TYPE_CHECKING:
    from ...artwork import Artwork

__all__ = ["draw_pixels", "resolution_exif"]


def draw_pixels(artwork: Artwork) -> Image.Image:
    """Draw the artwork as ``RGB``, or as ``RGBA`` where it is not opaque.

    Every module has the same whole number of pixels, `Artwork.module_pixels`. The remaining pixels widen the quiet
    zone, an odd one on the right and at the bottom. A frame reaches to the edges of the picture.

    Raises
    ------
    ValueError
        When a module would have less than one pixel.
    """
    if not artwork.module_pixels:
        raise ValueError(f"{artwork.modules} modules need at least as many pixels, and the size is {artwork.size}")
    if not artwork.layers:
        return _draw_plain(artwork)
    image = draw_background(artwork)
    below, above = stacking_order(artwork)
    paint_all(image, artwork, below)
    if artwork.images:
        from .images import composite_images

        composite_images(image, artwork)
    paint_all(image, artwork, above)
    return image


def resolution_exif(artwork: Artwork) -> Image.Exif:
    """Return the artwork's resolution as Exif data: pixels per inch across and down (Exif 2.32, 4.6.4)."""
    exif = Image.Exif()
    exif[0x011A] = exif[0x011B] = artwork.dpi
    exif[0x0128] = 2
    return exif


def _draw_plain(artwork: Artwork) -> Image.Image:
    symbol, pixels = artwork.symbol, artwork.module_pixels
    stride = symbol.size + 4
    bits = f"{symbol.matrix:0{symbol.size * stride}b}".encode()
    modules = Image.frombytes("L", (stride, symbol.size), bits.translate(_LEVELS))
    start = pixel_origin(artwork)[0] + pixels * artwork.margin
    side = symbol.size * pixels
    opaque = artwork.background.opaque and artwork.foreground.opaque
    mode = "RGB" if opaque else "RGBA"
    image = Image.new(mode, (artwork.size, artwork.size), channel_values(artwork.background, mode))
    mask = modules.resize((side, side), Image.Resampling.NEAREST, box=(0, 0, symbol.size, symbol.size))
    image.paste(channel_values(artwork.foreground, mode), (start, start, start + side, start + side), mask)
    return image


_LEVELS = bytes.maketrans(b"01", b"\x00\xff")
