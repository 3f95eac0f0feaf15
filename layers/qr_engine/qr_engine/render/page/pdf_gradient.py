"""Gradients of a PDF page: shadings for the kinds that PDF has, a picture for the others (ISO 32000-1, 8.7)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, TypeAlias

from ..gradient.geometry import is_opaque
from .content import UNIT, page_sides, print_channels, print_number, print_shading, unit_points
from .pdf_document import encode_stream

if TYPE_CHECKING:
    from ...artwork import Artwork
    from ...artwork.model import Gradient

__all__ = ["add_mask", "add_pattern", "needs_mask"]

AddObject: TypeAlias = Callable[[bytes], str]
"""Adds an object to the document and returns the reference to it."""


def add_pattern(gradient: Gradient, artwork: Artwork, add: AddObject) -> str:
    """Add the pattern that paints the gradient and return its reference; see `needs_mask` for its alpha."""
    # A pattern has the coordinates of the page, not those of the page's content (8.7.3.1).
    unit = print_number(unit_points(artwork))
    matrix = f"{unit} 0 0 -{unit} 0 {print_number(page_sides(artwork)[1])}"
    if gradient.kind in _SHADED:
        shading = print_shading(gradient, "DeviceRGB", print_channels)
        return add(f"<</PatternType 2/Matrix[{matrix}]/Shading<<{shading}>>>>".encode())
    return _add_bitmap_pattern(gradient, matrix, add)


def needs_mask(gradient: Gradient) -> bool:
    """Return whether the gradient's alpha needs a separate mask: a shading has no alpha, a bitmap has."""
    return gradient.kind in _SHADED and not is_opaque(gradient)


def add_mask(gradient: Gradient, artwork: Artwork, add: AddObject) -> str:
    """Add a soft mask of the gradient's alpha over the whole page and return its dictionary (11.6.5.2)."""
    # The mask is a page within the page, with the coordinates of the content that sets it.
    shading = print_shading(gradient, "DeviceGray", lambda color: f"{color.alpha / 255:.4g}")
    pattern = add(f"<</PatternType 2/Shading<<{shading}>>>>".encode())
    sides = f"{artwork.width * UNIT} {artwork.height * UNIT}"
    group = add(
        encode_stream(
            f"/Pattern cs/P0 scn 0 0 {sides} re f".encode(),
            f"/Type/XObject/Subtype/Form/BBox[0 0 {sides}]/Group<</S/Transparency/CS/DeviceGray>>"
            f"/Resources<</Pattern<</P0 {pattern}>>>>",
        )
    )
    return f"<</S/Luminosity/G {group}>>"


_SHADED: Final = ("linear", "radial")


def _add_bitmap_pattern(gradient: Gradient, matrix: str, add: AddObject) -> str:
    """Add a pattern of one cell, the gradient's box, with a bitmap in it."""
    from ..gradient.pixels import BITMAP_SIDE, draw_gradient

    image = draw_gradient(gradient, gradient.box, BITMAP_SIDE, BITMAP_SIDE)
    header = f"/Type/XObject/Subtype/Image/Width {BITMAP_SIDE}/Height {BITMAP_SIDE}/BitsPerComponent 8/Interpolate true"
    soft_mask = ""
    if image.mode == "RGBA":
        soft_mask = f"/SMask {add(encode_stream(image.getchannel('A').tobytes(), f'{header}/ColorSpace/DeviceGray'))}"
    bitmap = add(encode_stream(image.convert("RGB").tobytes(), f"{header}/ColorSpace/DeviceRGB{soft_mask}"))
    left, top, right, bottom = (print_number(edge * UNIT) for edge in gradient.box)
    width, height = (print_number((gradient.box[i + 2] - gradient.box[i]) * UNIT) for i in (0, 1))
    return add(
        encode_stream(
            # A picture's rows run downwards from y = 1 to 0 (8.9.3), and this page's y grows downwards.
            f"{width} 0 0 -{height} {left} {bottom} cm /I0 Do".encode(),
            f"/PatternType 1/PaintType 1/TilingType 1/BBox[{left} {top} {right} {bottom}]/XStep {width}/YStep {height}"
            f"/Matrix[{matrix}]/Resources<</XObject<</I0 {bitmap}>>>>",
        )
    )
