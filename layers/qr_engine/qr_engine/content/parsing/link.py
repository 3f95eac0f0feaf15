"""Web addresses and telephone numbers."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote

from ..web import WebError, encode_url

__all__ = ["parse_tel", "parse_url"]


def parse_url(text: str) -> dict[str, Any] | None:
    """Parse a web address; one that a browser would write differently stays as it was typed."""
    address = re.sub("^(?:URLTO:|URL:)", "", text, flags=re.IGNORECASE)
    if not re.match(r"(?i)https?://[^\s/?#]", address) or re.search(r"\s", address):
        return None
    try:
        as_typed = encode_url(address) != address
    except WebError:
        as_typed = True
    return {"type": "url", "url": address, "as_typed": as_typed}


def parse_tel(text: str) -> dict[str, Any] | None:
    """Parse a number (RFC 3966), with its extension and tones."""
    number = unquote(text.partition(":")[2])
    return {"type": "tel", "phone": re.sub(";ext=", " ext. ", number, flags=re.IGNORECASE)} if number else None
