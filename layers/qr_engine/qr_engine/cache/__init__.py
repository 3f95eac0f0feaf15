"""The distributed cache: memory in front of Redis, and a service that works without either."""

from ..redis_client import load_client
from .calls import LEASE_MS
from .clear import Chosen, Cleared
from .entry import Entry, pressed
from .pattern import matcher
from .popularity import Popular
from .stats import CacheStats, MemoryTierStats, PopularEntry
from .tiers import Cache, Tier

__all__ = [
    "LEASE_MS",
    "Cache",
    "CacheStats",
    "Chosen",
    "Cleared",
    "Entry",
    "MemoryTierStats",
    "Popular",
    "PopularEntry",
    "Tier",
    "load_client",
    "matcher",
    "pressed",
]
