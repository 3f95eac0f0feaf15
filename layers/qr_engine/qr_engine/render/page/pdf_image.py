"""Pictures on a PDF page, such as logos: simple SVGs as paths, others as images with alpha (ISO 32000-1, 8.9.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PIL import ImageChops

from ..raster.images import draw_image, pixel_size, uncut_jpeg
from .content import UNIT, print_channels, print_fill, print_number, print_shape
from .logo_path_data import multiply
from .logo_shapes import parse_shapes
from .pdf_document import encode_stream

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...artwork.color import Color
    from ...artwork.model import EmbeddedImage, Path
    from .logo_shapes import VectorShape
    from .pdf_document import Document

__all__ = ["print_image"]

_HEADER: Final = "/Type/XObject/Subtype/Image/BitsPerComponent 8/Interpolate true"


def print_image(document: Document, embedded: EmbeddedImage, inch: float) -> str:
    """Add the image to the document and print the operators that show it; `inch` is the side of a module in inches."""
    shapes = parse_shapes(embedded.body) if embedded.content_type == "image/svg+xml" else None
    if shapes is not None:
        return _print_shapes(document, embedded, shapes)
    left, top, right, bottom = embedded.box
    name = document.name_resource("XObject", _add_bitmap(document, embedded, inch))
    width, height = (print_number((end - start) * UNIT) for start, end in ((left, right), (top, bottom)))
    # A picture's rows run downwards from y = 1 to 0 (8.9.3), and this page's y grows downwards.
    return f"q {width} 0 0 -{height} {print_number(left * UNIT)} {print_number(bottom * UNIT)} cm /{name} Do Q"


def _print_shapes(document: Document, embedded: EmbeddedImage, shapes: tuple[VectorShape, ...]) -> str:
    """Print the shapes of an SVG as paths, cut to the box and to the outline (ISO 32000-1, 8.5.4)."""
    left, top, right, bottom = (edge * UNIT for edge in embedded.box)
    box = (right - left, 0.0, 0.0, bottom - top, left, top)
    operators = ["q", *[print_number(edge) for edge in (left, top, right - left, bottom - top)], "re W n"]
    if embedded.outline is not None:
        operators += [print_shape(embedded.outline), "W n"]
    for shape in shapes:
        path = "\n".join(_print_path(shape.path))
        operators += ["q", *[print_number(value) for value in multiply(box, shape.matrix)], "cm"]
        if shape.fill is not None:
            operators += [
                _print_opacity(document, "ca", shape.fill),
                print_fill(shape.fill),
                path,
                "f*" if shape.even else "f",
            ]
        if shape.stroke is not None:
            width, cap, join, limit = shape.pen
            pen = f"{print_number(width)} w {cap} J {join} j {print_number(max(limit, 1.0))} M"
            operators += [
                _print_opacity(document, "CA", shape.stroke),
                f"{print_channels(shape.stroke)} RG {pen}",
                _print_dashes(*shape.dashes),
                path,
                "S",
            ]
        operators.append("Q")
    return " ".join([*filter(None, operators), "Q"])


def _print_opacity(document: Document, entry: str, color: Color) -> str:
    return "" if color.opaque else f"/{document.name_resource('ExtGState', f'<</{entry} {color.alpha / 255:.4g}>>')} gs"


def _print_dashes(lengths: tuple[float, ...], offset: float) -> str:
    return f"[{' '.join(map(print_number, lengths))}] {print_number(offset)} d" if lengths else ""


def _print_path(path: Path) -> Iterator[str]:
    for letter, *coordinates in path:
        yield " ".join([*map(print_number, coordinates), {"M": "m", "L": "l", "C": "c", "Z": "h"}[letter]])


def _add_bitmap(document: Document, embedded: EmbeddedImage, inch: float) -> str:
    jpeg = uncut_jpeg(embedded)
    if jpeg is not None:
        body, width, height = jpeg
        entries = f"{_HEADER}/Width {width}/Height {height}/ColorSpace/DeviceRGB/Filter/DCTDecode/Length {len(body)}"
        return document.add(b"<<%b>>stream\n%b\nendstream" % (entries.encode(), body))
    image = draw_image(embedded, *pixel_size(embedded, inch))
    size = f"{_HEADER}/Width {image.width}/Height {image.height}"
    alpha, soft_mask = image.getchannel("A"), ""
    if ImageChops.invert(alpha).getbbox() is not None:
        soft_mask = f"/SMask {document.add(encode_stream(alpha.tobytes(), f'{size}/ColorSpace/DeviceGray'))}"
    return document.add(encode_stream(image.convert("RGB").tobytes(), f"{size}/ColorSpace/DeviceRGB{soft_mask}"))
