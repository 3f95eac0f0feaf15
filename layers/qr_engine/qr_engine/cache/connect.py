"""From the settings to a redis-py client that never costs a request more than its timeouts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..config import Settings

if TYPE_CHECKING:
    import redis

__all__ = ["connect"]


def connect(settings: Settings) -> redis.Redis:
    """A client that opens its first connection when the first command needs it.

    Retries, library information and maintenance notifications are off: with the defaults of redis-py 8 a closed port
    costs 3 s and a hung server a minute.
    """
    from redis import BlockingConnectionPool, Redis
    from redis.backoff import NoBackoff
    from redis.retry import Retry

    if settings.redis_url is None:
        raise ValueError("connect needs a redis_url")
    pool = BlockingConnectionPool.from_url(
        settings.redis_url,
        max_connections=settings.redis_max_connections,
        timeout=settings.redis_timeout_ms / 1000,
        socket_connect_timeout=settings.redis_connect_timeout_ms / 1000,
        socket_timeout=settings.redis_timeout_ms / 1000,
        socket_keepalive=True,
        retry=Retry(NoBackoff(), 0),
        retry_on_error=[],
        protocol=2,
        driver_info=None,
        decode_responses=False,
    )
    return Redis(connection_pool=pool)
