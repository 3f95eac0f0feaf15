"""The layout of a frame: a square cell around the code, and a band for the caption on one side of it."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Final

import msgspec

from ..lettering import set_text
from ..model import Insets
from ..paths import transform

if TYPE_CHECKING:
    from ..model import Path
    from ..words import TextPosition

__all__ = ["Box", "Plan", "plan_frame", "unit"]

Box = tuple[float, float, float, float]
"""Left, top, right and bottom, in modules."""

# Side of a version 2 symbol with its quiet zone: measures of frames are in modules there, and scale for other sides.
_SQUARE: Final = 33


def unit(side: int) -> float:
    """Return the factor by which to scale the measures of a frame around a square of `side` modules."""
    return side / _SQUARE


class Plan(msgspec.Struct, frozen=True):
    """The places of a frame's parts, in modules from the picture's top left corner.

    Attributes
    ----------
    insets
        Modules that the frame takes around the quiet zone.
    width, height
        Sides of the picture.
    body
        The picture without the tail or foot that some frames draw below the body.
    cell
        The square around the code, its border included.
    position
        The side of the cell at which the band is.
    """

    insets: Insets
    width: int
    height: int
    body: Box
    cell: Box
    position: TextPosition

    def band(self, near: float = 0.0, far: float = 0.0, ends: float = 0.0) -> Box:
        """Return the band, cut by `near` at the code, `far` at the edge and `ends` at both ends; below 0, it widens."""
        left, top, right, bottom = self.cell
        return {
            "bottom": (left + ends, bottom + near, right - ends, self.body[3] - far),
            "top": (left + ends, far, right - ends, top - near),
            "left": (far, top + ends, left - near, bottom - ends),
            "right": (right + near, top + ends, self.body[2] - far, bottom - ends),
        }[self.position]

    def rotate(self, path: Path, box: Box) -> Path:
        """Turn and move `path`, drawn from (0, 0) for a band below the code, into `box` on the band's side."""
        left, top, right, bottom = box
        match self.position:
            case "bottom":
                return transform(path, lambda x, y: (left + x, top + y))
            case "top":
                return transform(path, lambda x, y: (right - x, bottom - y))
            case "left":
                return transform(path, lambda x, y: (right - y, top + x))
            case _:
                return transform(path, lambda x, y: (left + y, bottom - x))

    def text(self, text: str, box: Box) -> Path:
        """Set `text` in the middle of a box; it reads upwards on the left side, and downwards on the right side."""
        left, top, right, bottom = box
        width, height = right - left, bottom - top
        if self.position in ("top", "bottom"):
            return transform(set_text(text, width, height), lambda x, y: (left + x, top + y))
        path = set_text(text, height, width)
        if self.position == "left":
            return transform(path, lambda x, y: (left + y, bottom - x))
        return transform(path, lambda x, y: (right - y, top + x))


def plan_frame(side: int, around: float, band: float, position: TextPosition, below: float = 0.0) -> Plan:
    """Place every part of a frame; widths are rounded to whole modules, those around the code upwards.

    Parameters
    ----------
    side
        Side of the symbol with its quiet zone.
    around
        Distance from the quiet zone to the outside of the border.
    band
        Width of the band; 0 without a caption.
    position
        The side of the band.
    below
        Room for the parts that some frames draw below the body.
    """
    ring, thick, under = ceil(around), round(band), ceil(below)
    widths = {"left": ring, "top": ring, "right": ring, "bottom": ring + under}
    widths[position] += thick
    insets = Insets(**widths)
    left, top = insets.left - ring, insets.top - ring
    cell = (left, top, left + side + 2 * ring, top + side + 2 * ring)
    width, height = side + insets.left + insets.right, side + insets.top + insets.bottom
    return Plan(insets, width, height, (0, 0, width, height - under), cell, position)
