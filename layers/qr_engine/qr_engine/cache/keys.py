"""The names of what the cache keeps in Redis.

A name holds no user data. The first two hex digits of the cache key are the hash tag of everything that one lookup
touches, so that in a cluster it all lies in one slot.
"""

from __future__ import annotations

__all__ = ["TAGS", "counters", "entries", "entry", "lease", "popular", "requests", "tag_of", "warm"]

TAGS = tuple(f"{number:02x}" for number in range(256))


def tag_of(key: str) -> str:
    """Return the hash tag of the cache key `key`."""
    return key[:2]


def entry(prefix: str, identity: str, key: str) -> str:
    """Name the entry with the cache key `key`, of the format with this `identity`."""
    return f"{prefix}:{{{key[:2]}}}:e{identity}:{key[2:]}"


def lease(prefix: str, identity: str, key: str) -> str:
    """Name the lease of whoever draws the picture with the cache key `key`, for an entry of this format."""
    return f"{prefix}:{{{key[:2]}}}:l{identity}:{key[2:]}"


def counters(prefix: str, tag: str) -> str:
    """Name the counters of all keys that start with `tag`."""
    return f"{prefix}:{{{tag}}}:c"


def popular(prefix: str, tag: str) -> str:
    """Name the sorted set of the keys that start with `tag` and are asked for most."""
    return f"{prefix}:{{{tag}}}:p"


def requests(prefix: str, tag: str) -> str:
    """Name the hash with the canonical requests of the keys in `popular`."""
    return f"{prefix}:{{{tag}}}:r"


def warm(prefix: str) -> str:
    """Name what says how far the last warming came."""
    return f"{prefix}:{{00}}:w"


def entries(prefix: str) -> str:
    """Return the SCAN pattern of all entries, of whatever format, and nothing else, under `prefix`."""
    return f"{prefix}:{{??}}:e*:*"
