"""The order in which a styled code is painted: layers, bitmaps of effects, and embedded images between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..artwork import Artwork
    from .effects.bitmap import PaintItem

__all__ = ["stacking_order"]


def stacking_order(artwork: Artwork) -> tuple[Sequence[PaintItem], Sequence[PaintItem]]:
    """Return the items to paint below the artwork's images, and those to paint above them, both in painting order."""
    if not artwork.effects:
        return artwork.layers, ()
    from .effects.paint_order import paint_order

    return paint_order(artwork)
