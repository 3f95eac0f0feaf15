"""What warming asks of Redis: which entries last, and how far the list was warmed."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from ..redis_client import batch
from ..redis_client.resilient import Guarded, Unavailable
from . import keys
from .script_args import STATISTICS_TTL

if TYPE_CHECKING:
    from ..redis_client import Client

__all__ = ["lasting", "remember_place", "remembered_place"]

LONGEST_PLACE = 1024
"""Bytes of what is read of the place, which has some 50."""


def lasting(redis: Guarded, wanted: list[str]) -> list[bool]:
    """Whether each key has an entry that lives for another tenth of its TTL; counts nothing.

    Raises
    ------
    Unavailable
        Redis does not answer.
    """
    if not wanted:
        return []
    least = redis.settings.redis_ttl * 100
    lives = redis.call(batch, [("PTTL", keys.entry(redis.settings.redis_prefix, key)) for key in wanted])
    return [left > least for left in lives]


def remember_place(redis: Guarded, version: str, place: int) -> None:
    """Keep how far the warming of the list of this `version` came; it is no loss if that fails."""
    with suppress(Unavailable):
        redis.call(_set, keys.warm(redis.settings.redis_prefix), f"{place} {version}")


def remembered_place(redis: Guarded) -> tuple[str, int]:
    """The list that was warmed last, and how far that came."""
    with suppress(Unavailable):
        kept = redis.call(_get, keys.warm(redis.settings.redis_prefix))
        found = re.fullmatch(r"([0-9]{1,9}) ([!-~]+)", kept.decode("latin-1"))
        if found:
            return found[2], int(found[1])
    return "", 0


def _set(client: Client, name: str, value: str) -> Any:
    return batch(client, [("SET", name, value, "EX", STATISTICS_TTL)])


def _get(client: Client, name: str) -> Any:
    return batch(client, [("GETRANGE", name, 0, LONGEST_PLACE)])[0]
