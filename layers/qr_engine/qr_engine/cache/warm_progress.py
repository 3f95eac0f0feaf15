"""What warming reads and writes in Redis: which entries are not about to expire, and how far the list was warmed."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from ..redis_client.resilient import ResilientClient, Unavailable
from . import keys
from .script_args import STATISTICS_TTL

if TYPE_CHECKING:
    from ..redis_client import Client

__all__ = ["load_cursor", "not_expiring", "save_cursor"]

LONGEST_PLACE = 1024
"""Bytes to read of the saved position, which takes some 50."""


def not_expiring(redis: ResilientClient, names: list[str]) -> list[bool]:
    """Return for each entry name whether the entry lives for another tenth of the TTL; counts nothing.

    Raises
    ------
    Unavailable
        Redis does not answer.
    """
    if not names:
        return []
    least = redis.settings.redis_ttl * 100
    lives = redis.call(lambda client: client.batch([("PTTL", name) for name in names]))
    return [ttl_ms > least for ttl_ms in lives]


def save_cursor(redis: ResilientClient, version: str, index: int) -> None:
    """Save how far the warming of this `version` of the list came; a failure does no harm."""
    with suppress(Unavailable):
        redis.call(_set, keys.warm(redis.settings.redis_prefix), f"{index} {version}")


def load_cursor(redis: ResilientClient) -> tuple[str, int]:
    """Return the version of the list that was warmed last, and how far that came."""
    with suppress(Unavailable):
        value = redis.call(_get, keys.warm(redis.settings.redis_prefix))
        match = re.fullmatch(r"([0-9]{1,9}) ([!-~]+)", value.decode("latin-1"))
        if match:
            return match[2], int(match[1])
    return "", 0


def _set(client: Client, name: str, value: str) -> Any:
    return client.batch([("SET", name, value, "EX", STATISTICS_TTL)])


def _get(client: Client, name: str) -> Any:
    return client.batch([("GETRANGE", name, 0, LONGEST_PLACE)])[0]
