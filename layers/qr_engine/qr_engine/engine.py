"""The one path from a canonical request to a picture: look up, else encode, compose, check, render, store."""

from __future__ import annotations

from functools import cache
from time import perf_counter, time
from typing import Any, Literal

import msgspec

from .artwork import Artwork, compose
from .artwork.color import parse_color
from .cache import Cache, Entry
from .config import Settings, settings, starts_ahead
from .errors import CacheUnavailable, WouldNotScan
from .render import FORMATS, draw
from .request import CanonicalRequest, cache_key, canonical_bytes, parse
from .scan import ScanReport, rejections, report
from .symbol import Level, Symbol, encode, encode_part

__all__ = ["Code", "Engine", "Metadata", "Source", "engine", "plan", "prepare"]

Source = Literal["memory", "redis", "miss", "bypass"]
Complexity = Literal["basic", "medium", "advanced", "ultra"]

_COMPLEXITY: dict[str, Complexity] = {"colors": "medium"}
"""What a feature of the artwork makes of a code; whatever is not here leaves it basic."""

_PLAIN = ("#000000", "#ffffff")


class Metadata(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a picture besides its bytes.

    Attributes
    ----------
    version, micro, modules
        The symbol, and its modules a side without the quiet zone.
    data_capacity, data_used
        Bits that the symbol holds at its level, and those taken.
    quiet_zone
        Modules on each side.
    width, height
        Pixels; None for formats that have none.
    """

    version: int
    micro: bool
    modules: int
    error_correction: Level | None
    mask: int
    eci: int | None
    quiet_zone: int
    data_capacity: int
    data_used: int
    width: int | None
    height: int | None
    bytes: int
    complexity_level: Complexity
    features_used: tuple[str, ...]
    scan: ScanReport


class Code(msgspec.Struct, frozen=True):
    """A finished code and how it came about.

    Attributes
    ----------
    key
        The cache key, 64 hex digits.
    body
        The picture.
    metadata
        The encoded `Metadata`; `describe` reads it.
    source
        The tier that had it, ``miss`` if it was drawn, ``bypass`` if the cache was not asked.
    lookup_ms, draw_ms
        Milliseconds spent in the cache and on drawing.
    """

    key: str
    format: str
    body: bytes
    metadata: bytes
    source: Source
    lookup_ms: float
    draw_ms: float

    def describe(self) -> dict[str, Any]:
        """The metadata as a plain object, with the time that this answer took to make."""
        known: dict[str, Any] = msgspec.msgpack.decode(self.metadata)
        known["generation_time_ms"] = round(self.lookup_ms + self.draw_ms, 3)
        return known


class Engine:
    """One execution environment: its cache, and the way through it."""

    def __init__(self, configuration: Settings) -> None:
        self.cache = Cache(configuration)

    def generate(self, request: CanonicalRequest, *, cached: bool = True) -> Code:
        """The code that `request` asks for.

        Parameters
        ----------
        cached
            Whether the cache may answer and keep the result.

        Raises
        ------
        Problem
            It cannot be drawn, or would not scan.
        """
        canonical = canonical_bytes(request)
        key = cache_key(canonical)
        started = perf_counter()
        found = self.cache.lookup(key, canonical) if cached else None
        looked_up = perf_counter()
        lookup_ms = (looked_up - started) * 1000
        if found is not None:
            entry, tier = found
            return Code(key, request.format, entry.body, entry.metadata, tier, lookup_ms, 0.0)
        body, metadata = drawn(request)
        draw_ms = (perf_counter() - looked_up) * 1000
        if cached:
            self.cache.store(key, Entry(int(time()), metadata, canonical, body))
        return Code(key, request.format, body, metadata, "miss" if cached else "bypass", lookup_ms, draw_ms)

    def warm(self, request: CanonicalRequest) -> bool:
        """Have the picture of `request` in the cache; False if it is there already. Counts no lookup.

        Raises
        ------
        Problem
            It cannot be drawn, would not scan, or there is no cache that could keep it.
        """
        canonical = canonical_bytes(request)
        key = cache_key(canonical)
        if self.cache.holds(key):
            return False
        body, metadata = drawn(request)
        if not self.cache.store(key, Entry(int(time()), metadata, canonical, body)):
            raise CacheUnavailable("Redis did not take the picture.")
        return True


@cache
def engine() -> Engine:
    """The engine of this process, made when first asked for."""
    return Engine(settings())


def prepare() -> None:
    """Do at start what a request would have to wait for, as far as waiting at start costs nobody anything.

    An environment that starts on demand only checks its settings: everything else loads when a request needs it. No
    socket is opened, since a SnapStart image cannot keep one.

    Raises
    ------
    ConfigurationError
        A setting cannot be used.
    """
    configuration = settings()
    if not starts_ahead():
        return
    for name in FORMATS:
        drawn(parse({"data": "https://example.com", "format": name})[1])
    if configuration.redis_url:
        import redis  # noqa: F401 - loaded for the requests to come


def plan(request: CanonicalRequest) -> tuple[Artwork, ScanReport]:
    """The artwork that `request` describes, and whether it will scan; nothing is rendered.

    Raises
    ------
    TooMuchData
        The text does not fit.
    WouldNotScan
        No phone would read it.
    """
    artwork = compose(
        _symbol(request),
        margin=request.margin,
        size=request.size or 300,
        foreground=parse_color(request.foreground or "black"),
        background=parse_color(request.background or "white"),
    )
    issues = rejections(artwork, request.format)
    if issues:
        raise WouldNotScan(f"{issues[0].path}: {issues[0].message}", issues=issues)
    return artwork, report(artwork, request.format)


def drawn(request: CanonicalRequest) -> tuple[bytes, bytes]:
    """The picture that `request` describes and its encoded metadata; the same bytes each time.

    Raises
    ------
    Problem
        As `plan`.
    """
    artwork, scan = plan(request)
    body = draw(artwork, request.format)
    symbol = artwork.symbol
    pixels = request.size or None
    features = _features(request, symbol)
    metadata = Metadata(
        version=symbol.version,
        micro=symbol.micro,
        modules=symbol.size,
        error_correction=symbol.error_correction,
        mask=symbol.mask,
        eci=symbol.eci,
        quiet_zone=request.margin,
        data_capacity=symbol.capacity_bits,
        data_used=symbol.data_bits,
        width=pixels,
        height=pixels,
        bytes=len(body),
        complexity_level=_complexity(features),
        features_used=features,
        scan=scan,
    )
    return body, _encode(metadata)


_encode = msgspec.msgpack.Encoder().encode


def _symbol(request: CanonicalRequest) -> Symbol:
    options: dict[str, Any] = {
        "error_correction": request.error_correction,
        "boost": request.boost,
        "version": request.version,
        "mask": request.mask,
        "eci": request.eci,
        "kanji": request.kanji,
    }
    if request.parts:
        return encode_part(request.text, part=request.part, parts=request.parts, **options)
    return encode(request.text, micro=request.micro, **options)


def _features(request: CanonicalRequest, symbol: Symbol) -> tuple[str, ...]:
    used = {
        "colors": bool(request.foreground) and (request.foreground, request.background) != _PLAIN,
        "micro": symbol.micro,
        "structured_append": request.parts > 0,
        "eci": symbol.eci is not None,
        "kanji": any(segment.mode == "kanji" for segment in symbol.segments),
    }
    return tuple(name for name, present in used.items() if present)


def _complexity(features: tuple[str, ...]) -> Complexity:
    order: tuple[Complexity, ...] = ("basic", "medium", "advanced", "ultra")
    return max((_COMPLEXITY.get(feature, "basic") for feature in features), key=order.index, default="basic")
