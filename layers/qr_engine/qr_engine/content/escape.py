"""Escaping by each format's own rules."""

from __future__ import annotations

__all__ = ["backslashed", "content_line", "one_newline", "percent_encoded"]

_MECARD = str.maketrans({character: "\\" + character for character in '\\;,:"'})
_CONTENT_LINE = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_PERCENT = [chr(octet) if octet in _UNRESERVED else f"%{octet:02X}" for octet in range(256)]


def backslashed(value: str) -> str:
    r"""A value of a MECARD or WIFI field: ``\ ; , : "`` each get a backslash."""
    return value.translate(_MECARD)


def content_line(value: str) -> str:
    r"""A text value of vCard 3.0 or iCalendar: ``\ ; ,`` and line breaks, but no colon (RFC 2426, 5; RFC 5545, 3.3.11)."""
    return one_newline(value).translate(_CONTENT_LINE)


def one_newline(value: str) -> str:
    """The same text with every line break, of whatever system, as one line feed."""
    return value.replace("\r\n", "\n").replace("\r", "\n")


def percent_encoded(value: str, keep: str = "") -> str:
    """A value inside a URI: UTF-8 octets, all but the unreserved ones percent-encoded (RFC 3986, 2.1 and 2.3).

    A space becomes ``%20``, never ``+``, and a plus sign ``%2B``: some readers of mailto decode it as a space.

    Parameters
    ----------
    keep
        ASCII characters that stay as they are, because the component allows them.
    """
    return "".join(chr(octet) if octet < 128 and chr(octet) in keep else _PERCENT[octet] for octet in value.encode())
