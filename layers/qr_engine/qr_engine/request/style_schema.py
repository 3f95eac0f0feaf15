"""The schema of styles."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from ..artwork.words import (
    EffectKind,
    FrameName,
    GradientType,
    TextPosition,
)
from .plain_schema import Foreground, PlainColors

__all__ = [
    "Colors",
    "Effect",
    "EyeColors",
    "Frame",
    "Gradient",
    "Stop",
    "Stroke",
]

Fraction = Annotated[float, Meta(ge=0, le=1)]


class EyeColors(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The colours of one eye, where they differ from those of the others."""

    border: Foreground | None = None
    center: Foreground | None = None


class Colors(PlainColors, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The colours of the dark modules, the background and the parts of the eyes."""

    eye_border: Annotated[Foreground | None, Meta(description="By default the foreground, or its gradient.")] = None
    eye_center: Annotated[Foreground | None, Meta(description="By default the foreground, or its gradient.")] = None
    per_eye: Annotated[
        Annotated[list[EyeColors], Meta(min_length=1, max_length=3)] | None,
        Meta(description="The eyes one by one: top left, top right, bottom left. These override all other colours."),
    ] = None


class Stop(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A colour of a gradient and its offset."""

    offset: Fraction
    color: Foreground


class Gradient(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One continuous change of colour over the whole symbol, set by `colors` or `stops`."""

    type: Annotated[GradientType, Meta(description="`diagonal` is `linear` at 45 degrees.")] = "linear"
    colors: Annotated[
        Annotated[list[Foreground], Meta(min_length=2, max_length=5)] | None, Meta(description="Evenly spaced.")
    ] = None
    stops: Annotated[
        Annotated[list[Stop], Meta(min_length=2, max_length=5)] | None,
        Meta(description="Colours with their positions, in ascending order of offsets."),
    ] = None
    angle: Annotated[
        float, Meta(ge=-360, le=360, description="Degrees, clockwise from the right; `linear` and `conic` only.")
    ] = 0.0
    center: Annotated[
        Annotated[list[Fraction], Meta(min_length=2, max_length=2)] | None,
        Meta(description="Where it begins, as fractions of the width and the height; by default the middle."),
    ] = None
    apply_to_data: Annotated[bool, Meta(description="Whether it paints the modules.")] = True
    apply_to_eyes: Annotated[bool, Meta(description="Whether it paints the eyes that have no eye colour.")] = True


class Stroke(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A line around the modules and the eyes, outside of them."""

    color: Foreground
    width: Annotated[float, Meta(ge=0.05, le=0.5, description="Its visible width in modules.")] = 0.15
    opacity: Annotated[Fraction, Meta(description="Its opacity, multiplied with the alpha of its colour.")] = 1.0


class Effect(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """An effect over the whole picture."""

    type: EffectKind
    intensity: Annotated[float, Meta(ge=0, le=100, description="0 leaves it out.")] = 40.0
    color: Annotated[
        Foreground | None,
        Meta(
            description="Black for `shadow`, that of the shapes for `glow`, black and white for `noise`, and sepia for "
            "`vintage`, if not given; `blur` takes none."
        ),
    ] = None


class Frame(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A frame around the quiet zone; the picture is larger than the code, and not always square."""

    style: Annotated[
        FrameName,
        Meta(
            description="`simple` is ruled lines, `rounded` a border that widens to a band, `bubble` a border and a "
            "pill that points to the code, `speech` a balloon, `badge` a plate with notched corners."
        ),
    ] = "simple"
    text: Annotated[
        Annotated[str, Meta(min_length=1, max_length=50)] | None,
        Meta(
            description="A caption, in one line or two; Latin, Greek and Cyrillic script.",
            examples=["SCAN ME", "Zum Menü →"],
        ),
    ] = None
    text_position: Annotated[
        TextPosition, Meta(description="The side of the caption; `left` reads upwards, `right` downwards.")
    ] = "bottom"
    color: Annotated[
        Foreground | None, Meta(description="By default the foreground, or the first colour of its gradient.")
    ] = None
    text_color: Annotated[Foreground | None, Meta(description="By default a colour that is readable on the frame.")] = (
        None
    )
