"""How much memory entries take in Redis."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..redis_client.errors import ResponseError

if TYPE_CHECKING:
    from ..redis_client.pool import Server

__all__ = ["read_sizes"]

OVERHEAD = 72
"""Bytes that Redis and Valkey take for a string beyond its name and value: table slot, object, expiry (measured)."""


def read_sizes(node: Server, names: list[Any]) -> list[int]:
    """Return the bytes that each key takes, with its name and the overhead; 0 for a key that is gone.

    If the server has no ``MEMORY USAGE`` (as on ElastiCache Serverless) or the user may not use it, the size of a
    string is estimated from its length. Anything else counts 0, since every entry is a string.

    Raises
    ------
    RedisError
        The server cannot be reached, does not answer in time, or refuses.
    """
    if not names:
        return []
    try:
        return [size or 0 for size in node.batch([("MEMORY", "USAGE", name) for name in names])]
    except ResponseError:
        kinds = node.batch([("TYPE", name) for name in names])
    strings = [name for name, kind in zip(names, kinds, strict=True) if kind == b"string"]
    lengths = dict(zip(strings, node.batch([("STRLEN", name) for name in strings]), strict=True)) if strings else {}
    return [lengths[name] + len(name) + OVERHEAD if lengths.get(name) else 0 for name in names]
