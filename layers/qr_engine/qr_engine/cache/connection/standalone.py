"""One Redis server, by its URL."""

# mypy: allow-untyped-calls
from __future__ import annotations

from redis.connection import parse_url

from ...config import Settings
from .server import Server, open_server

__all__ = ["standalone"]


def standalone(settings: Settings) -> Server:
    """A client of the server at ``REDIS_URL``, whose scheme says whether it is encrypted, and whose options win."""
    options = parse_url(settings.redis_url)
    options.pop("connection_class", None)
    address = options.pop("host", "localhost"), options.pop("port", 6379)
    return open_server(settings, address, **options)
