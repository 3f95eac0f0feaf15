"""Portable Document Format 1.4 (ISO 32000-1): one vector page, without dates or random identifiers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...artwork.color import Color
from ...artwork.model import Layer
from .content import UNIT, channels, fill, number, outline, page_sides, rectangles, unit_points
from .pdf_document import Document

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...artwork import Artwork
    from ...artwork.model import Paint
    from ..effects.bitmap import PaintItem

__all__ = ["draw"]


def draw(artwork: Artwork) -> bytes:
    """Print the artwork as a document of one page; its longer side measures `Artwork.size` pixels at `Artwork.dpi`."""
    document = Document(title=artwork.title, subject=artwork.description)
    content = _content(artwork, document)
    width, height = page_sides(artwork)
    return document.printed(content, number(width), number(height))


def _content(artwork: Artwork, document: Document) -> str:
    unit = number(unit_points(artwork))
    printed = [f"{unit} 0 0 -{unit} 0 {number(page_sides(artwork)[1])} cm"]
    if artwork.background.alpha:
        printed.append(_filled(document, artwork.background, f"0 0 {artwork.width * UNIT} {artwork.height * UNIT} re"))
    if not artwork.layers:
        printed.append(_filled(document, artwork.foreground, rectangles(artwork)))
    below: Sequence[PaintItem] = artwork.layers
    above: Sequence[PaintItem] = ()
    if artwork.effects:
        from ..effects.paint_order import stacked

        below, above = stacked(artwork)
    printed += [_layered(document, artwork, each) for each in below]
    if artwork.images:
        from .pdf_image import shown

        printed += [shown(document, picture, unit_points(artwork) * UNIT / 72) for picture in artwork.images]
    printed += [_layered(document, artwork, each) for each in above]
    return "\n".join(printed)


def _layered(document: Document, artwork: Artwork, layer: PaintItem) -> str:
    if not isinstance(layer, Layer):
        from .pdf_effect import pdf_operators

        return pdf_operators(document, layer)
    path = outline(layer.shape)
    if not layer.outset or not isinstance(layer.paint, Color):
        return _painted(document, artwork, layer.paint, path)
    opacity = document.name("ExtGState", f"<</CA {layer.paint.alpha / 255:.4g}>>") if not layer.paint.opaque else ""
    state = f"/{opacity} gs " if opacity else ""
    # Round joins (ISO 32000-1, 8.4.3.4); as far inwards, where the shapes themselves cover it.
    return f"q {state}{channels(layer.paint)} RG {round(2 * layer.outset * UNIT)} w 1 j\n{path}\nS Q"


def _painted(document: Document, artwork: Artwork, paint: Paint, path: str) -> str:
    if isinstance(paint, Color):
        return _filled(document, paint, path)
    from .pdf_gradient import mask, needs_mask, pattern

    pieces = [f"/Pattern cs/{document.name('Pattern', pattern(paint, artwork, document.add))} scn\n{path}\nf"]
    if needs_mask(paint):
        state = f"<</SMask {mask(paint, artwork, document.add)}>>"
        pieces = [f"q /{document.name('ExtGState', state)} gs", *pieces, "Q"]
    return " ".join(pieces)


def _filled(document: Document, color: Color, path: str) -> str:
    opacity = document.name("ExtGState", f"<</ca {color.alpha / 255:.4g}>>") if not color.opaque else ""
    painted = f"{fill(color)}\n{path}\nf"
    return f"q /{opacity} gs {painted} Q" if opacity else painted
