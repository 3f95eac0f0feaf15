"""Pictures on a PDF page, such as logos: simple SVGs as paths, others as images with alpha (ISO 32000-1, 8.9.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PIL import ImageChops

from ..raster.images import draw_image, pixel_size, uncut_jpeg
from .content import UNIT, channels, fill, number, outline
from .logo_path_data import multiplied
from .logo_shapes import shapes
from .pdf_document import stream

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...artwork.color import Color
    from ...artwork.model import EmbeddedImage, Path
    from .logo_shapes import Shape
    from .pdf_document import Document

__all__ = ["shown"]

_HEADER: Final = "/Type/XObject/Subtype/Image/BitsPerComponent 8/Interpolate true"


def shown(document: Document, picture: EmbeddedImage, inch: float) -> str:
    """Add the picture to the document, and give the operators that show it; a module measures `inch` inches."""
    drawn = shapes(picture.body) if picture.content_type == "image/svg+xml" else None
    if drawn is not None:
        return _vector(document, picture, drawn)
    left, top, right, bottom = picture.box
    name = document.name("XObject", _image(document, picture, inch))
    width, height = (number((end - start) * UNIT) for start, end in ((left, right), (top, bottom)))
    # A picture's rows go down from 1 to 0 (8.9.3), and this page's y goes down.
    return f"q {width} 0 0 -{height} {number(left * UNIT)} {number(bottom * UNIT)} cm /{name} Do Q"


def _vector(document: Document, picture: EmbeddedImage, drawn: tuple[Shape, ...]) -> str:
    """The shapes of an SVG as paths, cut to the box and to the outline (ISO 32000-1, 8.5.4)."""
    left, top, right, bottom = (edge * UNIT for edge in picture.box)
    box = (right - left, 0.0, 0.0, bottom - top, left, top)
    printed = ["q", *[number(edge) for edge in (left, top, right - left, bottom - top)], "re W n"]
    if picture.outline is not None:
        printed += [outline(picture.outline), "W n"]
    for shape in drawn:
        path = "\n".join(_commands(shape.path))
        printed += ["q", *[number(value) for value in multiplied(box, shape.matrix)], "cm"]
        if shape.fill is not None:
            printed += [_opacity(document, "ca", shape.fill), fill(shape.fill), path, "f*" if shape.even else "f"]
        if shape.stroke is not None:
            width, cap, join, limit = shape.pen
            pen = f"{number(width)} w {cap} J {join} j {number(max(limit, 1.0))} M"
            printed += [_opacity(document, "CA", shape.stroke), f"{channels(shape.stroke)} RG {pen}", path, "S"]
        printed.append("Q")
    return " ".join([*filter(None, printed), "Q"])


def _opacity(document: Document, entry: str, color: Color) -> str:
    return "" if color.opaque else f"/{document.name('ExtGState', f'<</{entry} {color.alpha / 255:.4g}>>')} gs"


def _commands(path: Path) -> Iterator[str]:
    for letter, *coordinates in path:
        yield " ".join([*map(number, coordinates), {"M": "m", "L": "l", "C": "c", "Z": "h"}[letter]])


def _image(document: Document, picture: EmbeddedImage, inch: float) -> str:
    jpeg = uncut_jpeg(picture)
    if jpeg is not None:
        body, width, height = jpeg
        entries = f"{_HEADER}/Width {width}/Height {height}/ColorSpace/DeviceRGB/Filter/DCTDecode/Length {len(body)}"
        return document.add(b"<<%b>>stream\n%b\nendstream" % (entries.encode(), body))
    image = draw_image(picture, *pixel_size(picture, inch))
    size = f"{_HEADER}/Width {image.width}/Height {image.height}"
    alpha, seen = image.getchannel("A"), ""
    if ImageChops.invert(alpha).getbbox() is not None:
        seen = f"/SMask {document.add(stream(alpha.tobytes(), f'{size}/ColorSpace/DeviceGray'))}"
    return document.add(stream(image.convert("RGB").tobytes(), f"{size}/ColorSpace/DeviceRGB{seen}"))
