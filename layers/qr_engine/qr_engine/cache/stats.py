"""What the cache has done and holds, as the stats route tells it."""

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


class Shared(msgspec.Struct, frozen=True):
    """What the tier that is shared, or the only one, has done and holds.

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
    """Make the figures of the stats route."""
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
    """Read what Redis tells, of all environments and from all primaries; without statistics, what this one has counted.

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
    # What Redis would not take is told by the environment that has counted it.
    total.merge(own)
    for name, row in zip(names, redis.call(read_batch, [("HMGET", name, *fields) for name in names]), strict=True):
        if row is None:
            redis.warn_once("a value in redis is no counters of this service, and counts as none", key=name)
        else:
            total.merge(Counters(**{field: _parse_number(value) for field, value in zip(fields, row, strict=True)}))
    return total


def _read_evictions(redis: ResilientClient) -> int | None:
    """Read how many keys Redis dropped for want of memory; None where it does not tell."""
    try:
        return redis.call(_sum_evictions)
    except (Unavailable, LookupError, TypeError, ValueError):
        return None


def _flush_counters(redis: ResilientClient, own: Counters) -> None:
    """Bring what was counted since the last round trip to Redis; what it refuses stays with this environment."""
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
    """Add what was `taken` to the counters under `name`; gives what of it was not added."""
    added = {field: amount for field, amount in msgspec.structs.asdict(taken).items() if amount}
    commands = [("HINCRBY", name, field, amount) for field, amount in added.items()]
    *answers, _ = client.replies([*commands, ("EXPIRE", name, STATISTICS_TTL)])
    answered = zip(added.items(), answers, strict=True)
    return Counters(**{field: amount for (field, amount), answer in answered if isinstance(answer, Exception)})


def _parse_number(value: bytes | None) -> int:
    """Parse a counter; 0 where something else was put in its place."""
    try:
        return int(value or 0)
    except ValueError:
        return 0


def _measure_node(redis: ResilientClient, node: Server, pattern: str, seconds: float) -> tuple[int, int, bool]:
    """Count the entries of a node and the bytes they take, and tell whether all of them were counted."""
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
    """One batch of a scan: where it goes on, and the bytes that each entry of the batch takes."""
    following, names = node.redis.scan(cursor, match=pattern, count=SCAN_BATCH)
    return following, read_sizes(node, names)


def _sum_evictions(client: Client) -> int:
    return sum(int(node.redis.info("stats")["evicted_keys"]) for node in client.primaries())


def _count_keys(_: Client, node: Server) -> int:
    return int(node.redis.dbsize())
