"""Places: ``geo:`` URIs (RFC 5870)."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote

__all__ = ["parse_geo"]

_NUMBER = r"(-?[0-9]{1,9}(?:\.[0-9]{1,20})?)"
_PLACE = rf"(?i)geo:{_NUMBER},{_NUMBER}(?:,{_NUMBER})?(?:;[^?]*)?(?:\?(.*))?"
_LABELLED = r"[-0-9.,]*\((.*)\)"


def parse_geo(text: str) -> dict[str, Any] | None:
    """Read a place, with the label or the search that map applications understand."""
    match = re.fullmatch(_PLACE, text, re.DOTALL)
    if match is None:
        return None
    latitude, longitude, altitude, query = match.groups()
    asked = [value for name, _, value in [part.partition("=") for part in (query or "").split("&")] if name == "q"]
    label = re.fullmatch(_LABELLED, asked[0]) if asked else None
    return {
        "type": "geo",
        "lat": float(latitude),
        "lon": float(longitude),
        "altitude": None if altitude is None else float(altitude),
        "label": _decode(label[1]) if label else None,
        "query": _decode(asked[0]) if asked and not label else None,
    }


def _decode(value: str) -> str:
    return unquote(value.replace("+", " "))
