"""The style of a code as plain data, before a symbol gives it a place."""

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
    """A gradient that does not know yet how large the picture is.

    Attributes
    ----------
    kind
        As `Gradient.kind`.
    stops
        Two to five, offsets ascending from 0 to 1.
    angle
        Degrees, clockwise; 0 points to the right.
    center
        Where it begins, as fractions of the symbol.
    apply_to_data, apply_to_eyes
        Which parts it paints.
    """

    kind: GradientKind = "linear"
    stops: tuple[Stop, ...]
    angle: float = 0.0
    center: tuple[float, float] = (0.5, 0.5)
    apply_to_data: bool = True
    apply_to_eyes: bool = True


class EyeColors(msgspec.Struct, frozen=True):
    """The colours of one eye; None leaves a part as it is in the others."""

    border: Color | None = None
    center: Color | None = None


class StrokeStyle(msgspec.Struct, frozen=True):
    """A line of one colour around all shapes, as wide as `width` says, in modules."""

    color: Color
    width: float


class FrameStyle(msgspec.Struct, frozen=True):
    """A frame around the quiet zone.

    Attributes
    ----------
    style
        Its shape.
    text
        The caption; None for a frame alone.
    text_position
        The side that the caption is on.
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
        Shape of a whole eye; None for a border and a centre of their own.
    eye_border_style, eye_center_style
        The parts of an eye; used where `eye_shape` is None.
    foreground, background
        Colours of the dark modules, and of the area below them.
    eye_border, eye_center
        Colours of those parts; None for the gradient that applies to eyes, or else the foreground.
    per_eye
        Colours of the eyes one by one: top left, top right, bottom left. They go before everything else.
    gradient, eye_gradient, background_gradient
        Gradients in place of a colour. `eye_gradient` goes before `gradient`.
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
    """Span `gradient` over the area from the left and the top to the right and the bottom of `box`, in modules."""
    stops = _close(gradient.stops) if gradient.kind in WRAPPING else gradient.stops
    return Gradient(kind=gradient.kind, stops=stops, angle=gradient.angle, center=gradient.center, box=box)


def _close(stops: tuple[Stop, ...]) -> tuple[Stop, ...]:
    """Add the first colour at the end, with as much room as the others have on average, so that no seam is seen.

    Stops that do not fill the whole length are as their author wants them, and so are those that close already.
    """
    first, last = stops[0], stops[-1]
    if (first.offset, last.offset) != (0, 1) or first.color == last.color:
        return stops
    share = (len(stops) - 1) / len(stops)
    return (*[Stop(round(stop.offset * share, 4), stop.color) for stop in stops], Stop(1, first.color))
