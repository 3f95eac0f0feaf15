"""Keys, and signing requests with them.

A signature is an HMAC-SHA256 (RFC 2104) over the `string_to_sign` of a request, in base64url without padding (RFC 4648,
5). Its first 16 bytes are enough.
"""

from __future__ import annotations

from binascii import b2a_base64

import msgspec

from ...config import Settings
from ...hashes import HmacSha256
from .string_to_sign import encode_query, string_to_sign

__all__ = ["SIGNATURE_BYTES", "Key", "keys_of", "sign", "sign_address"]

SIGNATURE_BYTES = 32

_URL_SAFE = bytes.maketrans(b"+/", b"-_")


class Key(msgspec.Struct, frozen=True):
    """A key that signs requests.

    Attributes
    ----------
    id
        The value of `kid` for this key; None if `kid` cannot select it.
    label
        Its name in logs.
    """

    id: str | None
    label: str
    mac: HmacSha256

    def sign(self, text: str, length: int = SIGNATURE_BYTES) -> bytes:
        """Return the first `length` bytes of the signature of `text`, in base64url."""
        digest = self.mac.digest(text.encode())[:length]
        return b2a_base64(digest, newline=False).translate(_URL_SAFE).rstrip(b"=")


def keys_of(settings: Settings) -> tuple[Key, ...]:
    """Return the keys in use, the newest first."""
    given = (
        (settings.signing_key, settings.signing_key_id, "current"),
        (settings.signing_key_previous, settings.signing_key_previous_id, "previous"),
    )
    return tuple([Key(name, name or label, HmacSha256(secret.encode())) for secret, name, label in given if secret])


def sign(key: Key, method: str, path: str, query: str = "", body: bytes = b"") -> str:
    """Return the signature of a request, which goes at the end of its query as ``sig``.

    Parameters
    ----------
    path
        In the form that `string_to_sign` expects.
    query
        Raw, including ``exp`` and ``kid`` if the address is to have them.
    """
    return key.sign(string_to_sign(method, path, encode_query(query), body)).decode()


def sign_address(key: Key, method: str, address: str, expires: int | None = None, body: bytes = b"") -> str:
    """Return a path and its query, followed by the signature of the request.

    Parameters
    ----------
    expires
        Seconds since 1970 until which the address is valid; None for ever.
    """
    path, _, given = address.partition("?")
    moment = "" if expires is None else f"exp={expires}"
    name = f"kid={key.id}" if key.id else ""
    query = "&".join(filter(None, (given, moment, name)))
    return f"{path}?{query}{'&' if query else ''}sig={sign(key, method, path, query, body)}"
