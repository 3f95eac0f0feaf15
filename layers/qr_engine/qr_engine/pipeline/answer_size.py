"""The least size of a request's picture, where it is known before drawing."""

from __future__ import annotations

from typing import Final

from ..request import CanonicalRequest

__all__ = ["least_bytes"]

_GRAIN: Final = ((100, 0.50), (50, 0.42), (20, 0.35), (10, 0.31), (5, 0.26), (1, 0.15))
"""Bytes per pixel of a PNG with noise from this intensity up: the least that was measured, for black on white.

Any other colours, a gradient and further effects make the PNG larger, since they clip less of the noise to black and
white.
"""

_MARGIN: Final = 0.9


def least_bytes(request: CanonicalRequest) -> int:
    """Return the fewest bytes that the picture of `request` can have; 0 if that is not known.

    It is known for a square PNG with noise in black and white, which hardly compresses.
    """
    style = request.style
    if request.format != "png" or style is None or style.frame is not None:
        return 0
    strongest = max(
        [effect.intensity for effect in style.effects if effect.type == "noise" and effect.color is None], default=0
    )
    by_pixel = next((share for intensity, share in _GRAIN if strongest >= intensity), 0.0)
    return int(_MARGIN * by_pixel * request.size**2)
