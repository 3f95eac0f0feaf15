"""Query strings and form bodies as other services read them: they refuse nothing, and bytes need not be UTF-8."""

from __future__ import annotations

import re
from typing import Final

from ...errors import InvalidRequest, Issue
from ..gateway import Request
from ..query_string import MAX_PARAMETERS, SIGNATURE_PARAMETERS

__all__ = ["Parameters", "read_parameters"]

BODY_LIMIT: Final = 64 * 1024
"""Bytes of a form: the longest text with every byte percent-encoded takes a third of that."""

FORM: Final = "application/x-www-form-urlencoded"

Parameters = list[tuple[str, bytes]]
"""Names and values in their order, decoded."""

_ENCODED: Final = re.compile(rb"%([0-9A-Fa-f]{2})")


def read_parameters(request: Request) -> tuple[Parameters, Parameters]:
    """Read the parameters of the query string and those of the form in the body.

    Raises
    ------
    InvalidRequest
        There are too many, or the body is not a form.
    TooMuchData
        The body is too large.
    """
    raw = request.raw_query
    if raw is None:
        query = [(name, value.encode()) for name, value in request.query]
    else:
        query = _parse(raw.encode(errors="surrogatepass"))
        query = [pair for pair in query if pair[0] not in SIGNATURE_PARAMETERS]
    form: Parameters = []
    if request.route.startswith("POST"):
        body = request.text(BODY_LIMIT)
        if body and request.header("content-type", FORM).partition(";")[0].strip().lower() != FORM:
            raise InvalidRequest.of(Issue("", f"The body must be a form: {FORM}."))
        form = _parse(body.encode())
    if len(query) + len(form) > MAX_PARAMETERS:
        message = f"There must be at most {MAX_PARAMETERS} parameters."
        raise InvalidRequest.of(Issue("", message, limit={"max": MAX_PARAMETERS}))
    return query, form


def _parse(raw: bytes) -> Parameters:
    pairs = [part.partition(b"=") for part in raw.split(b"&") if part]
    return [(_decode(name).decode(errors="replace"), _decode(value)) for name, _, value in pairs]


def _decode(octets: bytes) -> bytes:
    """Decode ``+`` and percent-encoding; a percent sign that encodes nothing stands for itself."""
    return _ENCODED.sub(lambda found: bytes([int(found[1], 16)]), octets.replace(b"+", b" "))
