"""Escaping by each format's own rules."""

__all__ = ["backslashed", "content_line", "one_newline", "percent_encoded"]

_MECARD = str.maketrans({character: "\\" + character for character in '\\;,:"'})
_CONTENT_LINE = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_PERCENT = [chr(octet) if octet in _UNRESERVED else f"%{octet:02X}" for octet in range(256)]


def backslashed(value: str) -> str:
    r"""Put a backslash before each ``\ ; , : "`` in a value of a MECARD or WIFI field."""
    return value.translate(_MECARD)


def content_line(value: str) -> str:
    r"""Escape a text of vCard 3.0 or iCalendar: ``\ ; ,`` and line breaks, no colon (RFC 2426, 5; RFC 5545, 3.3.11)."""
    return one_newline(value).translate(_CONTENT_LINE)


def one_newline(value: str) -> str:
    """Turn every line break, of whatever system, into one line feed."""
    return value.replace("\r\n", "\n").replace("\r", "\n")


def percent_encoded(value: str) -> str:
    """Percent-encode the UTF-8 octets of a value in a URI, all but the unreserved ones (RFC 3986, 2.1 and 2.3).

    A space becomes ``%20``, never ``+``, and a plus sign ``%2B``: some readers of mailto decode it as a space.
    """
    return "".join(map(_PERCENT.__getitem__, value.encode()))
