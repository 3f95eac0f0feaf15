"""Estimate the processor time that drawing a code takes, from the request, before anything is drawn."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

from ..request import CanonicalRequest
from ..symbol.standard import capacities

__all__ = [
    "ANSWER_MS",
    "ASSET_READING_MS",
    "LEAST_MS",
    "LOGO_READING_MS",
    "PRICES",
    "drawing_ms",
    "estimate_ms",
    "work",
]

LEAST_MS: Final = 2000.0
"""The least to allow for: what a small code may take in a new environment, which first has to load the drawing code."""

ANSWER_MS: Final = 1000.0
"""Milliseconds to allow for putting the pictures of a batch into its answer, and for compressing it."""

LOGO_READING_MS: Final = 2000.0
"""Milliseconds to allow for reading a logo that is part of the request."""

ASSET_READING_MS: Final = 12_000.0
"""Milliseconds to allow for also fetching a logo from S3: two tries of two seconds to connect and three to read."""

_MARGIN: Final = 4.0
"""Safety factor: the estimate may be half of the real time, and a vCPU half as fast as the one that was measured."""

_SMALL: Final = 1024
"""Side in pixels of a plain code that takes less than `LEAST_MS` in any format."""

_RASTER: Final = frozenset({"png", "webp", "jpeg", "avif", "gif"})

_EACH_ITS_OWN: Final = frozenset({"circular", "random", "mosaic", "wave"})
"""Patterns in which nearly every module has another shape, so that few tiles can be drawn once and reused."""

# Prices in milliseconds of processor time, measured and written here by `python scripts/estimate.py --fit`.
PRICES: Final[dict[str, float]] = {
    "avif, pixels": 108,
    "blur, vector": 0.767,
    "code": 0.0268,
    "code, modules": 0.15,
    "effects, png": 6.08,
    "eps": 0.159,
    "frame": 3.2,
    "gif, pixels": 18,
    "glow": 1.21,
    "glow, pixels": 0.736,
    "glow, vector": 3.86,
    "gradient, pixels": 29.2,
    "gradient, vector": 1.78,
    "jpeg, pixels": 7.31,
    "logo, avif": 0.208,
    "logo, eps": 138,
    "logo, gif": 5.02,
    "logo, modules": 0.156,
    "logo, pdf": 4.16,
    "logo, pixels": 1.7,
    "logo, svg": 0.576,
    "modules alike, pixels": 0.306,
    "modules each its own, pixels": 0.387,
    "modules each its own, vector": 3.3,
    "noise": 1.32,
    "noise, pixels": 52.6,
    "noise, vector": 4.73,
    "pdf": 0.409,
    "png, pixels": 0.331,
    "read back": 5.05,
    "read back, modules": 2.26,
    "read back, pixels": 11.8,
    "read back, vector": 5.58,
    "shadow": 5.76,
    "shadow, pixels": 15.5,
    "shadow, vector": 3.14,
    "stroke, pixels": 8.56,
    "stroke, vector": 5.41,
    "style, avif": 14.8,
    "style, eps": 0.435,
    "style, gif": 3.25,
    "style, jpeg": 0.735,
    "style, pdf": 5.02,
    "style, pixels": 9.09,
    "style, png": 3.71,
    "style, svg": 1.3,
    "style, vector": 0.32,
    "style, webp": 2.97,
    "vintage": 2.24,
    "vintage, pixels": 36.3,
    "vintage, vector": 7.01,
    "webp, pixels": 10.9,
}
"""Milliseconds for one unit of each kind of work: for a picture, for a million pixels, or for 1,000 modules."""


def drawing_ms(request: CanonicalRequest) -> float:
    """Return the milliseconds that drawing `request` may take on one vCPU, with a margin; at least `LEAST_MS`."""
    if request.style is None and request.size <= _SMALL:
        return LEAST_MS
    return max(LEAST_MS, _MARGIN * estimate_ms(request))


def estimate_ms(request: CanonicalRequest) -> float:
    """Estimate the milliseconds of processor time that drawing `request` takes in an environment that is already warm.

    For four of five codes the real time is between half and twice the estimate.
    """
    return sum(PRICES.get(kind, 0.0) * amount for kind, amount in work(request))


def work(request: CanonicalRequest) -> Iterator[tuple[str, float]]:
    """Yield each kind of work that drawing `request` needs, and its amount."""
    form, style = request.format, request.style
    raster = form in _RASTER
    megapixels = request.size**2 / 1_000_000 if raster else 0.0
    modules = _count_modules(request) / 1000
    yield "code", 1
    yield "code, modules", modules
    if raster:
        yield f"{form}, pixels", megapixels
    elif form in ("eps", "pdf"):
        yield form, 1
    if style is None:
        return
    if style.logo is not None:
        yield f"logo, {form}", 1
        # Finding a symbol that tolerates the logo.
        yield "logo, modules", modules
        if raster:
            yield "logo, pixels", megapixels
    if form in ("txt", "json"):
        return
    where = "pixels" if raster else "vector"
    # A bitmap within a vector format has a fixed number of pixels for each module.
    area = megapixels if raster else modules
    yield f"style, {form}", 1
    yield f"style, {where}", area
    if style.data_pattern != "square":
        kind = "each its own" if style.data_pattern in _EACH_ITS_OWN else "alike"
        yield f"modules {kind}, {where}", modules
    if style.stroke is not None:
        yield f"stroke, {where}", modules
    for gradient in (style.gradient, style.eye_gradient, style.background_gradient):
        if gradient is not None:
            yield f"gradient, {where}", area
    for effect in style.effects:
        yield effect.type, 1
        yield f"{effect.type}, {where}", area
    if style.effects and form in ("webp", "png", "avif"):
        # Grain and blurs leave few tiles that repeat.
        yield f"effects, {form}", megapixels
    if style.frame is not None:
        yield "frame", 1
    if style.verify:
        yield "read back", 1
        yield "read back, modules", modules
        yield f"read back, {where}", area


def _count_modules(request: CanonicalRequest) -> int:
    """Count the modules of the symbol, but skip the segmentation: text counts as digits or as bytes."""
    version = request.version
    if version is None:
        text = request.text
        bits = len(text) * 10 // 3 if text.isdigit() else 8 * len(text.encode())
        version = 1 + bisect_left(capacities(request.error_correction, micro=False), 20 + bits // max(1, request.parts))
    return (17 + 4 * min(version, 40)) ** 2
