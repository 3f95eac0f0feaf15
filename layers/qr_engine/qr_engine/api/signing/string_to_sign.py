"""The text that is signed: one for all spellings of a request.

Its lines are the method and path, the query and, for a body, its digest. Two requests have the same text only if they
mean the same. They may differ only in the escaping of characters, in the order of parameters with different names, and
in parameters that are ignored.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from operator import itemgetter

from ...hashes import sha256
from ...percent_encoding import percent_encode_octets
from ..query_string import decode_octets, is_cache_buster

__all__ = ["Pairs", "encode_pairs", "encode_query", "string_to_sign"]

SIGNATURE = "sig"

Pairs = list[tuple[str, str]]
"""Names and values of a query in their order, percent-encoded in canonical form."""

# Escapes in capitals, and only for octets that need them.
_ESCAPE = "%(?:[0189A-F][0-9A-F]|2[0-9A-CF]|3[A-F]|40|5[B-E]|60|7[B-DF])"
_PART = f"[A-Za-z0-9._~-]*(?:{_ESCAPE}[A-Za-z0-9._~-]*)*"
_ENCODED = re.compile(_PART)
_ENCODED_QUERY = re.compile(f"{_PART}={_PART}(?:&{_PART}={_PART})*")


def encode_query(raw: str) -> Pairs:
    """Split a raw query string, and put each name and each value into the canonical encoding."""
    if _ENCODED_QUERY.fullmatch(raw):
        # Signers already write it in this form, and this check takes a third of the time.
        return [(name, value) for name, _, value in [part.partition("=") for part in raw.split("&")]]
    parts = [part.partition("=") for part in raw.split("&") if part]
    return [(_encode_anew(name), _encode_anew(value)) for name, _, value in parts]


def encode_pairs(pairs: Iterable[tuple[str, str]]) -> Pairs:
    """Encode the parameters of a query that is already decoded."""
    return [(_encode_octets(name), _encode_octets(value)) for name, value in pairs]


def string_to_sign(method: str, path: str, pairs: Pairs, body: bytes) -> str:
    """Return the text to sign for a request: lines without a line feed at the end.

    Parameters
    ----------
    method
        In capitals. HEAD is signed as GET, since it has the same answer.
    path
        In the canonical encoding, without the prefix that a stage or a domain puts before the route.
    pairs
        All parameters. Those of the same name keep their order, which matters for the colours of a gradient; the
        signature itself and cache busters are left out.
    body
        The body that the client sent; without one the text has no line for it.
    """
    kept = [pair for pair in pairs if pair[0] != SIGNATURE and not is_cache_buster(pair[0])]
    kept.sort(key=_name_of)
    query = "&".join(map("=".join, kept))
    lines = f"{'GET' if method == 'HEAD' else method}\n{path}\n{query}"
    return f"{lines}\n{sha256(body).hexdigest()}" if body else lines


_name_of = itemgetter(0)


def _encode_anew(text: str) -> str:
    return text if _ENCODED.fullmatch(text) else percent_encode_octets(decode_octets(text))


def _encode_octets(text: str) -> str:
    return percent_encode_octets(text.encode(errors="surrogatepass"))
