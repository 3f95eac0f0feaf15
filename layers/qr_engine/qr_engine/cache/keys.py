"""The names of the cache's keys in Redis.

A name holds no user data. The first two hex digits of the cache key are the hash tag of every key that one lookup
touches, so that in a cluster all of them are in one slot.
"""

from __future__ import annotations

__all__ = ["TAGS", "counters", "entries", "entry", "lease", "popular", "requests", "tag_of", "warm"]

TAGS = tuple(f"{number:02x}" for number in range(256))


def tag_of(key: str) -> str:
    """Return the hash tag of the cache key `key`."""
    return key[:2]


def entry(prefix: str, identity: str, key: str) -> str:
    """Name the entry with the cache key `key` and this `identity` of the entry format."""
    return f"{prefix}:{{{key[:2]}}}:e{identity}:{key[2:]}"


def lease(prefix: str, identity: str, key: str) -> str:
    """Name the lease for drawing the picture with the cache key `key`, for this `identity` of the entry format."""
    return f"{prefix}:{{{key[:2]}}}:l{identity}:{key[2:]}"


def counters(prefix: str, tag: str) -> str:
    """Name the counters of all keys that start with `tag`."""
    return f"{prefix}:{{{tag}}}:c"


def popular(prefix: str, tag: str) -> str:
    """Name the sorted set of the most popular keys that start with `tag`."""
    return f"{prefix}:{{{tag}}}:p"


def requests(prefix: str, tag: str) -> str:
    """Name the hash with the canonical requests of the keys in `popular`."""
    return f"{prefix}:{{{tag}}}:r"


def warm(prefix: str) -> str:
    """Name the key that stores how far the last warming came."""
    return f"{prefix}:{{00}}:w"


def entries(prefix: str) -> str:
    """Return the SCAN pattern that matches all entries under `prefix`, in any format, and nothing else."""
    return f"{prefix}:{{??}}:e*:*"
