"""The style of a code as plain data, independent of any symbol."""

from __future__ import annotations

import msgspec

from .color import BLACK, WHITE, Color
from .model import WRAPPING, Gradient, Stop
from .words import DataPattern, EyeBorderStyle, EyeCenterStyle, EyeShape, FrameName, GradientKind, TextPosition

__all__ = [
    "EyeColors",
    "FrameStyle",
    "GradientStyle",
    "StrokeStyle",
    "Style",
    "place_gradient",
]


class GradientStyle(msgspec.Struct, frozen=True, kw_only=True):
    """A gradient without a box: `place_gradient` gives it one once the size of the picture is known.

    Attributes
    ----------
    kind
        As `Gradient.kind`.
    stops
        Two to five, offsets ascending from 0 to 1.
    angle
        Degrees, clockwise; 0 points to the right.
    center
        Where the gradient begins, as fractions of the symbol.
    apply_to_data, apply_to_eyes
        Which parts the gradient paints.
    """

    kind: GradientKind = "linear"
    stops: tuple[Stop, ...]
    angle: float = 0.0
    center: tuple[float, float] = (0.5, 0.5)
    apply_to_data: bool = True
    apply_to_eyes: bool = True


class EyeColors(msgspec.Struct, frozen=True):
    """The colours of one eye; a part with None has the same paint as in the other eyes."""

    border: Color | None = None
    center: Color | None = None


class StrokeStyle(msgspec.Struct, frozen=True):
    """A line of one colour around all shapes; `width` is in modules."""

    color: Color
    width: float


class FrameStyle(msgspec.Struct, frozen=True):
    """A frame around the quiet zone.

    Attributes
    ----------
    style
        The shape of the frame.
    text
        The caption; None for none.
    text_position
        The side on which the caption is.
    color
        Colour of the border and of the plate below the caption.
    text_color
        Colour of the caption; None for a legible one.
    """

    style: FrameName = "simple"
    text: str | None = None
    text_position: TextPosition = "bottom"
    color: Color = BLACK
    text_color: Color | None = None


class Style(msgspec.Struct, frozen=True, kw_only=True):
    """The look of a code.

    Attributes
    ----------
    data_pattern
        Shape of the dark modules.
    eye_shape
        Shape of a whole eye; None to choose border and centre separately.
    eye_border_style, eye_center_style
        Shapes of an eye's border and centre, where `eye_shape` is None.
    foreground, background
        Colours of the dark modules, and of the area below them.
    eye_border, eye_center
        Colours of those parts; None for the gradient that applies to eyes, or else the foreground.
    per_eye
        Colours of single eyes: top left, top right, bottom left. They override every other colour and gradient.
    gradient, eye_gradient, background_gradient
        Gradients in place of a colour. In the eyes, `eye_gradient` overrides `gradient`.
    stroke
        A line around the modules and the eyes.
    frame
        A frame around the quiet zone.
    seed
        Seed of the pattern ``random``: the same seed gives the same picture.
    robust
        Whether eyes take the form that all scanners read.
    """

    data_pattern: DataPattern = "square"
    eye_shape: EyeShape | None = None
    eye_border_style: EyeBorderStyle = "square"
    eye_center_style: EyeCenterStyle = "square"
    foreground: Color = BLACK
    background: Color = WHITE
    eye_border: Color | None = None
    eye_center: Color | None = None
    per_eye: tuple[EyeColors, ...] = ()
    gradient: GradientStyle | None = None
    eye_gradient: GradientStyle | None = None
    background_gradient: GradientStyle | None = None
    stroke: StrokeStyle | None = None
    frame: FrameStyle | None = None
    seed: bytes = b""
    robust: bool = False


def place_gradient(gradient: GradientStyle, box: tuple[float, float, float, float]) -> Gradient:
    """Span `gradient` over `box`: left, top, right and bottom, in modules."""
    stops = _close(gradient.stops) if gradient.kind in WRAPPING else gradient.stops
    return Gradient(kind=gradient.kind, stops=stops, angle=gradient.angle, center=gradient.center, box=box)


def _close(stops: tuple[Stop, ...]) -> tuple[Stop, ...]:
    """Add the first colour at the end, at an average distance from the last one, so that the gradient shows no seam.

    Leave stops alone that do not go from 0 to 1, which their author wants so, or that end with the first colour.
    """
    first, last = stops[0], stops[-1]
    if (first.offset, last.offset) != (0, 1) or first.color == last.color:
        return stops
    share = (len(stops) - 1) / len(stops)
    return (*[Stop(round(stop.offset * share, 4), stop.color) for stop in stops], Stop(1, first.color))
