"""The distributed cache: memory in front of Redis, in a service that works without either.

Other requests do not load what only operators need, `cache.clear`, `cache.glob`, `cache.popularity` and `cache.stats`,
nor `cache.redis_tier` without Redis.
"""

from .cache import Cache, Tier
from .entry import Entry, compress_entry
from .operations import LEASE_MS, LeasedElsewhere, LookupRequest, StoreRequest

__all__ = [
    "LEASE_MS",
    "Cache",
    "Entry",
    "LeasedElsewhere",
    "LookupRequest",
    "StoreRequest",
    "Tier",
    "compress_entry",
]
