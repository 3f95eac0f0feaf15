"""Lay a logo and its plate on an artwork."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from ..artwork.model import EmbeddedImage, Layer
from ..artwork.paths import rectangle
from ..symbol.error_budget import ROUNDING

if TYPE_CHECKING:
    from ..artwork import Artwork
    from ..artwork.color import Color
    from ..artwork.model import Path
    from .model import Logo
    from .placement import Box, Placement

__all__ = ["lay_logo"]


def lay_logo(artwork: Artwork, logo: Logo, placement: Placement, background: Color | None) -> Artwork:
    """Lay a logo on an artwork whose symbol has been cleared for it.

    Parameters
    ----------
    background
        Colour of the plate; None or a fully transparent colour for no plate.
    """
    box, corner = placement.box, artwork.corner
    embedded = EmbeddedImage(
        logo.body, logo.content_type, _within(box, corner), _cut(placement, corner), logo.layers, logo.cost
    )
    layers = artwork.layers
    if background is not None and background.alpha:
        layers = (*layers, Layer("plate", _plate(placement, corner), background))
    return msgspec.structs.replace(
        artwork, layers=layers, images=(*artwork.images, embedded), cleared=placement.cleared
    )


def _within(box: Box, corner: tuple[int, int]) -> Box:
    (left, top, right, bottom), (x, y) = box, corner
    return left + x, top + y, right + x, bottom + y


def _plate(placement: Placement, corner: tuple[int, int]) -> Path:
    left, top, right, bottom = box = _within(placement.plate, corner)
    return rectangle(*box, _radius(placement, min(right - left, bottom - top)))


def _radius(placement: Placement, side: float) -> float:
    return {"square": 0.0, "rounded_square": ROUNDING * side, "circle": side / 2}[placement.shape]


def _cut(placement: Placement, corner: tuple[int, int]) -> Path | None:
    """Return the outline to cut the logo to, parallel to the plate's; None where that cuts nothing."""
    left, top, right, bottom = placement.box
    side = placement.plate[2] - placement.plate[0]
    longer = max(right - left, bottom - top)
    radius = _radius(placement, side) - (side - longer) / 2
    # The straight part of the outline is `longer - 2 * radius` long; a logo as narrow as that meets no round corner.
    if radius <= 0 or min(right - left, bottom - top) <= longer - 2 * radius:
        return None
    x, y, half = (left + right) / 2 + corner[0], (top + bottom) / 2 + corner[1], longer / 2
    return rectangle(x - half, y - half, x + half, y + half, radius)
