"""The two tiers of one execution environment: memory in front of Redis, in a service that works without either.

The modules for the Redis tier and for operators are loaded when they are first needed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Literal

from ..config import Settings, is_started_ahead
from .counters import Counters
from .deferred_store import DeferredStore
from .entry import Entry
from .memory import MemoryTier
from .operations import LeasedElsewhere, LookupRequest, StoreRequest
from .refusals import MAX_REFUSALS, Refusals

if TYPE_CHECKING:
    from .clear import Cleared, ClearFilter
    from .popularity import Popular
    from .redis_tier import RedisTier
    from .stats import CacheStats

__all__ = ["Cache", "Tier"]

Tier = Literal["memory", "redis"]


class Cache:
    """Both tiers of one execution environment.

    Parameters
    ----------
    settings
        Where Redis is, if there is one, and the bounds of the memory tier.
    is_sound
        Whether the picture and the metadata of an entry from Redis can be served; if not, the picture is drawn again.
    metadata_layout
        Identifies the fields of the metadata: entries with other fields have other names.
    """

    def __init__(
        self,
        settings: Settings,
        is_sound: Callable[[Entry], bool] = lambda _: True,
        metadata_layout: bytes = b"",
    ) -> None:
        self.settings = settings
        self.counters = Counters()
        self.redis: RedisTier | None = None
        if settings.mode != "memory":
            from .redis_tier import RedisTier

            self.redis = RedisTier(settings, self.counters, is_sound, metadata_layout)
        ttl = min(settings.memory_cache_ttl, settings.redis_ttl) if self.redis else settings.redis_ttl
        self.memory = MemoryTier(settings.memory_cache_bytes, ttl)
        self.refusals = Refusals(MAX_REFUSALS if settings.memory_cache_bytes else 0)
        self._cursor = ("", 0)
        # Nobody waits for an environment that starts ahead of its requests.
        skips = self.redis is not None and settings.redis_first_lookup == "skip" and not is_started_ahead()
        self._deferred = DeferredStore(skips=skips)

    def request(self) -> AbstractContextManager[None]:
        """Limit what the Redis commands in the ``with`` block may lose to what one request may.

        That is one connection and two commands. A request within a request shares the limit of the outer one.
        """
        if self.redis is None:
            return nullcontext()
        return self.redis.request()

    def recall(self, key: str) -> Entry | None:
        """Return the entry under `key` if the memory tier has it, and count the hit."""
        if self._deferred.pending is not None:
            self._settle()
        entry = self.memory.get(key)
        if entry is not None:
            self.counters.memory_hits += 1
        return entry

    def lookup(self, request: LookupRequest) -> tuple[Entry, Tier] | None:
        """Look one request up as `lookup_all` does, but wait if another environment is drawing its picture."""
        entry = self.recall(request.key)
        if entry is not None:
            return entry, "memory"
        weighted = self._weighted(request)
        if self.redis is None or self._deferred.skip((weighted,)):
            self.counters.misses += 1
            return self._keep(request.key, None)
        result = self.redis.lookup(weighted)
        if isinstance(result, LeasedElsewhere):
            result = self.redis.wait(weighted, result)
        return self._keep(request.key, result)

    def lookup_all(self, requests: Sequence[LookupRequest]) -> list[tuple[Entry, Tier] | LeasedElsewhere | None]:
        """Look up all of `requests`, which have different keys, in one exchange and without waiting.

        After a miss the caller is expected to draw the picture and `store` it, or to `release` the key.

        Returns
        -------
        For each request: the entry and its tier, counted as a hit; None, counted as a miss; or `LeasedElsewhere`, not
        counted, if another environment is drawing the picture.
        """
        results: list[tuple[Entry, Tier] | LeasedElsewhere | None] = [None] * len(requests)
        indexes: list[int] = []
        absent: list[LookupRequest] = []
        for index, request in enumerate(requests):
            entry = self.recall(request.key)
            if entry is not None:
                results[index] = entry, "memory"
            else:
                indexes.append(index)
                absent.append(self._weighted(request))
        if self.redis is None or self._deferred.skip(absent):
            self.counters.misses += len(absent)
            answers: Sequence[Entry | LeasedElsewhere | None] = [None] * len(absent)
        else:
            answers = self.redis.lookup_all(absent)
        for index, request, result in zip(indexes, absent, answers, strict=True):
            results[index] = result if isinstance(result, LeasedElsewhere) else self._keep(request.key, result)
        return results

    def _weighted(self, request: LookupRequest) -> LookupRequest:
        """Return `request` weighted with the hits of its entry in the memory tier, if the entry has expired there."""
        hits = self.memory.expired_hits(request.key)
        return request.with_weight(1 + hits) if hits else request

    def _keep(self, key: str, entry: Entry | None) -> tuple[Entry, Tier] | None:
        """Put the entry from Redis, if there is one, into the memory tier in place of the expired one."""
        self.memory.drop(key)
        if entry is None:
            return None
        self.memory.put(key, entry)
        return entry, "redis"

    def store(self, request: StoreRequest) -> bool:
        """Keep one entry as `store_all` does."""
        return self.store_all((request,))[0]

    def store_all(self, requests: Sequence[StoreRequest]) -> list[bool]:
        """Keep all of `requests` in both tiers, in one exchange.

        Returns
        -------
        For each request, whether the shared tier, or the only one, accepted it.
        """
        for request in requests:
            self.memory.put(request.key, request.entry, lookups=request.lookups)
        if self.redis is None:
            for request in requests:
                self.counters.merge(Counters.of_stored(request.entry))
            return [self.memory.holds(request.key) for request in requests]
        deferred = [self._deferred.defer(request) for request in requests]
        stored = iter(
            self.redis.store([request for request, later in zip(requests, deferred, strict=True) if not later])
        )
        return [later or next(stored) for later in deferred]

    def release(self, cache_keys: Sequence[str]) -> None:
        """Let others draw the pictures under `cache_keys`, since this environment could not."""
        leased = [key for key in cache_keys if not self._deferred.end(key)]
        if self.redis is not None and leased:
            self.redis.release(leased)

    def not_expiring(self, cache_keys: list[str]) -> list[bool]:
        """Return for each key whether the shared or only tier has an entry that is not about to expire. Counts nothing.

        Raises
        ------
        CacheUnavailable
            Redis does not answer.
        """
        self._settle()
        if self.redis is None:
            return [self.memory.holds(key) for key in cache_keys]
        from .warm_progress import not_expiring

        return self.redis.ask(not_expiring, [self.redis.entry_name(key) for key in cache_keys])

    def popular(self, count: int) -> list[Popular]:
        """Return the `count` keys that are requested most, with their requests, the most popular first.

        Raises
        ------
        CacheUnavailable
            Redis does not answer.
        """
        from .popularity import Popular, read_popular

        self._settle()
        if self.redis is None:
            held = self.memory.popular(count)
            return [Popular(key, float(lookups), entry.request_to_remember) for key, entry, lookups in held]
        return self.redis.ask(read_popular, count)

    def save_cursor(self, version: str, index: int) -> None:
        """Save how far the warming of this `version` of the list came."""
        self._cursor = (version, index)
        if self.redis is not None:
            from .warm_progress import save_cursor

            save_cursor(self.redis.client, version, index)

    def load_cursor(self, version: str) -> int:
        """Return how far the last warming of this `version` of the list came; 0 if none is known."""
        from .warm_progress import load_cursor

        cursor = self._cursor if self.redis is None else load_cursor(self.redis.client)
        return cursor[1] if cursor[0] == version else 0

    def clear(
        self,
        clear_filter: ClearFilter | None = None,
        *,
        cursor: str | None = None,
        seconds: float = 20.0,
    ) -> Cleared:
        """Remove the entries that match `clear_filter`, or all entries, from both tiers.

        Parameters
        ----------
        cursor, seconds
            Where an earlier clear stopped, and how long this one may take.

        Raises
        ------
        CacheUnavailable
            Redis does not answer; the memory tier of this environment is cleared all the same.
        InvalidRequest
            The cursor does not come from an earlier call.
        """
        from .clear import Cleared, clear_redis, forget_popular

        self.refusals.clear()
        self._settle()
        before = len(self.memory)
        count, freed = self.memory.clear(
            lambda entry: clear_filter is None or clear_filter.matches(entry.created, entry.request)
        )
        if self.redis is None:
            return Cleared(count, before, freed, None)
        if cursor is None:
            self.redis.ask(forget_popular, clear_filter)
        return self.redis.ask(clear_redis, clear_filter, cursor=cursor, seconds=seconds)

    def stats(self, format_of: Callable[[bytes], str]) -> CacheStats:
        """Return the figures of both tiers.

        Parameters
        ----------
        format_of
            Reads the format from a canonical request.

        Raises
        ------
        CacheUnavailable
            Redis does not answer.
        """
        from .stats import MemoryTierStats, PopularEntry, Shared, read_shared, to_stats

        self._settle()
        if self.redis is None:
            memory = self.memory
            shared = Shared(self.counters, len(memory), memory.bytes, True, memory.evictions)
        else:
            shared = self.redis.ask(read_shared, self.counters)
        popular = [
            PopularEntry(popular_key.key, format_of(popular_key.request), round(popular_key.lookups, 2))
            for popular_key in self.popular(10)
        ]
        own = MemoryTierStats(len(self.memory), self.memory.bytes, self.memory.hits)
        return to_stats(shared, own, popular, self.settings, self.breaker)

    def _settle(self) -> None:
        if self.redis is not None:
            self._deferred.settle(self.redis.store)

    def forget(self) -> None:
        """Close every connection and reset the cache, but keep what this environment has counted; see `snapshot`."""
        self.memory.clear(lambda _: True)
        self.refusals.clear()
        if self.redis is not None:
            self.redis.forget()

    @property
    def breaker(self) -> Literal["closed", "open"]:
        """Whether this environment currently leaves Redis, or one of its nodes, alone."""
        breakers = self.redis.client.breakers.values() if self.redis else ()
        return "open" if any(breaker.is_open for breaker in breakers) else "closed"
