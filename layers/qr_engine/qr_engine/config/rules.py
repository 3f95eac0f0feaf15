"""The rules of the settings in words, and the settings that contradict each other."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, get_args, get_origin

if TYPE_CHECKING:
    from msgspec.structs import FieldInfo

    from . import Settings

__all__ = ["CONTRADICTIONS", "HOST", "PATTERNS", "rule_of"]

HOST = r"(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9_.-]+)"
_KEY_ID = r"^[A-Za-z0-9._~-]{1,64}$"
_URL = rf"^rediss?://(?:[^@/?#\s]*@)?{HOST}(?::[0-9]{{1,5}})?(?:/[0-9]{{0,5}})?$"
_NODES = rf"^{HOST}(?::[0-9]{{1,5}})?(?:\s*,\s*{HOST}(?::[0-9]{{1,5}})?)*$"

PATTERNS = {
    "redis_url": _URL,
    "redis_cluster_nodes": _NODES,
    "redis_sentinel_nodes": _NODES,
    "redis_sentinel_master": r"^\S+$",
    "redis_username": r"^\S+$",
    "redis_iam_cache_name": r"^[A-Za-z0-9-]{1,50}$",
    "redis_prefix": r"^[A-Za-z0-9_.:-]{1,64}$",
    "assets_bucket": r"^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$",
    "signing_key_id": _KEY_ID,
    "signing_key_previous_id": _KEY_ID,
    "public_url": rf"^(?:forwarded|https?://{HOST}(?::[0-9]{{1,5}})?(?:/[A-Za-z0-9._~/-]*[A-Za-z0-9._~-])?)$",
    "assets_dir": r"^/[^\x00]*$",
    "warm_patterns": r"^(?:s3://[a-z0-9.-]{3,63}/.|file:///.)",
}
"""The pattern that the text of a setting must match. A cold start compiles only those of settings that are set."""

_LONG_RULE = "a secret of at least 32 characters"
_NAME_RULE = "1 to 64 of the characters A-Z a-z 0-9 . _ ~ -"
_NODES_RULE = "one or more addresses such as host:{port}, separated by commas"
_RULES = {
    "redis_url": "an address such as redis://host:6379/0 or rediss://user:password@host:6379/0, without options",
    "redis_cluster_nodes": _NODES_RULE.format(port=6379),
    "redis_sentinel_nodes": _NODES_RULE.format(port=26379),
    "redis_sentinel_master": "the name of a master, without spaces",
    "redis_username": "the name of a user, without spaces",
    "redis_iam_cache_name": "the name of an ElastiCache cache: 1 to 50 letters, digits and hyphens",
    "redis_entry_key": _LONG_RULE,
    "redis_entry_key_previous": _LONG_RULE,
    "redis_prefix": "1 to 64 of the characters A-Z a-z 0-9 _ . : -",
    "memory_cache_bytes": "a whole number of bytes, 0 to turn the memory tier off",
    "max_cpu_seconds": "a number of seconds above 0 and at most 900, such as 2 or 0.5",
    "assets_bucket": "the name of a bucket: 3 to 63 lower-case letters, digits, hyphens and dots",
    "signing_key": _LONG_RULE,
    "signing_key_id": _NAME_RULE,
    "signing_key_previous": _LONG_RULE,
    "signing_key_previous_id": _NAME_RULE,
    "public_url": "an address such as https://qr.example.com, without a trailing slash, or forwarded",
    "assets_dir": "the absolute path of a folder, such as /srv/logos",
    "warm_patterns": "the address of an object such as s3://bucket/key, or of a file such as file:///srv/list.jsonl",
}
"""Rules in words for settings with a pattern, or whose annotations are not enough."""


def rule_of(setting: FieldInfo) -> str:
    """Return the rule of a setting in words, from its annotation; a number with a unit has the unit as its title."""
    if setting.name in _RULES:
        return _RULES[setting.name]
    if setting.type is bool:
        return "true or false"
    if get_origin(setting.type) is Literal:
        *words, last = get_args(setting.type)
        return f"{', '.join(words)} or {last}"
    (bounds,) = setting.type.__metadata__
    noun = f"a whole number of {bounds.title}" if bounds.title else "a whole number"
    return f"{noun}, at least {bounds.ge}" if bounds.le is None else f"{noun}, {bounds.ge} to {bounds.le}"


CONTRADICTIONS: tuple[tuple[Callable[[Settings], object], str], ...] = (
    (
        lambda settings: (
            bool(settings.redis_url) + bool(settings.redis_cluster_nodes) + bool(settings.redis_sentinel_nodes) > 1
        ),
        "REDIS_URL, REDIS_CLUSTER_NODES and REDIS_SENTINEL_NODES exclude each other: set only one",
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
        lambda settings: settings.redis_entry_key_previous and not settings.redis_entry_key,
        "REDIS_ENTRY_KEY_PREVIOUS needs REDIS_ENTRY_KEY, the new key",
    ),
    (
        lambda settings: settings.redis_entry_key and settings.redis_entry_key == settings.redis_entry_key_previous,
        "REDIS_ENTRY_KEY_PREVIOUS must differ from REDIS_ENTRY_KEY",
    ),
    (
        lambda settings: settings.signing != "off" and not settings.signing_key,
        "SIGNING needs SIGNING_KEY, the secret that URLs are signed with",
    ),
    (
        lambda settings: settings.signing_key_previous and not settings.signing_key,
        "SIGNING_KEY_PREVIOUS needs SIGNING_KEY, the new key",
    ),
    (
        lambda settings: settings.signing_key and settings.signing_key == settings.signing_key_previous,
        "SIGNING_KEY_PREVIOUS must differ from SIGNING_KEY",
    ),
    (
        lambda settings: (
            (settings.signing_key_id and not settings.signing_key)
            or (settings.signing_key_previous_id and not settings.signing_key_previous)
        ),
        "SIGNING_KEY_ID and SIGNING_KEY_PREVIOUS_ID need the keys that they name",
    ),
    (
        lambda settings: settings.signing_key_id and settings.signing_key_id == settings.signing_key_previous_id,
        "SIGNING_KEY_PREVIOUS_ID must be another than SIGNING_KEY_ID",
    ),
    (
        lambda settings: settings.assets_bucket and settings.assets_dir,
        "ASSETS_BUCKET and ASSETS_DIR exclude each other: set only one",
    ),
    (
        lambda settings: settings.require_style and not (settings.assets_bucket or settings.assets_dir),
        "REQUIRE_STYLE needs ASSETS_BUCKET or ASSETS_DIR, which have the styles",
    ),
    (
        lambda settings: settings.redis_ttl_max < settings.redis_ttl,
        "REDIS_TTL_MAX must be at least REDIS_TTL",
    ),
)
"""Cross-field checks: a predicate that is true for an invalid combination, and the error message."""
