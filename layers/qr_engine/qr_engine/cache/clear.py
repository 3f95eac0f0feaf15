"""Removing entries, all or those whose data matches a pattern, and nothing else that lives in the same Redis."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from . import keys
from .entry import Entry, unpack
from .redis_tier import RedisTier

if TYPE_CHECKING:
    from redis import Redis

__all__ = ["clear_redis"]

BATCH = 500


def clear_redis(tier: RedisTier, chosen: Callable[[Entry], bool] | None) -> int:
    """Remove the entries that `chosen` picks, or every entry where it is None; how many those were.

    SCAN and UNLINK in batches: neither ever holds up the server, however much it holds. A value under an entry's
    name that is no entry goes with "every entry", and matches no pattern.

    Raises
    ------
    Unavailable
        Redis does not answer; what was removed by then stays removed.
    """
    pattern = keys.entries(tier.settings.redis_prefix)
    removed = cursor = 0
    while True:
        cursor, count = tier.call(_step, cursor, pattern, chosen)
        removed += count
        if cursor == 0:
            return removed


def _step(client: Redis, cursor: int, pattern: str, chosen: Callable[[Entry], bool] | None) -> tuple[int, int]:
    """One batch of a scan: where it goes on, and how many entries went."""
    following, names = client.scan(cursor, match=pattern, count=BATCH)
    picked = names if chosen is None else _picked(client, names, chosen)
    return following, int(client.unlink(*picked)) if picked else 0


def _picked(client: Redis, names: list[Any], chosen: Callable[[Entry], bool]) -> list[Any]:
    if not names:
        return []
    values: list[Any] = client.mget(names)
    entries = [unpack(value) if value else None for value in values]
    return [name for name, entry in zip(names, entries, strict=True) if entry is not None and chosen(entry)]
