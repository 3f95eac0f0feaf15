"""Film grain: specks lighter and darker than the picture below, the same for the same seed."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from statistics import NormalDist
from typing import TYPE_CHECKING, Final

from PIL import Image

from ...artwork.color import BLACK, WHITE

if TYPE_CHECKING:
    from ...artwork.color import Color

__all__ = ["TRANSPARENT_INDEX", "draw_grain"]

# Strengths of a speck: nobody sees more of them, and each costs bytes, since grain cannot be compressed.
_LEVELS: Final = 7
TRANSPARENT_INDEX: Final = _LEVELS
"""The palette index that is fully transparent."""
# Standard deviations at which a speck reaches full strength: one in five does.
_STRONGEST: Final = 1.3


@lru_cache(maxsize=4)
def draw_grain(seed: bytes, width: int, height: int, opacity: float, color: Color | None) -> Image.Image:
    """Draw `width` by `height` specks, as indices into a palette with alpha.

    Parameters
    ----------
    seed
        The same seed gives the same specks.
    opacity
        Opacity of the strongest specks, 0 to 1.
    color
        Colour of all specks; None for equal numbers of black and white ones.
    """
    image = Image.frombytes("P", (width, height), hashlib.shake_128(seed).digest(width * height).translate(_STRENGTHS))
    palette = []
    for index in range(2 * _LEVELS + 1):
        strength = index - _LEVELS
        speck = color or (BLACK if strength < 0 else WHITE)
        alpha = round(speck.alpha * opacity * abs(strength) / _LEVELS)
        palette += [speck.red, speck.green, speck.blue, alpha]
    image.putpalette(bytes(palette), "RGBA")
    return image


def _strength_of(byte: int) -> int:
    """Map a uniformly distributed byte to the strength of a speck, so that weak specks are the most common."""
    deviations = NormalDist().inv_cdf((byte + 0.5) / 256)
    return round(max(-1.0, min(1.0, deviations / _STRONGEST)) * _LEVELS) + _LEVELS


_STRENGTHS: Final = bytes([_strength_of(byte) for byte in range(256)])
