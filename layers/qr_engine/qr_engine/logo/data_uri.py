"""Decode pictures that a request contains as text."""

from __future__ import annotations

from base64 import b64decode
from typing import Final
from urllib.parse import unquote_to_bytes

__all__ = ["decode_data_uri"]

_URL_SAFE: Final = str.maketrans("-_", "+/")


def decode_data_uri(data: str) -> bytes:
    """Decode a data URI, or base64 alone, with or without padding, in either alphabet (RFC 4648, 4 and 5).

    Raises
    ------
    ValueError
        The text is neither, or it is a URL; the message is for callers.
    """
    payload = data.strip()
    if payload[:5].lower() == "data:":
        head, comma, payload = payload[5:].partition(",")
        if not comma:
            raise ValueError("A data URI must have a comma between its media type and its data.")
        if not head.replace(" ", "").lower().endswith(";base64"):
            return unquote_to_bytes(payload)
        payload = unquote_to_bytes(payload).decode("latin-1")
    elif "://" in payload[:16]:
        raise ValueError("The service fetches no pictures from URLs; send the picture as a data URI or in base64.")
    compact = "".join(payload.split()).rstrip("=").translate(_URL_SAFE)
    try:
        return b64decode(compact + "=" * (-len(compact) % 4), validate=True)
    except ValueError:
        raise ValueError("This is neither a data URI nor valid base64.") from None
