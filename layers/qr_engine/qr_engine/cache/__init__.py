"""The distributed cache: memory in front of Redis, and a service that works without either."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from ..config import Settings
from ..errors import CacheUnavailable
from . import stats as _stats
from .clear import clear_redis
from .counters import Counters
from .entry import Entry
from .memory import MemoryTier
from .pattern import matcher
from .redis_tier import RedisTier, Unavailable
from .stats import CacheStats, MemoryTierStats

__all__ = ["Cache", "CacheStats", "Entry", "MemoryTierStats", "Tier", "matcher"]

Tier = Literal["memory", "redis"]


class Cache:
    """Both tiers of one execution environment.

    Parameters
    ----------
    settings
        Where Redis is, if there is one, and the bounds of the memory tier.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.counters = Counters()
        self.memory_hits = 0
        self.redis = RedisTier(settings, self.counters) if settings.redis_url else None
        ttl = min(settings.memory_cache_ttl, settings.redis_ttl) if self.redis else settings.redis_ttl
        self.memory = MemoryTier(settings.memory_cache_bytes, ttl)

    def lookup(self, key: str, request: bytes) -> tuple[Entry, Tier] | None:
        """The entry that answers the canonical `request`, and the tier that had it. Counts a hit or a miss."""
        entry = self.memory.get(key)
        if entry is not None:
            self.memory_hits += 1
            self.counters.hits += 1
            return entry, "memory"
        if self.redis is None:
            self.counters.misses += 1
            return None
        entry = self.redis.lookup(key, request)
        if entry is None:
            return None
        self.memory.put(key, entry)
        return entry, "redis"

    def store(self, key: str, entry: Entry) -> bool:
        """Keep `entry` in both tiers; whether the tier that is shared, or the only one, took it."""
        self.memory.put(key, entry)
        if self.redis is None:
            self.counters.sets += 1
            return True
        return self.redis.store(key, entry)

    def holds(self, key: str) -> bool:
        """Whether the tier that is shared, or the only one, has an entry under `key`. Counts nothing.

        Raises
        ------
        CacheUnavailable
            Redis does not answer.
        """
        if self.redis is None:
            return self.memory.get(key) is not None
        try:
            return self.redis.holds(key)
        except Unavailable:
            raise _gone() from None

    def clear(self, chosen: Callable[[Entry], bool] | None = None) -> int:
        """Remove the entries that `chosen` picks, or all; how many there were in the shared, or the only, tier.

        Raises
        ------
        CacheUnavailable
            Redis does not answer; the memory tier of this environment is cleared all the same.
        """
        forgotten = self.memory.clear(chosen or (lambda _: True))
        if self.redis is None:
            return forgotten
        try:
            return clear_redis(self.redis, chosen)
        except Unavailable:
            raise _gone() from None

    def stats(self) -> CacheStats:
        """The figures of both tiers.

        Raises
        ------
        CacheUnavailable
            Redis does not answer.
        """
        counters, (count, size, exact) = self.counters, (len(self.memory), self.memory.bytes, True)
        if self.redis is not None:
            try:
                if self.settings.redis_enable_stats:
                    counters = _stats.counted(self.redis)
                count, size, exact = _stats.held(self.redis)
            except Unavailable:
                raise _gone() from None
        lookups = counters.hits + counters.misses
        return CacheStats(
            hits=counters.hits,
            misses=counters.misses,
            hit_rate=round(100 * counters.hits / lookups, 2) if lookups else 0.0,
            sets=counters.sets,
            errors=counters.errors,
            total_keys=count,
            total_keys_exact=exact,
            memory_bytes=size,
            memory_mb=round(size / 1_048_576, 3),
            prefix=self.settings.redis_prefix,
            mode="standalone" if self.redis else "memory",
            memory_tier=MemoryTierStats(entries=len(self.memory), bytes=self.memory.bytes, hits=self.memory_hits),
        )


def _gone() -> CacheUnavailable:
    return CacheUnavailable("Redis does not answer; codes are drawn and served without it. Try again in a few seconds.")
