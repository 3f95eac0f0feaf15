"""The path of a canonical request to its picture: look it up, else draw it and store it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from time import perf_counter, time
from typing import Any, Literal

import msgspec

from ..cache import LEASE_MS, Cache, Entry, load_client, pressed
from ..config import Settings, is_provisioned, is_started_ahead, settings
from ..errors import CacheUnavailable
from ..observability import count, observe
from ..render import FORMATS
from ..request import CanonicalRequest, cache_key, canonical_bytes, format_of, is_redrawable, parse
from .drawing_time import drawing_ms
from .generate import draw_picture
from .metadata import is_readable, pack_metadata, unpack_metadata

__all__ = ["Code", "Engine", "Source", "engine", "prepare"]

Source = Literal["memory", "redis", "miss", "bypass"]

DRAW_RESERVE_MS = 1000
"""Milliseconds of an invocation kept for drawing the picture after waiting for another environment in vain."""


class Code(msgspec.Struct, frozen=True):
    """A finished code and its source.

    Attributes
    ----------
    key
        The cache key, 64 hex digits.
    entry
        The picture and its metadata.
    source
        The tier that had the picture, ``miss`` if it was drawn, ``bypass`` if the cache was not asked.
    lookup_ms, draw_ms
        Milliseconds spent in the cache and on drawing.
    """

    key: str
    format: str
    entry: Entry
    source: Source
    lookup_ms: float
    draw_ms: float

    def describe(self) -> dict[str, Any]:
        """Return the metadata as a plain object, with the milliseconds that making this answer took."""
        metadata = unpack_metadata(self.entry.metadata)
        metadata["generation_time_ms"] = round(self.lookup_ms + self.draw_ms, 3)
        return metadata


class Engine:
    """The engine of one execution environment: it owns the cache, and answers from it or draws."""

    def __init__(self, configuration: Settings) -> None:
        self.cache = Cache(configuration, _is_sound)

    def generate(
        self,
        request: CanonicalRequest,
        *,
        cached: bool = True,
        remaining_ms: Callable[[], float] = lambda: 30_000.0,
    ) -> Code:
        """Return the code that `request` describes, from the cache or drawn.

        Parameters
        ----------
        cached
            Whether the cache may answer and keep the result.
        remaining_ms
            Returns the milliseconds that the invocation may still take.

        Raises
        ------
        Problem
            The code cannot be drawn, or would not scan.
        """
        canonical = canonical_bytes(request)
        key = cache_key(canonical)
        if self.cache.memory.holds(key) or not cached:
            return self._generate(request, canonical, key, cached, 0.0)
        drawing = drawing_ms(request)
        with self.cache.request():
            # Who waits for another's drawing needs the time to draw after all.
            wait_ms = min(LEASE_MS, drawing, remaining_ms() - max(DRAW_RESERVE_MS, drawing / 2))
            return self._generate(request, canonical, key, cached, wait_ms)

    def _generate(
        self,
        request: CanonicalRequest,
        canonical: bytes,
        key: str,
        cached: bool,
        wait_ms: float,
    ) -> Code:
        started = perf_counter()
        hit = None
        if cached:
            plain = request.style is None
            hit = self.cache.lookup(key, canonical, wait_ms=wait_ms, redrawable=is_redrawable(request), quick=plain)
        looked_up = perf_counter()
        lookup_ms = (looked_up - started) * 1000
        if hit is not None:
            entry, tier = hit
            if tier == "memory":
                count("MemoryHits")
            else:
                count("RedisHits")
                observe("LookupTime", lookup_ms)
            return Code(key, request.format, entry, tier, lookup_ms, 0.0)
        entry = self.draw(key, canonical, request, for_cache=cached)
        draw_ms = (perf_counter() - looked_up) * 1000
        observe("DrawTime", draw_ms)
        if cached:
            count("Misses")
            if self.cache.redis is not None:
                observe("LookupTime", lookup_ms)
            self.cache.store(key, entry, redrawable=is_redrawable(request))
        return Code(key, request.format, entry, "miss" if cached else "bypass", lookup_ms, draw_ms)

    def draw_and_store(self, request: CanonicalRequest) -> None:
        """Draw the picture of `request` and store it, whether it is there already or not. Counts no lookup.

        Raises
        ------
        Problem
            The code cannot be drawn, would not scan, or no cache took it.
        """
        canonical = canonical_bytes(request)
        key = cache_key(canonical)
        if not self.cache.store(key, self.draw(key, canonical, request, for_cache=True), lookups=0):
            raise CacheUnavailable("The cache did not take the picture.")

    def draw(self, key: str, canonical: bytes, request: CanonicalRequest, *, for_cache: bool) -> Entry:
        """Draw the picture of `request` without storing it; if that fails, give the lease on it back.

        Parameters
        ----------
        for_cache
            Whether the picture is going to be stored: then there is a lease, and text is compressed.

        Raises
        ------
        Problem
            The code cannot be drawn, or would not scan.
        """
        try:
            body, metadata = draw_picture(request)
        except BaseException:
            if for_cache:
                self.cache.release(key)
            raise
        compressible = for_cache and not FORMATS[request.format].binary
        return pressed(int(time()), pack_metadata(metadata), canonical, body, text=compressible)


def _is_sound(entry: Entry) -> bool:
    """Tell whether the picture and the metadata of an entry from Redis decode."""
    if not is_readable(entry.metadata):
        return False
    picture_format = FORMATS.get(format_of(entry.request))
    try:
        picture = entry.picture()
        if picture_format is not None and not picture_format.binary:
            picture.decode()
    except ValueError:
        return False
    return picture_format is not None


@cache
def engine() -> Engine:
    """Return the engine of this process, made at the first call."""
    return Engine(settings())


def prepare() -> None:
    """Check the settings, and load everything now if the environment starts ahead of its requests.

    An environment that starts on demand loads modules when a request needs them. No socket is opened, since a
    SnapStart image cannot keep one.

    Raises
    ------
    ConfigurationError
        A setting cannot be used.
    """
    configuration = settings()
    if not is_provisioned():
        count("ColdStart")
    if not is_started_ahead():
        return
    for name in FORMATS:
        draw_picture(parse({"data": "https://example.com", "format": name})[1])
    load_client(configuration)
    from ..snapstart import on_freeze_and_thaw

    on_freeze_and_thaw(_forget)


def _forget() -> None:
    if engine.cache_info().currsize:
        engine().cache.forget()
