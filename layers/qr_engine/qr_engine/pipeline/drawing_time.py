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
    "avif, pixels": 136,
    "blur, pixels": 1.47,
    "code, modules": 0.692,
    "effects, webp": 2.96,
    "frame": 5.55,
    "gif, pixels": 30.1,
    "glow, pixels": 19.2,
    "glow, vector": 7.11,
    "gradient, pixels": 20.2,
    "gradient, vector": 2.23,
    "jpeg, pixels": 0.0866,
    "logo, eps": 186,
    "logo, gif": 5.25,
    "logo, pixels": 4.13,
    "logo, png": 2.6,
    "modules alike, pixels": 0.932,
    "modules alike, vector": 0.0262,
    "modules each its own, pixels": 1.43,
    "noise": 0.185,
    "noise, pixels": 46.7,
    "noise, vector": 7.39,
    "pdf": 3.9,
    "png, pixels": 2.8,
    "read back": 5.75,
    "read back, modules": 1.54,
    "read back, pixels": 9.47,
    "read back, vector": 6.52,
    "shadow": 1.38,
    "shadow, pixels": 14.1,
    "shadow, vector": 7.4,
    "stroke, pixels": 10.7,
    "stroke, vector": 1.7,
    "style, avif": 6.97,
    "style, jpeg": 0.328,
    "style, pdf": 3.9,
    "style, pixels": 9.32,
    "style, png": 1.51,
    "style, svg": 1.19,
    "style, webp": 0.594,
    "vintage": 0.931,
    "vintage, pixels": 36.3,
    "vintage, vector": 8.19,
    "webp, pixels": 12.7,
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
