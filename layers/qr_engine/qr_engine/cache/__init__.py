"""The distributed cache: memory in front of Redis, and a service that works without either.

What operators ask for is in `cache.clear`, `cache.glob`, `cache.popularity` and `cache.stats`, and what a tier in Redis
needs in `cache.redis_tier`: no other request loads these.
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
