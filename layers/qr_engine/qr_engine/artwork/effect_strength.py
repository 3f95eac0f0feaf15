"""Turn the intensity of an effect into distances in modules and into opacities.

All of them grow from 0, so a weak effect changes little.
"""

from __future__ import annotations

from math import erf, sqrt
from typing import TYPE_CHECKING, Final

import msgspec

from .color import BLACK, Color

if TYPE_CHECKING:
    from .model import Effect

__all__ = [
    "VIGNETTE_START",
    "Halo",
    "Tone",
    "average_grain",
    "blur_deviation",
    "grain_opacity",
    "halo_of",
    "tone_of",
    "visible_share",
]

# The lightest colours that still look old. Readers that set a threshold for each square of eight pixels, such as jsQR
# and those based on ZXing, take paper for dark that is 24 levels darker than the white page next to it, grain included.
SEPIA: Final = Color(244, 214, 166)
_VIGNETTE: Final = Color(240, 190, 100)
_GREY: Final = Color(128, 128, 128)
# The average opacity of specks, as a share of the opacity of the strongest ones.
_SPECK: Final = 0.55
VIGNETTE_START: Final = 0.45
"""Where the vignette begins, as a share of the way from the middle of the picture to its corners."""


class Halo(msgspec.Struct, frozen=True):
    """A blurred copy of the shapes under them.

    Attributes
    ----------
    offset
        Modules by which the copy is moved to the right and down.
    deviation
        Standard deviation of the blur, in modules.
    opacity
        Opacity of the copy, 0 to 1.
    color
        Colour of the copy; None for the colours of the shapes.
    """

    offset: float
    deviation: float
    opacity: float
    color: Color | None


class Tone(msgspec.Struct, frozen=True):
    """Two mostly transparent colours: one over the whole picture, and one that grows towards its corners."""

    wash: Color
    vignette: Color


def halo_of(effect: Effect) -> Halo:
    """Return the halo that draws a ``shadow`` or a ``glow``."""
    amount = effect.amount
    if effect.kind == "shadow":
        return Halo(0.1 + 0.2 * amount, 0.08 + 0.22 * amount, 0.72 * sqrt(amount), effect.color or BLACK)
    return Halo(0.0, 0.2 + 0.5 * amount, 0.62 * sqrt(amount), effect.color)


def blur_deviation(effect: Effect) -> float:
    """Return the standard deviation of a ``blur``, in modules."""
    return 0.35 * effect.amount


def grain_opacity(effect: Effect) -> float:
    """Return the opacity of the strongest grain of a ``noise`` or a ``vintage``, 0 to 1.

    Decoders take a difference of 24 levels within a few pixels for an edge, so both effects stay below it.
    """
    return 0.082 * sqrt(effect.amount) if effect.kind == "noise" else 0.02 * effect.amount


def average_grain(effect: Effect) -> Color:
    """Return the average colour of the grain of a ``noise`` or a ``vintage``, as seen from afar."""
    specks = (effect.color if effect.kind == "noise" else None) or _GREY
    return _fade(specks, grain_opacity(effect) * _SPECK)


def tone_of(effect: Effect) -> Tone:
    """Return the colours of a ``vintage``: the wash over the whole picture and the vignette of its corners."""
    color = effect.color or SEPIA
    return Tone(_fade(color, 0.33 * effect.amount), _fade(_VIGNETTE, 0.12 * effect.amount))


def _fade(color: Color, opacity: float) -> Color:
    return msgspec.structs.replace(color, alpha=round(color.alpha * opacity))


def visible_share(deviation: float, offset: float = 0.0) -> float:
    """Return how much of a single module's blurred copy is visible in the middle of that module, 0 to 1.

    The same share of the ground behind is visible in a single light module among dark ones.
    """
    within = (_normal_cdf((0.5 - offset) / deviation) - _normal_cdf((-0.5 - offset) / deviation)) if deviation else 1.0
    return within * within


def _normal_cdf(value: float) -> float:
    """Return the share of a normal distribution that lies below `value` standard deviations."""
    return (1 + erf(value / sqrt(2))) / 2
