"""SHA-1, SHA-256, HMAC and BLAKE2b of short texts, from the interpreter itself.

`hashlib` would load OpenSSL, which takes 7 ms of each cold start and hashes a request no faster. The standard library's
own `random` takes SHA-512 from the same place for the same reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hashlib import blake2b, sha1, sha256
    from hmac import compare_digest
else:
    try:
        from _blake2 import blake2b
        from _operator import _compare_digest as compare_digest
        from _sha1 import sha1

        try:
            from _sha2 import sha256
        except ImportError:  # CPython 3.11
            from _sha256 import sha256
    except ImportError:  # another interpreter
        from hashlib import blake2b, sha1, sha256
        from hmac import compare_digest

__all__ = ["HmacSha256", "blake2b", "compare_digest", "hmac_sha256", "sha1", "sha256"]

_BLOCK = 64
"""Bytes that SHA-256 takes at a time."""
_INNER, _OUTER = (bytes(octet ^ pad for octet in range(256)) for pad in (0x36, 0x5C))


class HmacSha256:
    """HMAC with SHA-256 (RFC 2104) and one key, whose two blocks are hashed once for all messages.

    `hmac` would load `hashlib`.
    """

    def __init__(self, key: bytes) -> None:
        block = (sha256(key).digest() if len(key) > _BLOCK else key).ljust(_BLOCK, b"\0")
        self._inner = sha256(block.translate(_INNER))
        self._outer = sha256(block.translate(_OUTER))

    def digest(self, message: bytes) -> bytes:
        """Return the 32 bytes that sign a message."""
        inner, outer = self._inner.copy(), self._outer.copy()
        inner.update(message)
        outer.update(inner.digest())
        return outer.digest()


def hmac_sha256(key: bytes, message: bytes) -> bytes:
    """Sign one message with a key by HMAC (RFC 2104)."""
    return HmacSha256(key).digest(message)
