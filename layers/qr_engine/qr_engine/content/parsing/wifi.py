"""Networks to join: ``WIFI:…;;``."""

from __future__ import annotations

from typing import Any

from .escaped import read_fields, unescape

__all__ = ["parse_wifi"]

_FIELDS = {
    "S": "ssid", "P": "password", "E": "eap_method", "A": "anonymous_identity", "I": "identity", "PH2": "phase2",
}  # fmt: skip
_SECURITY = {word.upper(): word for word in ("WPA", "WPA2", "WPA3", "SAE", "WEP", "nopass", "WPA2-EAP")}


def parse_wifi(text: str) -> dict[str, Any] | None:
    """Parse a network; a word for the security that Android does not know is ignored."""
    values = {name: unescape(value) for name, value in read_fields(text)}
    if not values.get("S"):
        return None
    security = values.get("T", "").upper()
    fields: dict[str, Any] = {field: values.get(name) for name, field in _FIELDS.items()}
    return {
        "type": "wifi",
        **fields,
        "security": _SECURITY.get(security, None if values.get("P") else "nopass"),
        "hidden": values.get("H", "").lower() == "true",
    }
