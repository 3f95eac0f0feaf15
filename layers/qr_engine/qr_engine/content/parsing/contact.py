"""Contacts: vCard, in all versions in use, and MECARD."""

from __future__ import annotations

import re
from typing import Any

from .content_lines import ContentLine, read_lines
from .escaped import list_field, read_fields, split_escaped, unescape, unescape_text

__all__ = ["parse_mecard", "parse_vcard"]

_ADDRESS = ("po_box", "extended_address", "street", "city", "region", "postal_code", "country")
_NAME = ("last_name", "first_name", "middle_name", "prefix", "suffix")
_PHONES = {"FAX": "fax", "CELL": "mobile", "HOME": "home_phone", "WORK": "work_phone"}
"""The field for a number, by the first of these words in its type."""


def parse_vcard(text: str) -> dict[str, Any]:
    """Read a vCard."""
    lines = read_lines(text)
    found: dict[str, Any] = {"type": "vcard"}
    lists: dict[str, list[str]] = {}
    whole_name = ""
    for line in lines:
        match line.name:
            case "N":
                found |= zip(_NAME, _components(line.value), strict=False)
            case "FN":
                whole_name = unescape_text(line.value)
            case "ORG":
                found |= zip(("org", "department"), _components(line.value), strict=False)
            case "ADR":
                found |= zip(_ADDRESS, _components(line.value), strict=False)
            case "NICKNAME" | "TITLE" | "NOTE":
                found[line.name.lower()] = unescape_text(line.value)
            case "BDAY":
                found["birthday"] = _date(line.value)
            case "TEL":
                lists.setdefault(_phone_field(line), []).append(_phone(line.value))
            case "EMAIL":
                lists.setdefault("email", []).append(unescape_text(line.value))
            case "URL":
                # A URI, in which nothing is escaped (RFC 2426, 3.6.8).
                lists.setdefault("url", []).append(line.value)
    found |= {name: list_field(values) for name, values in lists.items()}
    return found | _name_fields(found, whole_name)


def parse_mecard(text: str) -> dict[str, Any]:
    """Read a MECARD."""
    found: dict[str, Any] = {"type": "mecard"}
    lists: dict[str, list[str]] = {}
    for name, value in read_fields(text):
        match name:
            case "N":
                parts = [unescape(part) for part in split_escaped(value, ",")]
                found |= (
                    {"name": parts[0]} if len(parts) == 1 else zip(("last_name", "first_name"), parts, strict=False)
                )
            case "ADR":
                found |= zip(_ADDRESS, [unescape(part) for part in split_escaped(value, ",")], strict=False)
            case "SOUND":
                found["reading"] = unescape(value)
            case "NICKNAME" | "ORG" | "NOTE":
                found[name.lower()] = unescape(value)
            case "BDAY":
                found["birthday"] = _date(value)
            case "TEL" | "EMAIL" | "URL":
                lists.setdefault("phone" if name == "TEL" else name.lower(), []).append(unescape(value))
    return found | {name: list_field(values) for name, values in lists.items()}


def _components(value: str) -> list[str]:
    return [unescape_text(part) for part in split_escaped(value, ";")]


def _name_fields(found: dict[str, Any], whole_name: str) -> dict[str, str | None]:
    """Return the name fields of a vCard; a whole name that only repeats its parts or the company is left out."""
    if not whole_name:
        return {}
    prefix, first, middle, last, suffix = [
        found.get(name) or "" for name in ("prefix", "first_name", "middle_name", "last_name", "suffix")
    ]
    if first and not last and whole_name == first:
        # A name that was not split takes the place of the given name.
        return {"name": whole_name, "first_name": None}
    spoken = " ".join([part for part in (prefix, first, middle, last, suffix) if part])
    implied = spoken if first or last else found.get("org")
    return {} if whole_name == implied else {"name": whole_name}


def _phone_field(line: ContentLine) -> str:
    return next((field for word, field in _PHONES.items() if word in line.types), "phone")


def _phone(value: str) -> str:
    """Write a number as people do; in a URI, the extension is a parameter (RFC 3966, 3)."""
    number = re.sub("^tel:", "", unescape_text(value), flags=re.IGNORECASE)
    return re.sub(";ext=", " ext. ", number, flags=re.IGNORECASE)


def _date(value: str) -> str | None:
    match = re.match("([0-9]{4})-?([0-9]{2})-?([0-9]{2})", value)
    return "-".join(match.groups()) if match else None
