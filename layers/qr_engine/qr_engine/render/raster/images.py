"""Pictures within a picture, such as logos, as pixels."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from math import ceil, floor, sqrt
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageChops

from ...artwork.cost import DRAWING_SECONDS, Cost
from ...artwork.paths import transform
from .masks import pixel_origin
from .rasterizer import rasterize

if TYPE_CHECKING:
    from ...artwork import Artwork
    from ...artwork.model import EmbeddedImage, Path

__all__ = ["composite_images", "draw_image", "draw_uncut", "outline_mask", "pixel_size", "uncut_jpeg"]

# Pixels of the longer side of an SVG that a page shows as a bitmap: as many to the inch as printers show, but at least
# enough for a screen, and at most enough for a poster.
_PRINTED_PER_INCH, _LEAST_SIDE, _MOST_SIDE = 600, 512, 2048

# The most pixels of a picture times its layers at once. A layer that reaches far beyond the picture's box has up to 25
# times as many pixels as the box, of four bytes each.
_NESTED_PIXELS: Final = 3_000_000


def composite_images(image: Image.Image, artwork: Artwork) -> None:
    """Composite the artwork's images onto `image`, the painted layers, each on whole pixels."""
    (x, y), scale = pixel_origin(artwork), artwork.module_pixels
    for embedded in artwork.images:
        left, top, right, bottom = (edge * scale for edge in embedded.box)
        # Round both sides towards the middle: a centred image would otherwise be off by half a pixel.
        left, top = x + floor(left + 0.5), y + floor(top + 0.5)
        right, bottom = x + ceil(right - 0.5), y + ceil(bottom - 0.5)
        overlay = draw_image(embedded, max(1, right - left), max(1, bottom - top))
        if image.mode == "RGBA":
            image.alpha_composite(overlay, (left, top))
        else:
            image.paste(overlay, (left, top), overlay)


# The picture that is read back and the one that is sent often have the same size.
@lru_cache(maxsize=2)
def draw_image(embedded: EmbeddedImage, width: int, height: int) -> Image.Image:
    """Draw the image in ``RGBA`` at `width` by `height` pixels, cut to its outline."""
    image = draw_uncut(embedded, width, height)
    if embedded.outline is not None:
        image.putalpha(ImageChops.multiply(image.getchannel("A"), outline_mask(embedded, width, height)))
    return image


def draw_uncut(embedded: EmbeddedImage, width: int, height: int) -> Image.Image:
    """Draw the whole image in ``RGBA`` at `width` by `height` pixels."""
    if embedded.content_type == "image/svg+xml":
        return _draw_svg(embedded, width, height)
    with Image.open(BytesIO(embedded.body)) as image:
        # Pillow takes alpha into account when it scales, so that colours of transparent pixels do not bleed in.
        return image.convert("RGBA").resize((width, height), Image.Resampling.LANCZOS)


def pixel_size(embedded: EmbeddedImage, inch: float = 0.0) -> tuple[int, int]:
    """Return the width and height of a bitmap, in pixels; for an SVG, those of its bitmap on a page.

    Parameters
    ----------
    inch
        Side of a module on the page, in inches.
    """
    if embedded.content_type != "image/svg+xml":
        with Image.open(BytesIO(embedded.body)) as image:
            return image.size
    left, top, right, bottom = embedded.box
    across, down = right - left, bottom - top
    longer = max(across, down)
    longest = min(max(_LEAST_SIDE, round(_PRINTED_PER_INCH * longer * inch)), _MOST_SIDE)
    return max(1, round(longest * across / longer)), max(1, round(longest * down / longer))


def uncut_jpeg(embedded: EmbeddedImage) -> tuple[bytes, int, int] | None:
    """Return bytes, width and height of a JPEG that is not cut, so that it can be embedded as it is; else None."""
    if embedded.content_type != "image/jpeg" or embedded.outline is not None:
        return None
    return embedded.body, *pixel_size(embedded)


def outline_mask(embedded: EmbeddedImage, width: int, height: int) -> Image.Image:
    """Draw the outline as a mask over the image's box, 255 inside."""
    left, top, right, bottom = embedded.box
    across, down = width / (right - left), height / (bottom - top)
    path: Path = transform(embedded.outline or (), lambda x, y: ((x - left) * across, (y - top) * down))
    return Image.frombytes("L", (width, height), b"".join(rasterize(path, 1, 0, 0, width, height)))


def _draw_svg(embedded: EmbeddedImage, width: int, height: int) -> Image.Image:
    # Only SVG logos need these 3 MB of compiled code.
    import resvg_py

    # A logo that would take too much memory or time is drawn smaller, then enlarged.
    most_pixels = _NESTED_PIXELS // max(embedded.layers[0], 1)
    scale = min(sqrt(most_pixels / (width * height)), Cost(*embedded.cost).scale(width, height, DRAWING_SECONDS))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    root = f'<svg width="{size[0]}" height="{size[1]}" preserveAspectRatio="none" '
    document = embedded.body.decode().replace("<svg ", root, 1)
    with Image.open(BytesIO(resvg_py.svg_to_bytes(svg_string=document, skip_system_fonts=True))) as image:
        pixels = image.convert("RGBA")
    return pixels if pixels.size == (width, height) else pixels.resize((width, height), Image.Resampling.BICUBIC)
