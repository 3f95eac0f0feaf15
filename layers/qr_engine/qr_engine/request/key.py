"""The cache key: what makes two requests the same."""

from __future__ import annotations

from hashlib import sha256

import msgspec

from .. import RENDERER_VERSION
from .model import CanonicalRequest

__all__ = ["cache_key", "canonical_bytes", "text_of"]

_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(list[object])
_VERSION = b"%d:" % RENDERER_VERSION


def canonical_bytes(request: CanonicalRequest) -> bytes:
    """The canonical form as JSON, an array in the order of the fields."""
    return _ENCODER.encode(request)


def cache_key(canonical: bytes) -> str:
    """SHA-256 over the renderer's version and the canonical form, as 64 hex digits."""
    return sha256(_VERSION + canonical).hexdigest()


def text_of(canonical: bytes) -> str:
    """The text that the request with these canonical bytes encodes, whatever version of the renderer wrote them."""
    return str(_DECODER.decode(canonical)[0])
