"""Whether Redis answers, for probes and for whoever starts the server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from qr_engine.cache import keys
from qr_engine.pipeline.engine import engine
from qr_engine.redis_client import connect
from qr_engine.redis_client.budget import Budget, allow
from qr_engine.redis_client.errors import FAILURES
from qr_engine.redis_client.resilient import Unavailable

if TYPE_CHECKING:
    from qr_engine.config import Settings
    from qr_engine.redis_client import Client

__all__ = ["RedisState", "find_fault", "redis_state"]

RedisState = Literal["none", "ok", "failing"]
"""No Redis is set; it answers; or it does not answer or refuses, so that codes are drawn instead."""


def redis_state() -> RedisState:
    """Ask Redis with the client that requests use, within the time that a request may lose to it."""
    cache = engine().cache
    if cache.redis is None:
        return "none"
    try:
        cache.redis.client.call(_read_something, cache.settings.redis_prefix)
    except Unavailable:
        return "failing"
    return "ok"


def find_fault(settings: Settings) -> str | None:
    """Try to reach the Redis of `settings`; return what is wrong, or None if it answers or none is set."""
    if settings.mode == "memory":
        return None
    client = connect(settings)
    try:
        with allow(Budget(settings.redis_first_connect_timeout_ms / 1000, settings.redis_timeout_ms / 1000)):
            _read_something(client, settings.redis_prefix)
    except FAILURES as error:
        return f"{type(error).__name__}: {error}"
    finally:
        client.close()
    return None


def _read_something(client: Client, prefix: str) -> None:
    """Read a key that the cache's user may read, in every mode: PING has no key, and a cluster needs one."""
    client.batch([("GET", keys.warm(prefix))])
