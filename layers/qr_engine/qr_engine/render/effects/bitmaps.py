"""The bitmaps of effects within vector formats."""

from __future__ import annotations

from base64 import b64encode
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image

from ..page.content import UNIT
from ..page.pdf_document import stream
from ..svg.path_data import compact

if TYPE_CHECKING:
    from ..page.pdf_document import Document
    from .bitmap import Bitmap

__all__ = ["pdf_operators", "svg_element"]


def svg_element(bitmap: Bitmap) -> str:
    """The element that shows the bitmap in its place."""
    left, top, right, bottom = bitmap.box
    x, y, width, height = map(compact, (left, top, right - left, bottom - top))
    written = BytesIO()
    _indexed(bitmap).save(written, "PNG", compress_level=9)
    data = b64encode(written.getvalue()).decode()
    return (
        f'<image x="{x}" y="{y}" width="{width}" height="{height}" preserveAspectRatio="none"'
        f' href="data:image/png;base64,{data}"/>'
    )


def pdf_operators(document: Document, bitmap: Bitmap) -> str:
    """Add the bitmap to the document, and give the operators that show it in its place (ISO 32000-1, 8.9.5)."""
    image = bitmap.image if bitmap.paint else bitmap.image.convert("RGBA")
    alpha = bitmap.image if bitmap.paint else image.getchannel("A")
    size = f"/Type/XObject/Subtype/Image/BitsPerComponent 8/Interpolate true/Width {image.width}/Height {image.height}"
    seen = document.add(stream(alpha.tobytes(), f"{size}/ColorSpace/DeviceGray"))
    paint = bitmap.paint
    colors = Image.new("RGB", image.size, paint.hex) if paint else image.convert("RGB")
    name = document.name("XObject", document.add(stream(colors.tobytes(), f"{size}/ColorSpace/DeviceRGB/SMask {seen}")))
    left, top, right, bottom = (edge * UNIT for edge in bitmap.box)
    # A picture's rows go down from 1 to 0 (8.9.3), and this page's y goes down.
    return f"q {right - left} 0 0 {top - bottom} {left} {bottom} cm /{name} Do Q"


def _indexed(bitmap: Bitmap) -> Image.Image:
    """One of few colours as a palette."""
    if bitmap.paint is None:
        return bitmap.image
    color = bitmap.paint
    image = Image.frombytes("P", bitmap.image.size, bitmap.image.tobytes())
    image.putpalette(
        bytes([each for alpha in range(256) for each in (color.red, color.green, color.blue, alpha)]), "RGBA"
    )
    return image
