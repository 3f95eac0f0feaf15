"""Pictures on a PDF page, such as logos, as image XObjects with their alpha (ISO 32000-1, 8.9.5 and 11.6.5.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PIL import ImageChops

from .page import UNIT, number
from .pdf_document import stream
from .pictures import opaque_jpeg, pixels, side

if TYPE_CHECKING:
    from ..artwork.model import Picture
    from .pdf_document import Document

__all__ = ["shown"]

_HEADER: Final = "/Type/XObject/Subtype/Image/BitsPerComponent 8/Interpolate true"


def shown(document: Document, picture: Picture) -> str:
    """Add the picture to the document, and give the operators that show it in its box."""
    left, top, right, bottom = picture.box
    name = document.name("XObject", _image(document, picture))
    width, height = (number((end - start) * UNIT) for start, end in ((left, right), (top, bottom)))
    # A picture's rows go down from 1 to 0 (8.9.3), and this page's y goes down.
    return f"q {width} 0 0 -{height} {number(left * UNIT)} {number(bottom * UNIT)} cm /{name} Do Q"


def _image(document: Document, picture: Picture) -> str:
    jpeg = opaque_jpeg(picture)
    if jpeg is not None:
        body, width, height = jpeg
        entries = f"{_HEADER}/Width {width}/Height {height}/ColorSpace/DeviceRGB/Filter/DCTDecode/Length {len(body)}"
        return document.add(b"<<%b>>stream\n%b\nendstream" % (entries.encode(), body))
    image = pixels(picture, *side(picture))
    size = f"{_HEADER}/Width {image.width}/Height {image.height}"
    alpha, seen = image.getchannel("A"), ""
    if ImageChops.invert(alpha).getbbox() is not None:
        seen = f"/SMask {document.add(stream(alpha.tobytes(), f'{size}/ColorSpace/DeviceGray'))}"
    return document.add(stream(image.convert("RGB").tobytes(), f"{size}/ColorSpace/DeviceRGB{seen}"))
