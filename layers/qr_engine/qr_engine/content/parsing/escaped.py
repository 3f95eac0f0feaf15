"""Taking texts apart where something separates them, but for what is escaped by a backslash."""

from __future__ import annotations

import re

__all__ = ["list_field", "read_fields", "split_escaped", "unescape", "unescape_text"]


def read_fields(text: str) -> list[tuple[str, str]]:
    """List the fields of a MECARD or WIFI text, behind its scheme: names in capitals, values as they are escaped."""
    fields = [field.partition(":") for field in split_escaped(text.partition(":")[2], ";")]
    return [(name.strip().upper(), value) for name, colon, value in fields if colon]


def split_escaped(text: str, separator: str) -> list[str]:
    """Split a text at each separator that is not escaped; what is escaped stays so."""
    parts: list[list[str]] = [[]]
    for character in re.findall(r"\\?[\s\S]", text):
        if character == separator:
            parts.append([])
        else:
            parts[-1].append(character)
    return ["".join(part) for part in parts]


def unescape(value: str) -> str:
    """Take the backslashes of a MECARD or WIFI value away."""
    return re.sub(r"\\([\s\S])", r"\1", value)


def unescape_text(value: str) -> str:
    r"""Take the backslashes of a text of vCard or iCalendar away, where ``\n`` is a line break (RFC 5545, 3.3.11)."""
    return re.sub(r"\\([\s\S])", lambda escaped: "\n" if escaped[1] in "nN" else escaped[1], value)


def list_field(values: list[str]) -> str | tuple[str, ...] | None:
    """Give the value of a field that takes one text or a list of five at most; None for no text."""
    some = tuple([value for value in values if value][:5])
    return some[0] if len(some) == 1 else some or None
