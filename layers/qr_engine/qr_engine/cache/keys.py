"""The names of what the cache keeps in Redis.

A name holds no user data. The first two hex digits of the cache key are the hash tag of everything that one lookup
touches, so that in a cluster it all lies in one slot.
"""

from __future__ import annotations

import re

__all__ = ["TAGS", "counters", "entries", "entry"]

TAGS = tuple(f"{number:02x}" for number in range(256))


def entry(prefix: str, key: str) -> str:
    """Where the entry with the cache key `key` lies."""
    return f"{prefix}:{{{key[:2]}}}:e:{key[2:]}"


def counters(prefix: str, tag: str) -> str:
    """Where the lookups of all keys that start with `tag` are counted."""
    return f"{prefix}:{{{tag}}}:c"


def entries(prefix: str) -> str:
    """The SCAN pattern of all entries, and nothing else, under `prefix`."""
    escaped = re.sub(r"([\\*?\[\]^])", r"\\\1", prefix)
    return f"{escaped}:{{??}}:e:*"
