"""What the settings may be, in words, and which of them contradict each other."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from . import Settings

__all__ = ["CONTRADICTIONS", "RULES"]

_NODES_RULE = "one or more addresses such as host:{port}, with commas between them"
RULES = {
    "redis_url": "an address such as redis://host:6379/0 or rediss://user:password@host:6379/0, without options",
    "redis_cluster_nodes": _NODES_RULE.format(port=6379),
    "redis_sentinel_nodes": _NODES_RULE.format(port=26379),
    "redis_sentinel_master": "the name of a master, without spaces",
    "redis_auth": "none, password or iam",
    "redis_username": "the name of a user, without spaces",
    "redis_iam_cache_name": "the name of an ElastiCache cache: 1 to 50 letters, digits and hyphens",
    "redis_tls": "true or false",
    "redis_prefix": "1 to 64 of the characters A-Z a-z 0-9 _ . : -",
    "redis_ttl": "a whole number of seconds, 1 to 315360000",
    "redis_ttl_max": "a whole number of seconds, 1 to 315360000",
    "redis_max_connections": "a whole number, at least 1",
    "redis_enable_stats": "true or false",
    "redis_first_lookup": "wait or skip",
    "redis_warm_cache": "true or false",
    "redis_connect_timeout_ms": "a whole number of milliseconds from 1 to 30000",
    "redis_first_connect_timeout_ms": "a whole number of milliseconds from 1 to 30000",
    "redis_timeout_ms": "a whole number of milliseconds from 1 to 30000",
    "memory_cache_bytes": "a whole number of bytes, 0 to turn the memory tier off",
    "memory_cache_ttl": "a whole number of seconds, 1 to 315360000",
    "assets_bucket": "the name of a bucket: 3 to 63 lower-case letters, digits, hyphens and dots",
    "warm_patterns": "the address of an object such as s3://bucket/key",
}
"""By setting, what a refusal says it must be; what takes any text has none."""

CONTRADICTIONS: tuple[tuple[Callable[[Settings], object], str], ...] = (
    (
        lambda settings: (
            bool(settings.redis_url) + bool(settings.redis_cluster_nodes) + bool(settings.redis_sentinel_nodes) > 1
        ),
        "REDIS_URL, REDIS_CLUSTER_NODES and REDIS_SENTINEL_NODES exclude each other: set only one of them",
    ),
    (
        lambda settings: bool(settings.redis_sentinel_nodes) != bool(settings.redis_sentinel_master),
        "REDIS_SENTINEL_NODES and REDIS_SENTINEL_MASTER need each other: set both or neither",
    ),
    (
        lambda settings: settings.redis_url and settings.redis_tls and not settings.encrypted,
        "REDIS_TLS does not apply to REDIS_URL: write rediss:// to encrypt",
    ),
    (
        lambda settings: settings.redis_auth != "none" and settings.redis_url and "@" in settings.redis_url,
        "REDIS_URL and REDIS_AUTH both say how to log in: take the user and the password out of REDIS_URL",
    ),
    (
        lambda settings: settings.redis_auth == "password" and not settings.redis_password,
        "REDIS_AUTH=password needs REDIS_PASSWORD",
    ),
    (
        lambda settings: settings.redis_auth == "none" and (settings.redis_password or settings.redis_username),
        "REDIS_USERNAME and REDIS_PASSWORD need REDIS_AUTH: set it to password or iam",
    ),
    (
        lambda settings: settings.redis_auth == "iam" and settings.redis_password,
        "REDIS_AUTH=iam takes no REDIS_PASSWORD: the token is signed by the function's role",
    ),
    (
        lambda settings: (
            settings.redis_auth == "iam" and not (settings.redis_username and settings.redis_iam_cache_name)
        ),
        "REDIS_AUTH=iam needs REDIS_USERNAME and REDIS_IAM_CACHE_NAME",
    ),
    (
        lambda settings: settings.redis_auth == "iam" and not settings.encrypted,
        "REDIS_AUTH=iam needs TLS: set REDIS_TLS=true, or write rediss:// in REDIS_URL",
    ),
    (
        lambda settings: settings.redis_ttl_max < settings.redis_ttl,
        "REDIS_TTL_MAX must be at least REDIS_TTL",
    ),
)
"""Questions to settings that are right by themselves, and what is wrong where the answer is yes."""
