"""What the cache has done and holds, as the stats route tells it."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from . import keys
from .counters import Counters
from .redis_tier import RedisTier

if TYPE_CHECKING:
    from redis import Redis

__all__ = ["CacheStats", "MemoryTierStats", "Mode", "counted", "held"]

Mode = Literal["memory", "standalone", "cluster", "sentinel"]

SCAN_BATCH = 1000
SCAN_SECONDS = 0.5
"""How long the entries are counted one by one; a larger cache is estimated from what was seen by then."""


class MemoryTierStats(msgspec.Struct, frozen=True):
    """The memory tier of the execution environment that answers: other environments have their own."""

    entries: int
    bytes: int
    hits: int


class CacheStats(msgspec.Struct, frozen=True, kw_only=True):
    """The cache in figures.

    Attributes
    ----------
    hits, misses
        Lookups of every environment; a hit of a memory tier is a hit.
    hit_rate
        Percent of hits among all lookups; 0 before the first.
    sets, errors
        Entries stored, and failures of Redis that were passed over.
    total_keys, memory_bytes, memory_mb
        Entries held, and what they take, counters not included.
    total_keys_exact
        False where there were too many to count them all in time, and the figures are estimates.
    """

    hits: int
    misses: int
    hit_rate: float
    sets: int
    errors: int
    total_keys: int
    total_keys_exact: bool
    memory_bytes: int
    memory_mb: float
    prefix: str
    mode: Mode
    memory_tier: MemoryTierStats


def counted(tier: RedisTier) -> Counters:
    """The counters of all environments.

    Raises
    ------
    Unavailable
        Redis does not answer.
    """
    tier.record()
    fields = Counters.__struct_fields__
    prefix = tier.settings.redis_prefix

    def read(client: Redis) -> list[Any]:
        with client.pipeline(transaction=False) as pipeline:
            for tag in keys.TAGS:
                pipeline.hmget(keys.counters(prefix, tag), fields)
            return pipeline.execute()

    total = Counters()
    for row in tier.call(read):
        total.add(Counters(**{field: int(value or 0) for field, value in zip(fields, row, strict=True)}))
    return total


def held(tier: RedisTier) -> tuple[int, int, bool]:
    """How many entries Redis holds, the bytes they take there, and whether that is exact.

    Raises
    ------
    Unavailable
        Redis does not answer.
    """
    pattern = keys.entries(tier.settings.redis_prefix)
    deadline = monotonic() + SCAN_SECONDS
    count = size = scanned = cursor = 0
    while True:
        cursor, sizes = tier.call(_step, cursor, pattern)
        count += len(sizes)
        size += sum(sizes)
        scanned += SCAN_BATCH
        if cursor == 0:
            return count, size, True
        if monotonic() > deadline:
            share = max(1.0, tier.call(_all_keys) / scanned)
            return round(count * share), round(size * share), False


def _step(client: Redis, cursor: int, pattern: str) -> tuple[int, list[int]]:
    """One batch of a scan: where it goes on, and the bytes that each entry of the batch takes."""
    following, names = client.scan(cursor, match=pattern, count=SCAN_BATCH)
    with client.pipeline(transaction=False) as pipeline:
        for name in names:
            pipeline.memory_usage(name)
        return following, [size or 0 for size in pipeline.execute()]


def _all_keys(client: Redis) -> int:
    return int(client.dbsize())
