"""The bitmap of an effect as an element of an SVG."""

from __future__ import annotations

from base64 import b64encode
from io import BytesIO
from typing import TYPE_CHECKING, Final

from PIL import Image

from .path_data import format_number

if TYPE_CHECKING:
    from ..effects.bitmap import Bitmap

__all__ = ["image_element"]

# Level 9 takes two to six times as long, and saves a thirtieth.
_DEFLATE_LEVEL: Final = 6


def image_element(bitmap: Bitmap) -> str:
    """Print the element that shows the bitmap in its box."""
    left, top, right, bottom = bitmap.box
    x, y, width, height = map(format_number, (left, top, right - left, bottom - top))
    output = BytesIO()
    _to_palette(bitmap).save(output, "PNG", compress_level=_DEFLATE_LEVEL)
    data = b64encode(output.getvalue()).decode()
    return (
        f'<image x="{x}" y="{y}" width="{width}" height="{height}" preserveAspectRatio="none"'
        f' href="data:image/png;base64,{data}"/>'
    )


def _to_palette(bitmap: Bitmap) -> Image.Image:
    """Convert a bitmap with one paint to a palette of that paint in every opacity."""
    if bitmap.paint is None:
        return bitmap.image
    color = bitmap.paint
    image = Image.frombytes("P", bitmap.image.size, bitmap.image.tobytes())
    image.putpalette(
        bytes([channel for alpha in range(256) for channel in (color.red, color.green, color.blue, alpha)]), "RGBA"
    )
    return image
