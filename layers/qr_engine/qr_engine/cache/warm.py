"""What warming asks of Redis: which entries last, and how far the list was warmed."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from . import keys
from .calls import STATISTICS_TTL
from .connection import batch
from .guarded import Guarded, Unavailable

if TYPE_CHECKING:
    from .connection import Client

__all__ = ["lasting", "remember_place", "remembered_place"]


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
        place, _, version = (redis.call(_get, keys.warm(redis.settings.redis_prefix)) or b"").decode().partition(" ")
        if place.isdecimal():
            return version, int(place)
    return "", 0


def _set(client: Client, name: str, value: str) -> Any:
    return batch(client, [("SET", name, value, "EX", STATISTICS_TTL)])


def _get(client: Client, name: str) -> Any:
    return batch(client, [("GET", name)])[0]
