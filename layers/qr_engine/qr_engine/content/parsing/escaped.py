"""Split texts at separators that are not escaped by a backslash."""

from __future__ import annotations

import re

__all__ = ["list_field", "read_fields", "split_escaped", "unescape", "unescape_text"]


def read_fields(text: str) -> list[tuple[str, str]]:
    """List the fields of a MECARD or WIFI text after its scheme: names in capitals, values still escaped."""
    fields = [field.partition(":") for field in split_escaped(text.partition(":")[2], ";")]
    return [(name.strip().upper(), value) for name, colon, value in fields if colon]


def split_escaped(text: str, separator: str) -> list[str]:
    """Split a text at each separator that is not escaped; the parts stay escaped."""
    parts: list[list[str]] = [[]]
    for character in re.findall(r"\\?[\s\S]", text):
        if character == separator:
            parts.append([])
        else:
            parts[-1].append(character)
    return ["".join(part) for part in parts]


def unescape(value: str) -> str:
    """Remove the backslashes that escape a MECARD or WIFI value."""
    return re.sub(r"\\([\s\S])", r"\1", value)


def unescape_text(value: str) -> str:
    r"""Remove the backslashes that escape a vCard or iCalendar text; ``\n`` is a line break (RFC 5545, 3.3.11)."""
    return re.sub(r"\\([\s\S])", lambda escaped: "\n" if escaped[1] in "nN" else escaped[1], value)


def list_field(values: list[str]) -> str | tuple[str, ...] | None:
    """Return the value of a field for one text or a list of at most five; None for no text."""
    some = tuple([value for value in values if value][:5])
    return some[0] if len(some) == 1 else some or None
