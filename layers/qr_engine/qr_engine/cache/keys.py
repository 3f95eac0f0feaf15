"""The names of what the cache keeps in Redis.

A name holds no user data. The first two hex digits of the cache key are the hash tag of everything that one lookup
touches, so that in a cluster it all lies in one slot.
"""

from __future__ import annotations

__all__ = ["TAGS", "counters", "entries", "entry", "key_of", "lease", "popular", "requests", "tag_of", "warm"]

TAGS = tuple(f"{number:02x}" for number in range(256))


def tag_of(key: str) -> str:
    """The hash tag of the cache key `key`."""
    return key[:2]


def entry(prefix: str, key: str) -> str:
    """Where the entry with the cache key `key` lies."""
    return f"{prefix}:{{{key[:2]}}}:e:{key[2:]}"


def lease(prefix: str, key: str) -> str:
    """What is there while somebody draws the picture with the cache key `key`."""
    return f"{prefix}:{{{key[:2]}}}:l:{key[2:]}"


def counters(prefix: str, tag: str) -> str:
    """Where the lookups of all keys that start with `tag` are counted."""
    return f"{prefix}:{{{tag}}}:c"


def popular(prefix: str, tag: str) -> str:
    """The sorted set of the keys that start with `tag` and are asked for most."""
    return f"{prefix}:{{{tag}}}:p"


def requests(prefix: str, tag: str) -> str:
    """The canonical requests of the keys in `popular`."""
    return f"{prefix}:{{{tag}}}:r"


def warm(prefix: str) -> str:
    """How far the last warming came."""
    return f"{prefix}:{{00}}:w"


def entries(prefix: str) -> str:
    """The SCAN pattern of all entries, and nothing else, under `prefix`."""
    return f"{prefix}:{{??}}:e:*"


def key_of(name: bytes) -> str:
    """The cache key of the entry that lies under `name`."""
    head, _, rest = name.decode().rpartition(":e:")
    return head[-3:-1] + rest
