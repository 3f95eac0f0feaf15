"""An estimate of the processor time that drawing a code takes, made from the request before anything is drawn."""

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
"""What even a small code may take, in an environment that has only just started and has to load what draws it."""

ANSWER_MS: Final = 1000.0
"""What it may take to put the pictures of a batch into its answer, and to compress that."""

LOGO_READING_MS: Final = 2000.0
"""What it may take to read a logo that is sent along."""

ASSET_READING_MS: Final = 12_000.0
"""What it may take to get a logo from S3 as well: two tries of two seconds to connect and three to read."""

_MARGIN: Final = 4.0
"""How much longer it may take: the estimate may be half of it, and a vCPU half as fast as what the prices are from."""

_SMALL: Final = 1024
"""Pixels of the side of a plain code that takes less than `LEAST_MS` in any format."""

_RASTER: Final = frozenset({"png", "webp", "jpeg", "avif", "gif"})

_EACH_ITS_OWN: Final = frozenset({"circular", "random", "mosaic", "wave"})
"""Patterns of which hardly two modules have the same shape, so that few tiles are drawn once for all."""

# The prices in milliseconds of processor time, measured and written here by `python scripts/estimate.py --fit`.
PRICES: Final[dict[str, float]] = {
    "avif, pixels": 168,
    "blur, pixels": 0.208,
    "blur, vector": 11.2,
    "code": 0.318,
    "effects, avif": 0.222,
    "effects, png": 9.74,
    "effects, webp": 7.38,
    "frame": 13.7,
    "gif, pixels": 34.8,
    "glow": 1.99,
    "glow, pixels": 22.3,
    "gradient, pixels": 21.1,
    "gradient, vector": 1.88,
    "jpeg, pixels": 3.66,
    "logo, avif": 12.8,
    "logo, eps": 128,
    "logo, gif": 8.84,
    "logo, jpeg": 3.15,
    "logo, modules": 0.537,
    "logo, pdf": 2.25,
    "logo, webp": 0.745,
    "noise": 0.851,
    "noise, pixels": 65.1,
    "noise, vector": 8.02,
    "pattern, pixels": 0.985,
    "pattern, vector": 0.345,
    "pdf": 2.66,
    "png, pixels": 3.74,
    "read back": 3.34,
    "read back, modules": 3.34,
    "read back, pixels": 2.57,
    "read back, vector": 5.16,
    "shadow": 2.18,
    "shadow, pixels": 4.56,
    "shadow, vector": 4.82,
    "style, avif": 9.97,
    "style, eps": 1.02,
    "style, gif": 1.73,
    "style, jpeg": 1.14,
    "style, pdf": 2.66,
    "style, pixels": 10.1,
    "style, png": 1.36,
    "style, svg": 0.555,
    "style, webp": 0.853,
    "vintage": 1.8,
    "vintage, pixels": 57.7,
    "vintage, vector": 11.6,
    "webp, pixels": 16.6,
}
"""What one unit of each kind of work costs, in milliseconds: of a picture, of a million pixels, or of 1,000 modules."""


def drawing_ms(request: CanonicalRequest) -> float:
    """Return the milliseconds that drawing `request` may take on one vCPU, with a margin; at least `LEAST_MS`."""
    if request.style is None and request.size <= _SMALL:
        return LEAST_MS
    return max(LEAST_MS, _MARGIN * estimate_ms(request))


def estimate_ms(request: CanonicalRequest) -> float:
    """Estimate the milliseconds of processor time that drawing `request` takes in an environment that has drawn some.

    Six of seven styled codes take between half and twice of it.
    """
    return sum(PRICES.get(kind, 0.0) * amount for kind, amount in work(request))


def work(request: CanonicalRequest) -> Iterator[tuple[str, float]]:
    """Yield each kind of work that drawing `request` needs, and how much of it."""
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
        # A symbol is found that bears it.
        yield "logo, modules", modules
        if raster:
            yield "logo, pixels", megapixels
    if form in ("txt", "json"):
        return
    where = "pixels" if raster else "vector"
    # What a vector format carries as a bitmap has a fixed number of pixels for each module.
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
        # Grain and blurs leave these little that repeats.
        yield f"effects, {form}", megapixels
    if style.frame is not None:
        yield "frame", 1
    if style.verify:
        yield "read back", 1
        yield "read back, modules", modules
        yield f"read back, {where}", area


def _count_modules(request: CanonicalRequest) -> int:
    """Count the modules of the symbol, but for its segmentation: text is taken for digits or for bytes."""
    version = request.version
    if version is None:
        text = request.text
        bits = len(text) * 10 // 3 if text.isdigit() else 8 * len(text.encode())
        version = 1 + bisect_left(capacities(request.error_correction, micro=False), 20 + bits // max(1, request.parts))
    return (17 + 4 * min(version, 40)) ** 2
