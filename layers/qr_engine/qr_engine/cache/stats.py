"""The figures of the cache for the stats route: what it has done and what it holds."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Literal

import msgspec

from ..config import Mode, Settings
from ..redis_client import read_batch
from ..redis_client.resilient import ResilientClient, Unavailable
from . import keys
from .counters import Counters
from .memory_usage import read_sizes
from .script_args import STATISTICS_TTL

if TYPE_CHECKING:
    from ..redis_client import Client
    from ..redis_client.pool import Server

__all__ = ["CacheStats", "MemoryTierStats", "PopularEntry", "Shared", "read_shared", "to_stats"]

SCAN_BATCH = 1000
SCAN_SECONDS = 0.4
"""How long to count entries one by one; the total of a larger cache is estimated from those seen by then."""


class MemoryTierStats(msgspec.Struct, frozen=True):
    """The memory tier of the execution environment that answers; each environment has its own."""

    entries: int
    bytes: int
    hits: int


class PopularEntry(msgspec.Struct, frozen=True):
    """One of the most requested codes, without the data that it encodes.

    Attributes
    ----------
    key
        The cache key, which is also the picture's ETag.
    lookups
        How often it was requested; a lookup a day ago counts half, one two days ago a quarter, and so on.
    """

    key: str
    format: str
    lookups: float


class CacheStats(msgspec.Struct, frozen=True, kw_only=True):
    """The cache in figures.

    Attributes
    ----------
    hits, misses
        Lookups of all environments, including hits of their memory tiers.
    hit_rate
        Percent of hits among all lookups; 0 before the first.
    memory_hits, redis_hits
        The hits by the tier that had the entry.
    sets, errors
        Entries stored, and failures of Redis that requests survived.
    total_keys, memory_bytes, memory_mb
        Entries held, and their size without the counters; the size is an estimate if Redis does not report it.
    total_keys_exact
        False if there were too many entries to count in time, so that the figures are estimates.
    average_entry_bytes
        Bytes of an entry, with its key and the overhead.
    compression_ratio
        Bytes of the pictures, divided by the bytes stored for them; None before the first.
    evictions
        Keys of any kind that Redis evicted for lack of memory; None if Redis does not report it.
    breaker
        Whether the environment that answers uses Redis (``closed``) or leaves it alone for a moment (``open``).
    popular
        The ten most requested codes.
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


class Shared(msgspec.Struct, frozen=True):
    """What the shared tier, or the only one, has done and holds.

    Attributes
    ----------
    count, bytes, exact
        How many entries there are, the bytes they take, and whether all of them were counted.
    """

    counters: Counters
    count: int
    bytes: int
    exact: bool
    evictions: int | None


def to_stats(
    shared: Shared,
    memory: MemoryTierStats,
    popular: list[PopularEntry],
    settings: Settings,
    breaker: Literal["closed", "open"],
) -> CacheStats:
    """Return the figures of the stats route."""
    counters = shared.counters
    lookups = counters.hits + counters.misses
    return CacheStats(
        hits=counters.hits,
        misses=counters.misses,
        hit_rate=round(100 * counters.hits / lookups, 2) if lookups else 0.0,
        memory_hits=counters.memory_hits,
        redis_hits=counters.redis_hits,
        sets=counters.sets,
        errors=counters.errors,
        total_keys=shared.count,
        total_keys_exact=shared.exact,
        memory_bytes=shared.bytes,
        memory_mb=round(shared.bytes / 1_048_576, 3),
        average_entry_bytes=round(shared.bytes / shared.count, 1) if shared.count else 0.0,
        compression_ratio=round(counters.plain_bytes / counters.stored_bytes, 2) if counters.stored_bytes else None,
        evictions=shared.evictions,
        breaker=breaker,
        prefix=settings.redis_prefix,
        mode=settings.mode,
        memory_tier=memory,
        popular=popular,
    )


def read_shared(redis: ResilientClient, own: Counters) -> Shared:
    """Read the figures of all environments from all primaries; without statistics, those of this environment only.

    Parameters
    ----------
    own
        What this environment has counted and not yet recorded.

    Raises
    ------
    Unavailable
        Redis does not answer.
    """
    counters = _read_counters(redis, own) if redis.settings.redis_enable_stats else own
    nodes = redis.call(lambda client: client.primaries())
    pattern = keys.entries(redis.settings.redis_prefix)
    parts = [_measure_node(redis, node, pattern, SCAN_SECONDS / len(nodes)) for node in nodes]
    counts, sizes, exact = zip(*parts, strict=True)
    return Shared(counters, sum(counts), sum(sizes), all(exact), _read_evictions(redis))


def _read_counters(redis: ResilientClient, own: Counters) -> Counters:
    """Read the counters of all environments."""
    _flush_counters(redis, own)
    fields, prefix = Counters.__struct_fields__, redis.settings.redis_prefix
    names = [keys.counters(prefix, tag) for tag in keys.TAGS]
    total = Counters()
    # This environment reports what Redis refused to record.
    total.merge(own)
    for name, row in zip(names, redis.call(read_batch, [("HMGET", name, *fields) for name in names]), strict=True):
        if row is None:
            redis.warn_once("a value in redis is no counters of this service, and counts as none", key=name)
        else:
            total.merge(Counters(**{field: _parse_number(value) for field, value in zip(fields, row, strict=True)}))
    return total


def _read_evictions(redis: ResilientClient) -> int | None:
    """Read how many keys Redis evicted for lack of memory; None if it does not report it."""
    try:
        return redis.call(_sum_evictions)
    except (Unavailable, LookupError, TypeError, ValueError):
        return None


def _flush_counters(redis: ResilientClient, own: Counters) -> None:
    """Send Redis what was counted since the last round trip; counts that it refuses stay here."""
    if not own.pairs():
        return
    taken = own.take()
    try:
        refused = redis.call(_add_counters, keys.counters(redis.settings.redis_prefix, keys.TAGS[0]), taken)
    except Unavailable:
        own.merge(taken)
        raise
    own.merge(refused)


def _add_counters(client: Client, name: str, taken: Counters) -> Counters:
    """Add `taken` to the counters under `name`; return the counts that were not added."""
    added = {field: amount for field, amount in msgspec.structs.asdict(taken).items() if amount}
    commands = [("HINCRBY", name, field, amount) for field, amount in added.items()]
    *answers, _ = client.replies([*commands, ("EXPIRE", name, STATISTICS_TTL)])
    answered = zip(added.items(), answers, strict=True)
    return Counters(**{field: amount for (field, amount), answer in answered if isinstance(answer, Exception)})


def _parse_number(value: bytes | None) -> int:
    """Parse a counter; 0 if its place holds something else."""
    try:
        return int(value or 0)
    except ValueError:
        return 0


def _measure_node(redis: ResilientClient, node: Server, pattern: str, seconds: float) -> tuple[int, int, bool]:
    """Return the count and the bytes of a node's entries, and whether all of them were counted."""
    deadline = monotonic() + seconds
    count = size = scanned = cursor = 0
    while True:
        cursor, sizes = redis.call(_scan_step, node, cursor, pattern)
        count += len(sizes)
        size += sum(sizes)
        scanned += SCAN_BATCH
        if cursor == 0:
            return count, size, True
        if monotonic() > deadline:
            share = max(1.0, redis.call(_count_keys, node) / scanned)
            return round(count * share), round(size * share), False


def _scan_step(_: Client, node: Server, cursor: int, pattern: str) -> tuple[int, list[int]]:
    """Scan one batch; return the next cursor, and the bytes of each entry in the batch."""
    following, names = node.redis.scan(cursor, match=pattern, count=SCAN_BATCH)
    return following, read_sizes(node, names)


def _sum_evictions(client: Client) -> int:
    return sum(int(node.redis.info("stats")["evicted_keys"]) for node in client.primaries())


def _count_keys(_: Client, node: Server) -> int:
    return int(node.redis.dbsize())
