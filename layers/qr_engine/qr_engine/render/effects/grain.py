"""Grain, as of film: specks that are lighter and darker than what they lie on, the same for the same seed."""

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

# Strengths of a speck: more are not seen, and fewer bytes are wasted on what cannot be compressed.
_LEVELS: Final = 7
TRANSPARENT_INDEX: Final = _LEVELS
"""The index of what lets everything through."""
# Standard deviations of the strongest specks, so that one of five is as strong.
_STRONGEST: Final = 1.3


@lru_cache(maxsize=4)
def draw_grain(seed: bytes, width: int, height: int, opacity: float, color: Color | None) -> Image.Image:
    """Draw so many specks across and down, as indices into a palette with alpha.

    Parameters
    ----------
    seed
        What chance depends on.
    opacity
        Of the strongest specks, 0 to 1.
    color
        Of all specks; None for black and white ones, as many of each.
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
    """Turn a byte, all of which are equally likely, into the strength of a speck; weak specks are the likeliest."""
    deviations = NormalDist().inv_cdf((byte + 0.5) / 256)
    return round(max(-1.0, min(1.0, deviations / _STRONGEST)) * _LEVELS) + _LEVELS


_STRENGTHS: Final = bytes([_strength_of(byte) for byte in range(256)])
