"""The cache key: what makes two requests the same."""

from __future__ import annotations

import msgspec

from .. import RENDERER_VERSION
from ..errors import InvalidRequest
from ..hashes import sha256
from .canonical import CanonicalRequest, LogoSource

__all__ = ["cache_key", "canonical_bytes", "canonical_request", "format_of", "is_redrawable", "text_of"]


def _encode_source(source: object) -> str:
    """What a logo's source is written as."""
    if isinstance(source, LogoSource):
        return source.digest
    raise NotImplementedError


def _decode_source(kind: type, digest: object) -> LogoSource:
    if kind is LogoSource and isinstance(digest, str):
        return LogoSource(digest)
    raise NotImplementedError


_ENCODER = msgspec.msgpack.Encoder(enc_hook=_encode_source)
_DECODER = msgspec.msgpack.Decoder(CanonicalRequest, dec_hook=_decode_source)
_ANY_DECODER = msgspec.msgpack.Decoder(list[object])
_VERSION = b"%d:" % RENDERER_VERSION


def canonical_bytes(request: CanonicalRequest) -> bytes:
    """The canonical form as MessagePack, an array in the order of the fields."""
    return _ENCODER.encode(request)


def canonical_request(canonical: bytes) -> CanonicalRequest:
    """The request with these canonical bytes.

    Raises
    ------
    InvalidRequest
        They are of a version of the request that had other fields, or damaged.
    """
    try:
        return _DECODER.decode(canonical)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise InvalidRequest("The request is of another version of the service, or damaged.") from None


def is_redrawable(request: CanonicalRequest) -> bool:
    """Whether its canonical bytes are enough to draw the picture again: they have no logo that was sent along."""
    return request.style is None or request.style.logo is None or bool(request.style.logo.asset)


def cache_key(canonical: bytes) -> str:
    """SHA-256 over the renderer's version and the canonical form, as 64 hex digits."""
    return sha256(_VERSION + canonical).hexdigest()


def text_of(canonical: bytes) -> str:
    """The text that the request with these canonical bytes encodes, whatever version of the renderer wrote them.

    The empty text, which no request has, where the bytes are damaged.
    """
    return _field_text(canonical, 0)


def format_of(canonical: bytes) -> str:
    """The format that the request with these canonical bytes asks for, in every version of the renderer.

    The empty text where the bytes are damaged.
    """
    return _field_text(canonical, 1)


def _field_text(canonical: bytes, index: int) -> str:
    try:
        return str(_ANY_DECODER.decode(canonical)[index])
    except (msgspec.DecodeError, UnicodeDecodeError, IndexError):
        return ""
