"""Graphics Interchange Format (GIF89a), for programs that show nothing newer: a palette, no partial transparency."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final

from PIL import Image

from .compose import draw_pixels
from .png_styled import paint

if TYPE_CHECKING:
    from ...artwork import Artwork

__all__ = ["draw"]

_COLORS: Final = 255
"""The most colours of a picture, besides the one for transparent pixels."""
_CLEAR_BELOW: Final = 128
"""The least alpha with which a pixel is drawn, on white; below, it is transparent."""
_CLEARNESS: Final = [255 * (alpha < _CLEAR_BELOW) for alpha in range(256)]


def draw(artwork: Artwork, pixels: Image.Image | None = None) -> bytes:
    """Print the artwork with a palette: its own colours if there are few, as in a plain code, else the nearest ones.

    The format has no resolution.

    Raises
    ------
    ValueError
        When a module would have less than one pixel.
    """
    image = pixels or (paint(artwork) if artwork.layers else draw_pixels(artwork))
    options: dict[str, int] = {}
    if image.mode == "P":
        image, clear_index = _lay_palette_on_white(image)
    else:
        image, clear_index = _find_palette(image)
    if clear_index is not None:
        options["transparency"] = clear_index
    output = BytesIO()
    image.save(output, "GIF", optimize=False, **options)
    return output.getvalue()


def _lay_palette_on_white(image: Image.Image) -> tuple[Image.Image, int | None]:
    """Make every palette colour transparent or opaque; also return the index of the transparent one, or None."""
    alphas = image.info.get("transparency", b"")
    channels = image.getpalette() or []
    opacities = [alphas[index] if index < len(alphas) else 255 for index in range(256)]
    clear = [index for index, alpha in enumerate(opacities) if alpha < _CLEAR_BELOW]
    image = image.point([clear[0] if index in clear else index for index in range(256)])
    image.putpalette([255 + (channel - 255) * opacities[place // 3] // 255 for place, channel in enumerate(channels)])
    return image, clear[0] if clear else None


def _find_palette(image: Image.Image) -> tuple[Image.Image, int | None]:
    """Reduce an ``RGB`` or ``RGBA`` picture to a palette; also return the index of the transparent colour, or None."""
    if image.mode == "RGB":
        return _reduce(image), None
    paper = Image.new("RGBA", image.size, "white")
    paper.alpha_composite(image)
    reduced = _reduce(paper.convert("RGB"))
    clear = image.getchannel("A").point(_CLEARNESS)
    if not clear.getbbox():
        return reduced, None
    channels = reduced.getpalette() or []
    index = len(channels) // 3
    reduced.paste(index, (0, 0), clear)
    reduced.putpalette([*channels, 255, 255, 255])
    return reduced, index


def _reduce(image: Image.Image) -> Image.Image:
    """Reduce an opaque picture to a palette: its own colours, the most frequent first, if there are few enough."""
    colors = image.getcolors(_COLORS)
    if colors is None:
        return image.quantize(_COLORS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    palette = Image.new("P", (1, 1))
    ordered = sorted(colors, reverse=True)
    palette.putpalette(b"".join([bytes(color) for _, color in ordered if isinstance(color, tuple)]))
    return image.quantize(palette=palette, dither=Image.Dither.NONE)
