"""How a styled code is to look, as plain data: what is asked for, before a symbol gives it a place."""

from __future__ import annotations

from typing import Literal

import msgspec

from .color import BLACK, WHITE, Color
from .eyes import EyeBorderStyle, EyeCenterStyle, EyeShape
from .model import Gradient, GradientKind, Stop
from .patterns import DataPattern

__all__ = [
    "EyeColors",
    "FrameName",
    "FrameStyle",
    "GradientStyle",
    "GradientType",
    "StrokeStyle",
    "Style",
    "TextPosition",
    "place_gradient",
]

FrameName = Literal["simple", "rounded", "bubble", "speech", "badge"]
TextPosition = Literal["top", "bottom", "left", "right"]
GradientType = Literal["linear", "radial", "diagonal", "conic", "diamond", "spiral"]


class GradientStyle(msgspec.Struct, frozen=True):
    """A gradient that does not know yet how large the picture is.

    Attributes
    ----------
    type
        As `Gradient.kind`; ``diagonal`` is ``linear`` from the top left to the bottom right, whatever the angle.
    colors
        Two to five, evenly spaced; unused where there are `stops`.
    stops
        Two to five, offsets ascending from 0 to 1.
    angle
        Degrees, clockwise; 0 points to the right.
    center
        Where it begins, as fractions of the symbol.
    apply_to_data, apply_to_eyes
        Which parts it paints.
    """

    type: GradientType = "linear"
    colors: tuple[Color, ...] = ()
    stops: tuple[Stop, ...] = ()
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
    """What is drawn around the quiet zone.

    Attributes
    ----------
    style
        Its shape.
    text
        The caption; None for a frame alone.
    text_position
        The side that the caption is on.
    color
        Of the border and of what the caption lies on.
    text_color
        Of the caption; None for one that can be read.
    """

    style: FrameName = "simple"
    text: str | None = None
    text_position: TextPosition = "bottom"
    color: Color = BLACK
    text_color: Color | None = None


class Style(msgspec.Struct, frozen=True, kw_only=True):
    """How a code is to look.

    Attributes
    ----------
    data_pattern
        What a dark module looks like.
    eye_shape
        What an eye looks like as a whole; None for a border and a centre of their own.
    eye_border_style, eye_center_style
        The parts of an eye; used where `eye_shape` is None.
    foreground, background
        Of the dark modules, and of what lies under them.
    eye_border, eye_center
        Colours of those parts; None for the gradient that applies to eyes, or else the foreground.
    per_eye
        Colours of the eyes one by one: top left, top right, bottom left. They go before everything else.
    gradient, eye_gradient, background_gradient
        What replaces a colour. `eye_gradient` goes before `gradient`.
    stroke
        A line around the modules and the eyes.
    frame
        What is around it all.
    seed
        What the pattern ``random`` depends on: the same seed gives the same picture.
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
    seed: bytes | int = b""


def place_gradient(gradient: GradientStyle, box: tuple[float, float, float, float]) -> Gradient:
    """`gradient` over the area from the left and the top to the right and the bottom of `box`, in modules."""
    kind: GradientKind = "linear" if gradient.type == "diagonal" else gradient.type
    stops = gradient.stops
    if not stops:
        last = max(len(gradient.colors) - 1, 1)
        stops = tuple(Stop(round(i / last, 4), color) for i, color in enumerate(gradient.colors))
    angle = 45.0 if gradient.type == "diagonal" else gradient.angle
    return Gradient(kind=kind, stops=stops, angle=angle, center=gradient.center, box=box)
