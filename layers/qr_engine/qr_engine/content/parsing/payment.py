"""SEPA credit transfers: EPC069-12, line by line."""

from __future__ import annotations

import re
from typing import Any

__all__ = ["parse_epc"]

_FIELDS = ("bic", "name", "iban", "amount", "purpose", "reference", "text", "information")


def parse_epc(text: str) -> dict[str, Any] | None:
    """Parse a transfer of either version, in any of its character sets."""
    service, version, _, kind, *lines = [*re.split("\r?\n", text), *[""] * 4][:12]
    if service != "BCD" or version not in ("001", "002") or kind != "SCT":
        return None
    fields = dict(zip(_FIELDS, lines, strict=False))
    amount = re.fullmatch(r"EUR([0-9]+(?:\.[0-9]{1,2})?)", fields.get("amount", ""))
    return {"type": "epc", **fields, "amount": amount[1] if amount else None}
