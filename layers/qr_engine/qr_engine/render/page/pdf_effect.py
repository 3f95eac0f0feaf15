"""The bitmap of an effect on a page of a PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image

from .content import UNIT
from .pdf_document import encode_stream

if TYPE_CHECKING:
    from ..effects.bitmap import Bitmap
    from .pdf_document import Document

__all__ = ["print_bitmap"]


def print_bitmap(document: Document, bitmap: Bitmap) -> str:
    """Add the bitmap to the document and print the operators that show it in its box (ISO 32000-1, 8.9.5)."""
    image = bitmap.image if bitmap.paint else bitmap.image.convert("RGBA")
    alpha = bitmap.image if bitmap.paint else image.getchannel("A")
    size = f"/Type/XObject/Subtype/Image/BitsPerComponent 8/Interpolate true/Width {image.width}/Height {image.height}"
    alpha_reference = document.add(encode_stream(alpha.tobytes(), f"{size}/ColorSpace/DeviceGray"))
    paint = bitmap.paint
    colors = Image.new("RGB", image.size, paint.hex) if paint else image.convert("RGB")
    name = document.name_resource(
        "XObject", document.add(encode_stream(colors.tobytes(), f"{size}/ColorSpace/DeviceRGB/SMask {alpha_reference}"))
    )
    left, top, right, bottom = (edge * UNIT for edge in bitmap.box)
    # A picture's rows run downwards from y = 1 to 0 (8.9.3), and this page's y grows downwards.
    return f"q {right - left} 0 0 {top - bottom} {left} {bottom} cm /{name} Do Q"
