"""The distributed cache: memory in front of Redis, and a service that works without either."""

from ..redis_client import load_client
from .cache import Cache, Tier
from .clear import Chosen, Cleared
from .entry import Entry, pressed
from .glob import matcher
from .popularity import Popular
from .script_args import LEASE_MS
from .stats import CacheStats, MemoryTierStats, PopularEntry

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
