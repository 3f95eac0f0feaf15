"""An estimate of how long drawing a code takes, from its format, its pixels and its style."""

from __future__ import annotations

from typing import Final

from ..request import CanonicalRequest

__all__ = ["ANSWER_MS", "ASSET_READING_MS", "LEAST_MS", "LOGO_READING_MS", "drawing_ms"]

LEAST_MS: Final = 2000.0
"""What even a small code may take, in an environment that has only just started and has to load what draws it."""

ANSWER_MS: Final = 1000.0
"""What it may take to put the pictures of a batch into its answer, and to compress that."""

LOGO_READING_MS: Final = 2000.0
"""What it may take to read a logo that is sent along."""

ASSET_READING_MS: Final = 12_000.0
"""What it may take to get a logo from S3 as well: two tries of two seconds to connect and three to read."""

_MARGIN: Final = 2.0
"""How much longer it may take on one vCPU than where the figures were measured."""

_LOGO_MS: Final = 1000.0
_READ_BACK_MS: Final = 150.0

_FORMATS: Final[dict[str, tuple[float, float]]] = {
    "png": (5, 25),
    "webp": (30, 25),
    "jpeg": (10, 25),
    "avif": (180, 250),
    "gif": (30, 60),
}
"""Milliseconds of CPU for a million pixels: of a plain code, and what any style adds. Vector formats have no pixels."""

_GRADIENT: Final = 75.0
_EFFECT: Final = 80.0
_READ_BACK: Final = 120.0
"""Milliseconds that these add for a million pixels, whatever the format."""


def drawing_ms(request: CanonicalRequest) -> float:
    """Return the milliseconds that drawing `request` may take on one vCPU, with a margin; at least `LEAST_MS`."""
    megapixels = (request.size or 300) ** 2 / 1_000_000
    plain, styled = _FORMATS.get(request.format, (0.0, 0.0))
    each, fixed = plain, 0.0
    style = request.style
    if style is not None:
        each += styled + _EFFECT * len(style.effects)
        if style.gradient or style.eye_gradient or style.background_gradient:
            each += _GRADIENT
        if style.verify:
            each, fixed = each + _READ_BACK, fixed + _READ_BACK_MS
        if style.logo is not None:
            fixed += _LOGO_MS
    return max(LEAST_MS, _MARGIN * (fixed + each * megapixels))
