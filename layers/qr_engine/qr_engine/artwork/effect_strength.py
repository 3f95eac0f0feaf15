"""What the intensity of an effect means: distances in modules, and how much of a paint is seen.

Everything grows from nothing, so that an effect of little intensity is one of little effect.
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

SEPIA: Final = Color(192, 134, 54)
_VIGNETTE: Final = Color(58, 28, 8)
_GREY: Final = Color(128, 128, 128)
# The opacity of specks on average, of that of the strongest ones.
_SPECK: Final = 0.55
VIGNETTE_START: Final = 0.45
"""How far from the middle of the picture to its corners dusk begins."""


class Halo(msgspec.Struct, frozen=True):
    """A blurred copy of the shapes under them.

    Attributes
    ----------
    offset
        Modules that it lies to the right and below.
    deviation
        Of the blur, in modules.
    opacity
        Of the copy, 0 to 1.
    color
        None for the colours of the shapes.
    """

    offset: float
    deviation: float
    opacity: float
    color: Color | None


class Tone(msgspec.Struct, frozen=True):
    """A colour over the whole picture, and another one towards its corners; both let most of it through."""

    wash: Color
    vignette: Color


def halo_of(effect: Effect) -> Halo:
    """What a ``shadow`` or a ``glow`` is drawn as."""
    amount = effect.amount
    if effect.kind == "shadow":
        return Halo(0.1 + 0.2 * amount, 0.08 + 0.22 * amount, 0.72 * sqrt(amount), effect.color or BLACK)
    return Halo(0.0, 0.2 + 0.5 * amount, 0.62 * sqrt(amount), effect.color)


def blur_deviation(effect: Effect) -> float:
    """Standard deviation of a ``blur``, in modules."""
    return 0.35 * effect.amount


def grain_opacity(effect: Effect) -> float:
    """How opaque the strongest grain is, 0 to 1, of a ``noise`` or a ``vintage``.

    Decoders take a difference of 24 levels within a few pixels for an edge, which is why neither reaches that.
    """
    return 0.085 * sqrt(effect.amount) if effect.kind == "noise" else 0.05 * effect.amount


def average_grain(effect: Effect) -> Color:
    """What the grain of a ``noise`` or a ``vintage`` looks like from afar, where single specks are not seen."""
    specks = (effect.color if effect.kind == "noise" else None) or _GREY
    return _fade(specks, grain_opacity(effect) * _SPECK)


def tone_of(effect: Effect) -> Tone:
    """The colours of a ``vintage``; the second is that of the corners of the picture, and fades towards its middle."""
    color = effect.color or SEPIA
    return Tone(_fade(color, 0.4 * effect.amount), _fade(_VIGNETTE, 0.4 * effect.amount))


def _fade(color: Color, opacity: float) -> Color:
    return msgspec.structs.replace(color, alpha=round(color.alpha * opacity))


def visible_share(deviation: float, offset: float = 0.0) -> float:
    """How much of a single module's blurred copy is seen in the middle of that module, 0 to 1.

    Of a single light module among dark ones, as much is seen of what is behind.
    """
    within = (_normal_cdf((0.5 - offset) / deviation) - _normal_cdf((-0.5 - offset) / deviation)) if deviation else 1.0
    return within * within


def _normal_cdf(value: float) -> float:
    """The share of a normal distribution that lies below `value` standard deviations."""
    return (1 + erf(value / sqrt(2))) / 2
