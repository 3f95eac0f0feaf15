"""Check who signed a request, and until when it may be answered."""

from __future__ import annotations

import re
from time import gmtime, strftime

import msgspec

from ...errors import BadSignature, Issue, SignatureExpired
from ...hashes import compare_digest
from ...percent_encoding import percent_encode_octets
from ..gateway import Request
from ..query_string import SIGNATURE_PARAMETERS
from .keys import SIGNATURE_BYTES, Key
from .string_to_sign import SIGNATURE, Pairs, encode_pairs, encode_query, string_to_sign

__all__ = ["LONGEST_SECONDS", "Signed", "Verifier"]

LONGEST_SECONDS = 3600
"""How far ahead an address of the cache routes may expire; an eavesdropper could use it for that long."""

MAX_REMEMBERED = 512
MAX_REMEMBERED_QUERY = 1024

_LEAST_BYTES = 16
_PADDING = "%3D"
_is_time = re.compile("[0-9]{1,12}").fullmatch


class Signed(msgspec.Struct, frozen=True):
    """The key and the expiry of a signed request.

    Attributes
    ----------
    key
        The label of the key.
    expires
        Seconds since 1970 until which the request may be answered; None for ever.
    """

    key: str
    expires: int | None


class Verifier:
    """Checks signatures with the keys of this environment, and remembers the addresses that passed.

    It remembers whole query strings with their key and expiry; the expiry is still checked each time.

    Parameters
    ----------
    keys
        The keys in use. Without a ``kid`` any of them may have signed.
    expires
        Whether every address has to expire, and within `LONGEST_SECONDS`.
    """

    def __init__(self, keys: tuple[Key, ...], *, expires: bool) -> None:
        self._keys = keys
        self._expires = expires
        self._remembered: dict[tuple[str, str], Signed] = {}

    def verify(self, request: Request, now: float) -> Signed:
        """Return who signed a request, and until when.

        Raises
        ------
        BadSignature
            The signature is missing or wrong, or the request must expire but does not.
        SignatureExpired
            The signature expired before `now`, in seconds since 1970.
        """
        method, _, path = request.route.partition(" ")
        if "{" in path:
            path = re.sub(r"\{(\w+)\}", lambda found: _encode(request.path_parameter(found[1])), path)
        raw, body = request.raw_query, request.octets()
        if raw is None or body or method not in ("GET", "HEAD"):
            pairs = encode_pairs(request.decoded_query) if raw is None else encode_query(raw)
            signed = self._check(method, path, pairs, body)
        else:
            signed = self._remembered.get((path, raw)) or self._check_query(path, raw)
        self._check_time(signed, now)
        return signed

    def _check_query(self, path: str, raw: str) -> Signed:
        """Check the signature of a GET and remember an address that passes: a page requests its picture each time."""
        pairs = encode_query(raw)
        signed = self._check("GET", path, pairs, b"")
        if len(raw) <= MAX_REMEMBERED_QUERY:
            if len(self._remembered) >= MAX_REMEMBERED:
                del self._remembered[next(iter(self._remembered))]
            self._remembered[path, raw] = signed
        return signed

    def _check(self, method: str, path: str, pairs: Pairs, body: bytes) -> Signed:
        """Find the key that signed a request, using the signature among its parameters `pairs`."""
        given = dict(pairs)
        if len(given) < len(pairs):
            _refuse_repeated(pairs)
        signature = given.get(SIGNATURE, "").removesuffix(_PADDING).removesuffix(_PADDING).encode()
        if not signature:
            raise _refusal(SIGNATURE, "Must be given: this route only answers signed URLs.")
        text = string_to_sign(method, path, pairs, body)
        name = given.get("kid", "")
        length = len(signature) * 3 // 4
        if _LEAST_BYTES <= length <= SIGNATURE_BYTES:
            for key in self._keys:
                if name in ("", key.id) and compare_digest(key.sign(text, length), signature):
                    return Signed(key.label, _read_time(given.get("exp", "")))
        if name and name not in [key.id for key in self._keys]:
            raise _refusal("kid", "Must name a current key, or be left out.")
        message = (
            "Must be the HMAC-SHA256 of string_to_sign in base64url: the request was changed, or the key is wrong."
        )
        raise _refusal(SIGNATURE, message, string_to_sign=text)

    def _check_time(self, signed: Signed, now: float) -> None:
        if signed.expires is not None and signed.expires <= now:
            moment = strftime("%Y-%m-%d %H:%M:%S UTC", gmtime(signed.expires))
            raise SignatureExpired(f"This URL expired at {moment}.")
        if self._expires and (signed.expires is None or signed.expires > now + LONGEST_SECONDS):
            raise _refusal("exp", f"Must be within the next {LONGEST_SECONDS} seconds for the cache routes.")


def _encode(text: str) -> str:
    return percent_encode_octets(text.encode(errors="surrogatepass"))


def _refuse_repeated(pairs: Pairs) -> None:
    """Refuse a repeated parameter of the signature; other parameters may repeat."""
    names = [name for name, _ in pairs]
    for name in sorted(SIGNATURE_PARAMETERS):
        if names.count(name) > 1:
            raise _refusal(name, "Must be given once.")


def _read_time(text: str) -> int | None:
    if not text:
        return None
    if not _is_time(text):
        raise _refusal("exp", "Must be a whole number of seconds since 1970.")
    return int(text)


def _refusal(path: str, message: str, **extra: str) -> BadSignature:
    return BadSignature.of(Issue(path, message), **extra)
