"""Frames around the quiet zone, and their captions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from ..color import BLACK, TRANSPARENT, WHITE, Color, contrast, over
from ..model import Gradient, Insets, Layer
from ..paths import bounds, reverse
from ..style import place_gradient
from .drawings import DRAWINGS, Drawing

if TYPE_CHECKING:
    from ..model import Paint, Part
    from ..style import FrameStyle, Style

__all__ = ["FrameLayers", "draw_frame"]

# A caption without a colour takes one that the picture already has if its contrast with the ground is at least this.
_CONTRAST: Final = 3.0


class FrameLayers(msgspec.Struct, frozen=True):
    """A frame drawn for a code of a certain size.

    Attributes
    ----------
    insets
        Modules that the frame takes around the quiet zone.
    below, above
        Layers under the code, and layers over it.
    """

    insets: Insets
    below: tuple[Layer, ...]
    above: tuple[Layer, ...]


def draw_frame(style: Style, frame: FrameStyle, side: int) -> FrameLayers:
    """Draw `frame` around a square of `side` modules, the symbol and its quiet zone.

    The picture is transparent outside the frame, and the background is a panel within it.

    Raises
    ------
    TooWide
        The text does not fit.
    """
    drawing = DRAWINGS[frame.style](side, frame.text, frame.text_position)
    ground = _panel_paint(style, drawing)
    # Under an opaque panel the plate has no hole, so that no seam can show; any other panel would show the plate.
    plate = drawing.plate if _is_opaque(ground) else drawing.plate + reverse(drawing.panel)
    below = [Layer("frame", plate, frame.color)]
    if ground != TRANSPARENT:
        below.append(Layer("background", drawing.panel, ground))
    text = frame.text_color or _text_color(style, frame, drawing)
    on: Part = "frame" if drawing.on_plate else "background"
    above = (Layer("caption", drawing.caption, text, on),) if drawing.caption else ()
    return FrameLayers(drawing.insets, tuple(below), above)


def _panel_paint(style: Style, drawing: Drawing) -> Paint:
    if style.background_gradient is not None:
        return place_gradient(style.background_gradient, bounds(drawing.panel))
    return style.background if style.background.alpha else TRANSPARENT


def _is_opaque(paint: Paint) -> bool:
    colors = [stop.color for stop in paint.stops] if isinstance(paint, Gradient) else [paint]
    return all(color.opaque for color in colors)


def _text_color(style: Style, frame: FrameStyle, drawing: Drawing) -> Color:
    """Choose a colour for a caption that sets none: a colour that the picture already has, if it is legible."""
    page = over(style.background, WHITE)
    under, first = (over(frame.color, WHITE), page) if drawing.on_plate else (page, frame.color)
    return next((color for color in (first, WHITE, BLACK) if contrast(over(color, under), under) >= _CONTRAST), BLACK)
