"""The lines of a vCard or an iCalendar object (RFC 2425, 5.8.1; RFC 5545, 3.1)."""

from __future__ import annotations

import re
from typing import Final

import msgspec

__all__ = ["ContentLine", "read_lines"]

# Compiled when the first text is read, as all patterns of this package are.
_LINE: Final = r'([A-Za-z0-9.-]++)((?>(?:[^":]|"[^"]*+")*)):([\s\S]*)'
_MAX_LINES: Final = 500


class ContentLine(msgspec.Struct, frozen=True):
    """A property.

    Attributes
    ----------
    name
        In capitals, without its group.
    parameters
        In capitals, such as ``TYPE=CELL`` or ``CELL``.
    value
        Still escaped.
    """

    name: str
    parameters: tuple[str, ...]
    value: str

    @property
    def types(self) -> frozenset[str]:
        """The words of its ``TYPE`` parameters, and those that stand alone, as in vCard 2.1."""
        words = [parameter.removeprefix("TYPE=").strip('"') for parameter in self.parameters]
        return frozenset([word for each in words for word in each.split(",")])

    def parameter(self, name: str) -> str | None:
        """Return the value of a parameter; None if it is missing."""
        found = [each.partition("=")[2].strip('"') for each in self.parameters if each.upper().startswith(f"{name}=")]
        return found[0] if found else None


def read_lines(text: str) -> list[ContentLine]:
    """List the properties of an object; lines that are not properties are left out."""
    unfolded = re.sub(r"\r?\n[ \t]", "", text)
    # Soft line breaks of quoted-printable, from vCard 2.1.
    if "QUOTED-PRINTABLE" in unfolded.upper():
        unfolded = re.sub(r"=\r?\n", "", unfolded)
    lines = [re.fullmatch(_LINE, line) for line in re.split(r"\r\n|\n|\r", unfolded)[:_MAX_LINES]]
    return [_make_line(*match.groups()) for match in lines if match]


def _make_line(name: str, parameters: str, value: str) -> ContentLine:
    given = tuple(parameters.split(";")[1:])
    if any(each.upper().endswith("QUOTED-PRINTABLE") for each in given):
        from quopri import decodestring

        value = decodestring(value.encode()).decode("utf-8", "replace").replace("\r\n", "\\n").replace("\n", "\\n")
    kept = tuple([each if each.upper().startswith("TZID=") else each.upper() for each in given])
    return ContentLine(name.rpartition(".")[2].upper(), kept, value)
