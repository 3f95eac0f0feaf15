"""Forms that contain files: ``multipart/form-data`` (RFC 7578)."""

from __future__ import annotations

import re
from typing import Final

import msgspec

from ..errors import InvalidRequest, Issue

__all__ = ["MULTIPART", "Part", "read_parts"]

MULTIPART: Final = "multipart/form-data"

_MAX_PARTS: Final = 32
_MAX_HEAD_BYTES: Final = 4096
_BOUNDARY: Final = re.compile(r'(?i);\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))')
_DISPOSITION: Final = re.compile(rb"(?i)^content-disposition:([^\r\n]*+)", re.MULTILINE)
_PARAMETER: Final = re.compile(rb';\s*+([^\s;="]++)=(?:"((?>(?:[^"\\]++|\\.)*))"?|([^\s;"]++))')


class Part(msgspec.Struct, frozen=True):
    """A field of a form."""

    name: str
    value: bytes


def read_parts(body: bytes, content_type: str) -> list[Part]:
    """Read the fields of a form in their order.

    Parameters
    ----------
    content_type
        The header with the boundary.

    Raises
    ------
    InvalidRequest
        The body is not such a form, or has too many fields.
    """
    found = _BOUNDARY.search(content_type)
    if found is None:
        raise InvalidRequest.of(Issue("", f"A {MULTIPART} body must have its boundary in Content-Type."))
    boundary = b"--" + (found[1] or found[2]).encode(errors="replace")
    # Text before the first boundary is ignored, and two hyphens close the last part.
    _, *sections = (b"\r\n" + body).split(b"\r\n" + boundary, _MAX_PARTS + 1)
    if not sections:
        raise InvalidRequest.of(Issue("", "The body must have the boundary that Content-Type names."))
    parts: list[Part] = []
    for index, section in enumerate(sections):
        if section.startswith(b"--"):
            break
        if index == _MAX_PARTS:
            message = f"There must be at most {_MAX_PARTS} fields in the form."
            raise InvalidRequest.of(Issue("", message, limit={"max": _MAX_PARTS}))
        head, separator, value = section.partition(b"\r\n\r\n")
        name = _find_name(head[:_MAX_HEAD_BYTES].lstrip(b" \t\r\n"))
        if separator and name is not None:
            parts.append(Part(name.decode(errors="replace"), value))
    return parts


def _find_name(head: bytes) -> bytes | None:
    """Return the name that the head of a section gives its field; None if it gives none."""
    disposition = _DISPOSITION.search(head)
    # A name within another parameter's quotes, such as a file's, is none.
    for parameter in _PARAMETER.finditer(disposition[1]) if disposition else ():
        if parameter[1].lower() == b"name":
            return parameter[2] if parameter[2] is not None else parameter[3]
    return None
