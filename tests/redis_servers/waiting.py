"""Waiting for what other processes are about to do."""

from __future__ import annotations

from threading import Event
from time import monotonic
from typing import TYPE_CHECKING

import redis

from qr_engine.redis_client.errors import RedisError

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["until"]


def until(condition: Callable[[], object], what: str, seconds: float = 15) -> None:
    """Return once `condition` holds; a Redis that fails meanwhile does not count as holding.

    Raises
    ------
    AssertionError
        It does not hold within `seconds`.
    """
    deadline, failure, never = monotonic() + seconds, None, Event()
    while monotonic() < deadline:
        try:
            if condition():
                return
            failure = None
        except (redis.RedisError, RedisError) as error:
            failure = error
        never.wait(0.01)
    raise AssertionError(f"after {seconds} s still not: {what}") from failure
