"""From a canonical request to its picture: look it up, or draw it and store it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from time import perf_counter, time
from typing import Any, Literal

import msgspec

from ..cache import LEASE_MS, Cache, Entry, LeasedElsewhere, LookupRequest, StoreRequest, Tier, compress_entry
from ..config import Settings, is_provisioned, is_started_ahead, settings
from ..errors import CacheUnavailable, Problem
from ..observability import count, observe
from ..render import FORMATS
from ..request import CanonicalRequest, format_of, parse
from .drawing_time import drawing_ms
from .generate import draw_picture
from .keyed_request import KeyedRequest
from .metadata import FINGERPRINT, changes_in, is_readable, pack_metadata, unpack_metadata

__all__ = ["Code", "Engine", "LookupResult", "Source", "engine", "prepare"]

Source = Literal["memory", "redis", "miss", "bypass"]

DRAW_RESERVE_MS = 1000
"""Milliseconds of an invocation kept for drawing the picture if waiting for another environment was in vain."""


LookupResult = tuple[Entry, Tier] | LeasedElsewhere | None
"""An entry and its tier; or `LeasedElsewhere`, if another environment is drawing it; or nothing."""


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
    is_private
        The same as in `KeyedRequest`.
    """

    key: str
    format: str
    entry: Entry
    source: Source
    lookup_ms: float
    draw_ms: float
    is_private: bool = False

    @property
    def changes(self) -> Sequence[str]:
        """What the engine changed in the request so that the code can be drawn and read, a sentence for each change."""
        return changes_in(self.entry.metadata)

    def describe(self) -> dict[str, Any]:
        """Return the metadata as a plain object, with the milliseconds that this answer took."""
        metadata = unpack_metadata(self.entry.metadata)
        metadata["generation_time_ms"] = round(self.lookup_ms + self.draw_ms, 3)
        return metadata


class Engine:
    """The engine of one execution environment: it owns the cache, and answers from it or draws."""

    def __init__(self, configuration: Settings) -> None:
        self.cache = Cache(configuration, _is_sound, FINGERPRINT)
        self._max_cpu_seconds = configuration.max_cpu_seconds

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
        return self.generate_keyed(KeyedRequest.of(request, cached=cached), remaining_ms)

    def generate_keyed(self, keyed: KeyedRequest, remaining_ms: Callable[[], float]) -> Code:
        """Return the code of `keyed`, as `generate` does."""
        request = keyed.request
        if not keyed.cached:
            return self.draw_code(keyed, 0.0)
        started = perf_counter()
        entry = self.cache.recall(keyed.key)
        if entry is not None:
            return self.record_hit(keyed, (entry, "memory"), (perf_counter() - started) * 1000)
        self.cache.refusals.check(keyed.key)
        if keyed.is_private:
            return self._generate_privately(keyed)
        with self.cache.request():
            drawing = drawing_ms(request)
            # If the other environment does not store the picture, there has to be time left to draw it.
            lease_ms = min(LEASE_MS, drawing, remaining_ms() - max(DRAW_RESERVE_MS, drawing / 2))
            started = perf_counter()
            hit = self.cache.lookup(_lookup_request(keyed, lease_ms))
            lookup_ms = (perf_counter() - started) * 1000
            self._observe_lookup(lookup_ms, int(hit is None), is_remote=hit is None or hit[1] == "redis")
            if hit is not None:
                return self.record_hit(keyed, hit, lookup_ms)
            code = self.draw_code(keyed, lookup_ms)
            self.cache.store(StoreRequest(keyed.key, code.entry))
            return code

    def _generate_privately(self, keyed: KeyedRequest) -> Code:
        """Draw a code that this environment does not have yet, and store it nowhere else."""
        self.cache.counters.misses += 1
        count("Misses")
        code = self.draw_code(keyed, 0.0)
        self.cache.memory.put(keyed.key, code.entry, lookups=1)
        return code

    def look_up_all(
        self, requests: Sequence[KeyedRequest], lease_ms: Sequence[float]
    ) -> tuple[list[LookupResult], float]:
        """Look up `requests`, which have different keys, in one exchange; count the misses.

        Parameters
        ----------
        lease_ms
            For each request, the longest that its drawing may keep others waiting.

        Returns
        -------
        The result for each request, and its share of the exchange in milliseconds.
        """
        lookups = [_lookup_request(keyed, lease) for keyed, lease in zip(requests, lease_ms, strict=True)]
        started = perf_counter()
        results = self.cache.lookup_all(lookups)
        lookup_ms = (perf_counter() - started) * 1000
        is_remote = not all(isinstance(result, tuple) and result[1] == "memory" for result in results)
        self._observe_lookup(lookup_ms, results.count(None), is_remote=is_remote)
        return results, lookup_ms / len(requests)

    def _observe_lookup(self, lookup_ms: float, misses: int, *, is_remote: bool) -> None:
        if is_remote and self.cache.redis is not None:
            observe("LookupTime", lookup_ms)
        if misses:
            count("Misses", misses)

    def record_hit(self, keyed: KeyedRequest, hit: tuple[Entry, Tier], lookup_ms: float) -> Code:
        """Return the code that a tier had, and count the hit."""
        entry, tier = hit
        count("MemoryHits" if tier == "memory" else "RedisHits")
        return Code(keyed.key, keyed.request.format, entry, tier, lookup_ms, 0.0, keyed.is_private)

    def draw_code(self, keyed: KeyedRequest, lookup_ms: float) -> Code:
        """Draw the picture of `keyed` as `draw` does, and record how long that took."""
        started = perf_counter()
        entry = self.draw(keyed)
        draw_ms = (perf_counter() - started) * 1000
        observe("DrawTime", draw_ms)
        source: Source = "miss" if keyed.cached else "bypass"
        return Code(keyed.key, keyed.request.format, entry, source, lookup_ms, draw_ms, keyed.is_private)

    def check_drawing_time(self, request: CanonicalRequest) -> None:
        """Refuse a request that is estimated to take longer than the owner allows, if there is a limit.

        Raises
        ------
        TooMuchData
            See `drawing_limit.check_drawing_time`.
        """
        if self._max_cpu_seconds is not None:
            from .drawing_limit import check_drawing_time

            check_drawing_time(request, self._max_cpu_seconds)

    def draw(self, keyed: KeyedRequest) -> Entry:
        """Draw the picture of `keyed` without storing it; on failure, give its lease back.

        Raises
        ------
        Problem
            The code cannot be drawn, or would not scan.
        """
        request = keyed.request
        try:
            self.cache.refusals.check(keyed.key)
            self.check_drawing_time(request)
            body, metadata = draw_picture(request)
        except BaseException as error:
            if isinstance(error, Problem):
                self.cache.refusals.remember(keyed.key, error)
            if keyed.is_shared:
                self.cache.release([keyed.key])
            raise
        compressible = keyed.cached and not FORMATS[request.format].binary
        return compress_entry(
            int(time()),
            pack_metadata(metadata),
            keyed.canonical,
            body,
            text=compressible,
            recipe=keyed.recipe,
        )

    def draw_and_store(self, keyed: KeyedRequest) -> None:
        """Draw the picture of `keyed` and store it, even if it is already stored. Counts no lookup.

        Raises
        ------
        Problem
            The code cannot be drawn, would not scan, or no cache accepted it.
        """
        if not self.cache.store(StoreRequest(keyed.key, self.draw(keyed), lookups=0)):
            raise CacheUnavailable("The cache did not take the picture.")


def _lookup_request(keyed: KeyedRequest, lease_ms: float) -> LookupRequest:
    request = keyed.request
    return LookupRequest(
        keyed.key,
        keyed.canonical,
        lease_ms,
        recipe=keyed.recipe,
        is_quick=request.style is None,
    )


def _is_sound(entry: Entry) -> bool:
    """Return whether the picture and the metadata of an entry from Redis decode."""
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
    if configuration.mode != "memory":
        # Every first request needs this, whatever its route.
        from ..cache import redis_tier
    if not is_provisioned():
        count("ColdStart")
    if not is_started_ahead():
        return
    for name in FORMATS:
        draw_picture(parse({"data": "https://example.com", "format": name})[1])
    # One field more than plain codes have, so that the schema of all other codes is loaded as well.
    parse({"data": "https://example.com", "repair": True})
    if configuration.mode != "memory":
        redis_tier.load_client(configuration)
    from ..snapstart import on_freeze_and_thaw

    on_freeze_and_thaw(_forget)


def _forget() -> None:
    if engine.cache_info().currsize:
        engine().cache.forget()
