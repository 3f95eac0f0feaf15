"""The canonical bytes of a request and its cache key: equal requests have equal ones."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import msgspec

from .. import RENDERER_VERSION
from ..errors import InvalidRequest
from ..hashes import sha256
from .canonical import CanonicalRequest, LogoSource

if TYPE_CHECKING:
    from .canonical_extended import ExtendedRequest

__all__ = ["cache_key", "canonical_bytes", "canonical_request", "format_of", "is_redrawable", "text_of"]


def _encode_source(source: object) -> str:
    """Write the source of a logo as its digest."""
    if isinstance(source, LogoSource):
        return source.digest
    raise NotImplementedError


def _decode_source(kind: type, digest: object) -> LogoSource:
    if kind is LogoSource and isinstance(digest, str):
        return LogoSource(digest)
    raise NotImplementedError


_ENCODER = msgspec.msgpack.Encoder(enc_hook=_encode_source)
_HEADER = b"\xdc" + len(CanonicalRequest.__struct_fields__).to_bytes(2, "big")
"""How the canonical bytes of all but extended requests begin: MessagePack's array 16 and the number of values."""
_ANY_DECODER = msgspec.msgpack.Decoder(list[object])
_VERSION = b"%d:" % RENDERER_VERSION


@cache
def _decoder() -> msgspec.msgpack.Decoder[CanonicalRequest]:
    """Create the decoder when it is first needed, for warming: it would take a millisecond of a cold start."""
    return msgspec.msgpack.Decoder(CanonicalRequest, dec_hook=_decode_source)


def canonical_bytes(request: CanonicalRequest) -> bytes:
    """Encode the canonical form as MessagePack, an array in the order of the fields."""
    return _ENCODER.encode(request)


def canonical_request(canonical: bytes) -> CanonicalRequest:
    """Decode the canonical bytes of a request.

    Raises
    ------
    InvalidRequest
        The bytes are damaged, or come from a version of the service whose requests had other fields.
    """
    decoder = _decoder() if canonical.startswith(_HEADER) else _extended_decoder()
    try:
        return decoder.decode(canonical)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise InvalidRequest("The request comes from another version of the service, or is damaged.") from None


@cache
def _extended_decoder() -> msgspec.msgpack.Decoder[ExtendedRequest]:
    from .canonical_extended import ExtendedRequest

    return msgspec.msgpack.Decoder(ExtendedRequest, dec_hook=_decode_source)


def is_redrawable(request: CanonicalRequest) -> bool:
    """Return whether the canonical bytes are enough to draw the picture again: they do not contain an uploaded logo."""
    return request.style is None or request.style.logo is None or bool(request.style.logo.asset)


def cache_key(canonical: bytes, style_digest: str = "") -> str:
    """Compute the SHA-256 over the renderer's version and the canonical form, as 64 hex digits.

    Parameters
    ----------
    style_digest
        The digest of the style that the request names.
    """
    return sha256(_VERSION + canonical + style_digest.encode()).hexdigest()


def text_of(canonical: bytes) -> str:
    """Return the text of the request with these canonical bytes, whichever version of the renderer wrote them.

    Damaged bytes give the empty text, which no request has.
    """
    return _field_text(canonical, 0)


def format_of(canonical: bytes) -> str:
    """Return the format of the request with these canonical bytes, whichever version of the renderer wrote them.

    Damaged bytes give the empty text.
    """
    return _field_text(canonical, 1)


def _field_text(canonical: bytes, index: int) -> str:
    try:
        return str(_ANY_DECODER.decode(canonical)[index])
    except (msgspec.DecodeError, UnicodeDecodeError, IndexError):
        return ""
