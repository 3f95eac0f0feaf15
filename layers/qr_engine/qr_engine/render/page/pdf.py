"""Portable Document Format 1.4 (ISO 32000-1): one vector page, without dates or random identifiers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...artwork.color import Color
from ...artwork.model import Layer
from ..stacking_order import stacking_order
from .content import UNIT, page_sides, print_channels, print_fill, print_modules, print_number, print_shape, unit_points
from .pdf_document import Document

if TYPE_CHECKING:
    from ...artwork import Artwork
    from ...artwork.model import Paint
    from ..effects.bitmap import PaintItem

__all__ = ["draw"]


def draw(artwork: Artwork) -> bytes:
    """Print the artwork as a document of one page; its longer side measures `Artwork.size` pixels at `Artwork.dpi`."""
    document = Document(title=artwork.title, subject=artwork.description)
    content = _print_content(artwork, document)
    width, height = page_sides(artwork)
    return document.serialize(content, print_number(width), print_number(height))


def _print_content(artwork: Artwork, document: Document) -> str:
    unit = print_number(unit_points(artwork))
    operators = [f"{unit} 0 0 -{unit} 0 {print_number(page_sides(artwork)[1])} cm"]
    if artwork.background.alpha:
        operators.append(
            _print_filled(document, artwork.background, f"0 0 {artwork.width * UNIT} {artwork.height * UNIT} re")
        )
    if not artwork.layers:
        operators.append(_print_filled(document, artwork.foreground, print_modules(artwork)))
    below, above = stacking_order(artwork)
    operators += [_print_item(document, artwork, item) for item in below]
    if artwork.images:
        from .pdf_image import print_image

        operators += [print_image(document, picture, unit_points(artwork) * UNIT / 72) for picture in artwork.images]
    operators += [_print_item(document, artwork, item) for item in above]
    return "\n".join(operators)


def _print_item(document: Document, artwork: Artwork, item: PaintItem) -> str:
    if not isinstance(item, Layer):
        from .pdf_effect import print_bitmap

        return print_bitmap(document, item)
    path = print_shape(item.shape)
    if not item.outset or not isinstance(item.paint, Color):
        return _print_paint(document, artwork, item.paint, path)
    opacity = (
        document.name_resource("ExtGState", f"<</CA {item.paint.alpha / 255:.4g}>>") if not item.paint.opaque else ""
    )
    state = f"/{opacity} gs " if opacity else ""
    # Round joins (ISO 32000-1, 8.4.3.4). Half of the line lies inwards, where the shapes cover it.
    return f"q {state}{print_channels(item.paint)} RG {round(2 * item.outset * UNIT)} w 1 j\n{path}\nS Q"


def _print_paint(document: Document, artwork: Artwork, paint: Paint, path: str) -> str:
    if isinstance(paint, Color):
        return _print_filled(document, paint, path)
    from .pdf_gradient import add_mask, add_pattern, needs_mask

    pieces = [
        f"/Pattern cs/{document.name_resource('Pattern', add_pattern(paint, artwork, document.add))} scn\n{path}\nf"
    ]
    if needs_mask(paint):
        state = f"<</SMask {add_mask(paint, artwork, document.add)}>>"
        pieces = [f"q /{document.name_resource('ExtGState', state)} gs", *pieces, "Q"]
    return " ".join(pieces)


def _print_filled(document: Document, color: Color, path: str) -> str:
    opacity = document.name_resource("ExtGState", f"<</ca {color.alpha / 255:.4g}>>") if not color.opaque else ""
    operators = f"{print_fill(color)}\n{path}\nf"
    return f"q /{opacity} gs {operators} Q" if opacity else operators
