"""The distributed cache: memory in front of Redis, and a service that works without either."""

from ..redis_client import load_client
from .cache import Cache, Tier
from .clear import Chosen, Cleared
from .entry import Entry, compress_entry
from .glob import compile_glob
from .operations import LEASE_MS, LeasedElsewhere, LookupRequest, StoreRequest
from .popularity import Popular
from .stats import CacheStats, MemoryTierStats, PopularEntry

__all__ = [
    "LEASE_MS",
    "Cache",
    "CacheStats",
    "Chosen",
    "Cleared",
    "Entry",
    "LeasedElsewhere",
    "LookupRequest",
    "MemoryTierStats",
    "Popular",
    "PopularEntry",
    "StoreRequest",
    "Tier",
    "compile_glob",
    "compress_entry",
    "load_client",
]
