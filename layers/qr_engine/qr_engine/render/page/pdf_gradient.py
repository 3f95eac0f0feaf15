"""Gradients of a PDF page: shadings for the kinds that it knows, a picture for the others (ISO 32000-1, 8.7)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, TypeAlias

from ..gradient.geometry import is_opaque
from .content import UNIT, channels, number, page_sides, shading, unit_points
from .pdf_document import stream

if TYPE_CHECKING:
    from ...artwork import Artwork
    from ...artwork.model import Gradient

__all__ = ["mask", "needs_mask", "pattern"]

Add: TypeAlias = Callable[[bytes], str]
"""Keeps an object and gives the reference to it."""


def pattern(gradient: Gradient, artwork: Artwork, add: Add) -> str:
    """Add what the gradient is painted with, and give the reference to it; see `needs_mask` for its transparency."""
    # A pattern does not follow the coordinates of the page's content, but those of the page (8.7.3.1).
    unit = number(unit_points(artwork))
    matrix = f"{unit} 0 0 -{unit} 0 {number(page_sides(artwork)[1])}"
    if gradient.kind in _SHADED:
        shaded = shading(gradient, "DeviceRGB", channels)
        return add(f"<</PatternType 2/Matrix[{matrix}]/Shading<<{shaded}>>>>".encode())
    return _pictured(gradient, matrix, add)


def needs_mask(gradient: Gradient) -> bool:
    """Whether the pattern leaves out the gradient's alpha: a shading does, a picture has its own."""
    return gradient.kind in _SHADED and not is_opaque(gradient)


def mask(gradient: Gradient, artwork: Artwork, add: Add) -> str:
    """Add a soft mask of the gradient's alpha over the whole page, and give its dictionary (11.6.5.2)."""
    # The mask is a page within the page, in the coordinates of the content that sets it.
    shaded = shading(gradient, "DeviceGray", lambda color: f"{color.alpha / 255:.4g}")
    painted = add(f"<</PatternType 2/Shading<<{shaded}>>>>".encode())
    sides = f"{artwork.width * UNIT} {artwork.height * UNIT}"
    group = add(
        stream(
            f"/Pattern cs/P0 scn 0 0 {sides} re f".encode(),
            f"/Type/XObject/Subtype/Form/BBox[0 0 {sides}]/Group<</S/Transparency/CS/DeviceGray>>"
            f"/Resources<</Pattern<</P0 {painted}>>>>",
        )
    )
    return f"<</S/Luminosity/G {group}>>"


_SHADED: Final = ("linear", "radial")


def _pictured(gradient: Gradient, matrix: str, add: Add) -> str:
    """A pattern of one cell, the gradient's box, with a picture in it."""
    from ..gradient.pixels import BITMAP_SIDE, draw_gradient

    image = draw_gradient(gradient, gradient.box, BITMAP_SIDE, BITMAP_SIDE)
    header = f"/Type/XObject/Subtype/Image/Width {BITMAP_SIDE}/Height {BITMAP_SIDE}/BitsPerComponent 8/Interpolate true"
    seen = ""
    if image.mode == "RGBA":
        seen = f"/SMask {add(stream(image.getchannel('A').tobytes(), f'{header}/ColorSpace/DeviceGray'))}"
    picture = add(stream(image.convert("RGB").tobytes(), f"{header}/ColorSpace/DeviceRGB{seen}"))
    left, top, right, bottom = (number(edge * UNIT) for edge in gradient.box)
    width, height = (number((gradient.box[i + 2] - gradient.box[i]) * UNIT) for i in (0, 1))
    return add(
        stream(
            # A picture's rows go down from 1 to 0 (8.9.3), and this page's y goes down.
            f"{width} 0 0 -{height} {left} {bottom} cm /I0 Do".encode(),
            f"/PatternType 1/PaintType 1/TilingType 1/BBox[{left} {top} {right} {bottom}]/XStep {width}/YStep {height}"
            f"/Matrix[{matrix}]/Resources<</XObject<</I0 {picture}>>>>",
        )
    )
