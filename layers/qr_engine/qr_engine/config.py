"""The only reader of the environment: every setting, its default and its bounds, checked once at start."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from typing import Annotated

import msgspec
from msgspec import Meta

from .errors import ConfigurationError

__all__ = ["Settings", "load", "settings", "starts_ahead"]

Count = Annotated[int, Meta(ge=1)]
Bytes = Annotated[int, Meta(ge=0)]
Seconds = Annotated[int, Meta(ge=1)]
Milliseconds = Annotated[int, Meta(ge=1, le=30_000)]


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What the environment says; each field is the variable of the same name in capitals.

    Attributes
    ----------
    redis_url
        ``redis://`` or ``rediss://`` address of a standalone Redis; None for the memory tier alone.
    redis_prefix
        What every key starts with, so that one Redis can serve several applications.
    redis_ttl
        Seconds that an entry lives; without Redis, the life of an entry in the memory tier.
    redis_max_connections
        Most connections that one execution environment opens.
    redis_enable_stats
        Whether lookups are counted in Redis, over all environments.
    redis_connect_timeout_ms, redis_timeout_ms
        Milliseconds that a request may lose to a Redis that cannot be reached, or does not answer.
    memory_cache_bytes
        Size of the memory tier; 0 turns it off.
    memory_cache_ttl
        Seconds after which the memory tier asks Redis again, which bounds how long it outlives a clear.
    """

    redis_url: Annotated[str, Meta(pattern=r"^rediss?://.")] | None = None
    redis_prefix: Annotated[str, Meta(pattern=r"^[A-Za-z0-9_.:-]{1,64}$")] = "qr_engine_v2"
    redis_ttl: Seconds = 3600
    redis_max_connections: Count = 10
    redis_enable_stats: bool = True
    redis_connect_timeout_ms: Milliseconds = 250
    redis_timeout_ms: Milliseconds = 250
    memory_cache_bytes: Bytes = 32 * 1024 * 1024
    memory_cache_ttl: Seconds = 60


_RULES = {
    "redis_url": "an address such as redis://host:6379/0 or rediss://host:6379/0",
    "redis_prefix": "1 to 64 of the characters A-Z a-z 0-9 _ . : -",
    "redis_ttl": "a whole number of seconds, at least 1",
    "redis_max_connections": "a whole number, at least 1",
    "redis_enable_stats": "true or false",
    "redis_connect_timeout_ms": "a whole number of milliseconds from 1 to 30000",
    "redis_timeout_ms": "a whole number of milliseconds from 1 to 30000",
    "memory_cache_bytes": "a whole number of bytes, 0 to turn the memory tier off",
    "memory_cache_ttl": "a whole number of seconds, at least 1",
}

_SECRET = frozenset({"redis_url"})


def load(environment: Mapping[str, str]) -> Settings:
    """Read the settings from `environment`; an empty variable counts as unset.

    Raises
    ------
    ConfigurationError
        A value cannot be used; the message names the variable and says what it may be.
    """
    given: dict[str, str] = {}
    for field in msgspec.structs.fields(Settings):
        value = environment.get(field.name.upper(), "").strip()
        if not value:
            continue
        try:
            msgspec.convert(value, field.type, strict=False)
        except msgspec.ValidationError:
            shown = "" if field.name in _SECRET else f", not {value!r}"
            raise ConfigurationError(f"{field.name.upper()} must be {_RULES[field.name]}{shown}.") from None
        given[field.name] = value
    return msgspec.convert(given, Settings, strict=False)


@cache
def settings() -> Settings:
    """The settings of this process, read once."""
    return load(os.environ)


def starts_ahead() -> bool:
    """Whether this environment starts before a request waits for it, as provisioned or for a SnapStart image."""
    return os.environ.get("AWS_LAMBDA_INITIALIZATION_TYPE") in ("provisioned-concurrency", "snap-start")
