"""Pictures within a picture, such as logos, as pixels."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from math import ceil, floor, sqrt
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageChops

from ...artwork.cost import DRAWING_SECONDS, Cost
from ...artwork.paths import mapped
from .masks import origin
from .rasterizer import covered

if TYPE_CHECKING:
    from ...artwork import Artwork
    from ...artwork.model import Path, Picture

__all__ = ["laid", "opaque_jpeg", "outlined", "pixels", "side", "sized"]

# Pixels of the longer side of a picture without pixels of its own, where a page shows it as a bitmap: what printers
# show of it, but enough for a screen, and no more than a poster needs.
_PRINTED_PER_INCH, _LEAST_SIDE, _MOST_SIDE = 600, 512, 2048

# A layer of a picture that reaches far beyond its box has up to 25 times as many pixels as the box, of four bytes. So
# this is how many pixels a picture may have, divided by the layers that there are at once.
_NESTED_PIXELS: Final = 3_000_000


def laid(image: Image.Image, artwork: Artwork) -> None:
    """Lay the artwork's pictures over `image`, the drawn layers, each on whole pixels."""
    (x, y), scale = origin(artwork), artwork.module_pixels
    for picture in artwork.pictures:
        left, top, right, bottom = (edge * scale for edge in picture.box)
        # Rounded towards the middle on both sides, or what is centred would be so by half a pixel.
        left, top = x + floor(left + 0.5), y + floor(top + 0.5)
        right, bottom = x + ceil(right - 0.5), y + ceil(bottom - 0.5)
        drawn = pixels(picture, max(1, right - left), max(1, bottom - top))
        if image.mode == "RGBA":
            image.alpha_composite(drawn, (left, top))
        else:
            image.paste(drawn, (left, top), drawn)


# The picture that is read back and the one that is handed out are often of the same size.
@lru_cache(maxsize=2)
def pixels(picture: Picture, width: int, height: int) -> Image.Image:
    """Draw the picture in ``RGBA`` at so many pixels, cut to its outline."""
    image = sized(picture, width, height)
    if picture.outline is not None:
        image.putalpha(ImageChops.multiply(image.getchannel("A"), outlined(picture, width, height)))
    return image


def sized(picture: Picture, width: int, height: int) -> Image.Image:
    """Draw the whole picture in ``RGBA`` at so many pixels."""
    if picture.content_type == "image/svg+xml":
        return _vector(picture, width, height)
    with Image.open(BytesIO(picture.body)) as image:
        # Smaller is scaled with its alpha taken into account, so that no colour of clear pixels bleeds in.
        return image.convert("RGBA").resize((width, height), Image.Resampling.LANCZOS)


def side(picture: Picture, inch: float = 0.0) -> tuple[int, int]:
    """Give the pixels that a picture has of its own, across and down, or those that it takes on a page.

    Parameters
    ----------
    inch
        What a module measures on the page.
    """
    if picture.content_type != "image/svg+xml":
        with Image.open(BytesIO(picture.body)) as image:
            return image.size
    left, top, right, bottom = picture.box
    across, down = right - left, bottom - top
    longer = max(across, down)
    most = min(max(_LEAST_SIDE, round(_PRINTED_PER_INCH * longer * inch)), _MOST_SIDE)
    return max(1, round(most * across / longer)), max(1, round(most * down / longer))


def opaque_jpeg(picture: Picture) -> tuple[bytes, int, int] | None:
    """Give the bytes, the width and the height of a JPEG that can stay one, since it is not cut; else None."""
    if picture.content_type != "image/jpeg" or picture.outline is not None:
        return None
    return picture.body, *side(picture)


def outlined(picture: Picture, width: int, height: int) -> Image.Image:
    """Give the outline as a mask over the picture's box, 255 inside."""
    left, top, right, bottom = picture.box
    across, down = width / (right - left), height / (bottom - top)
    path: Path = mapped(picture.outline or (), lambda x, y: ((x - left) * across, (y - top) * down))
    return Image.frombytes("L", (width, height), b"".join(covered(path, 1, 0, 0, width, height)))


def _vector(picture: Picture, width: int, height: int) -> Image.Image:
    # 3 MB of compiled code that only an SVG logo needs.
    import resvg_py

    # What would take too much memory or time is drawn smaller, and enlarged.
    most = _NESTED_PIXELS // max(picture.layers[0], 1)
    reduced = min(sqrt(most / (width * height)), Cost(*picture.cost).scale(width, height, DRAWING_SECONDS))
    size = max(1, round(width * reduced)), max(1, round(height * reduced))
    root = f'<svg width="{size[0]}" height="{size[1]}" preserveAspectRatio="none" '
    document = picture.body.decode().replace("<svg ", root, 1)
    with Image.open(BytesIO(resvg_py.svg_to_bytes(svg_string=document, skip_system_fonts=True))) as image:
        drawn = image.convert("RGBA")
    return drawn if drawn.size == (width, height) else drawn.resize((width, height), Image.Resampling.BICUBIC)
