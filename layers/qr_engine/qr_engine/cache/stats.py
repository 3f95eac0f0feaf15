"""What the cache has done and holds, as the stats route tells it."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Literal

import msgspec

from ..config import Mode
from . import keys
from .connection import batch, primaries
from .counters import Counters
from .redis_tier import RedisTier, Unavailable
from .sizes import sizes

if TYPE_CHECKING:
    from .connection import Client
    from .connection.server import Server

__all__ = ["CacheStats", "Held", "MemoryTierStats", "PopularEntry", "counted", "evicted", "held"]

SCAN_BATCH = 1000
SCAN_SECONDS = 0.4
"""How long the entries are counted one by one; a larger cache is estimated from what was seen by then."""


class MemoryTierStats(msgspec.Struct, frozen=True):
    """The memory tier of the execution environment that answers: other environments have their own."""

    entries: int
    bytes: int
    hits: int


class PopularEntry(msgspec.Struct, frozen=True):
    """One of the codes that are asked for most, without what it encodes.

    Attributes
    ----------
    key
        The cache key, which is also the picture's ETag.
    lookups
        How often it was asked for; a lookup a day ago counts half, one two days ago a quarter, and so on.
    """

    key: str
    format: str
    lookups: float


class CacheStats(msgspec.Struct, frozen=True, kw_only=True):
    """The cache in figures.

    Attributes
    ----------
    hits, misses
        Lookups of every environment; a hit of a memory tier is a hit.
    hit_rate
        Percent of hits among all lookups; 0 before the first.
    memory_hits, redis_hits
        The hits by the tier that had the entry.
    sets, errors
        Entries stored, and failures of Redis that were passed over.
    total_keys, memory_bytes, memory_mb
        Entries held, and what they take, counters not included; the latter is an estimate where Redis does not tell.
    total_keys_exact
        False where there were too many to count them all in time, and the figures are estimates.
    average_entry_bytes
        What an entry takes, its key and the overhead included.
    compression_ratio
        Bytes of the pictures stored, over what was stored for them; None before the first.
    evictions
        Keys of any kind that Redis dropped for want of memory; None where Redis does not tell.
    breaker
        Whether the environment that answers uses Redis (``closed``) or leaves it alone for a moment (``open``).
    popular
        The ten codes asked for most.
    """

    hits: int
    misses: int
    hit_rate: float
    memory_hits: int
    redis_hits: int
    sets: int
    errors: int
    total_keys: int
    total_keys_exact: bool
    memory_bytes: int
    memory_mb: float
    average_entry_bytes: float
    compression_ratio: float | None
    evictions: int | None
    breaker: Literal["closed", "open"]
    prefix: str
    mode: Mode
    memory_tier: MemoryTierStats
    popular: list[PopularEntry]


class Held(msgspec.Struct, frozen=True):
    """How many entries there are, the bytes they take, and whether all of them were counted."""

    count: int
    bytes: int
    exact: bool


def counted(tier: RedisTier) -> Counters:
    """The counters of all environments.

    Raises
    ------
    Unavailable
        Redis does not answer.
    """
    tier.record()
    fields, prefix = Counters.__struct_fields__, tier.settings.redis_prefix
    total = Counters()
    for row in tier.call(batch, [("HMGET", keys.counters(prefix, tag), *fields) for tag in keys.TAGS]):
        total.merge(Counters(**{field: _number(value) for field, value in zip(fields, row, strict=True)}))
    return total


def held(tier: RedisTier) -> Held:
    """How much Redis holds, from all primaries.

    Raises
    ------
    Unavailable
        Redis does not answer.
    """
    nodes = tier.call(primaries)
    pattern = keys.entries(tier.settings.redis_prefix)
    parts = [_held_by(tier, node, pattern, SCAN_SECONDS / len(nodes)) for node in nodes]
    return Held(sum(part.count for part in parts), sum(part.bytes for part in parts), all(part.exact for part in parts))


def evicted(tier: RedisTier) -> int | None:
    """Keys that Redis dropped for want of memory, or None where it does not tell."""
    try:
        return tier.call(_evicted)
    except (Unavailable, KeyError):
        return None


def _number(value: bytes | None) -> int:
    """A counter, or 0 where something else was put in its place."""
    try:
        return int(value or 0)
    except ValueError:
        return 0


def _held_by(tier: RedisTier, node: Server, pattern: str, seconds: float) -> Held:
    deadline = monotonic() + seconds
    count = size = scanned = cursor = 0
    while True:
        cursor, seen = tier.call(_step, node, cursor, pattern)
        count += len(seen)
        size += sum(seen)
        scanned += SCAN_BATCH
        if cursor == 0:
            return Held(count, size, exact=True)
        if monotonic() > deadline:
            share = max(1.0, tier.call(_all_keys, node) / scanned)
            return Held(round(count * share), round(size * share), exact=False)


def _step(_: Client, node: Server, cursor: int, pattern: str) -> tuple[int, list[int]]:
    """One batch of a scan: where it goes on, and the bytes that each entry of the batch takes."""
    following, names = node.scan(cursor, match=pattern, count=SCAN_BATCH)
    return following, sizes(node, names)


def _evicted(client: Client) -> int:
    return sum(int(node.info("stats")["evicted_keys"]) for node in primaries(client))


def _all_keys(_: Client, node: Server) -> int:
    return int(node.dbsize())
