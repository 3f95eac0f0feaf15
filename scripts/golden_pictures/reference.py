"""The keys that the reference prints in its examples, which change with the renderer's version."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Final

from qr_engine.request import canonical_bytes, parse

__all__ = ["renew_keys"]

_SHOWN: Final[tuple[dict[str, object], ...]] = (
    {"data": "https://example.com"},
    {"data": "https://example.com", "format": "png", "size": 200},
    {"data": "https://example.com", "margin": 1},
)
"""The requests whose keys it prints."""


def renew_keys(text: str, before: int, now: int) -> str:
    """Put the keys of the version `now` in the place of those of the version `before`."""
    keys = {_key(shown, before): _key(shown, now) for shown in map(_canonical, _SHOWN)}
    return re.sub("|".join(keys), lambda found: keys[found[0]], text)


def _canonical(request: dict[str, object]) -> bytes:
    return canonical_bytes(parse(request)[1])


def _key(canonical: bytes, version: int) -> str:
    return sha256(b"%d:" % version + canonical).hexdigest()
