"""Escaping by each format's own rules."""

__all__ = ["escape_backslash", "escape_content_line", "normalize_newlines"]

_MECARD = str.maketrans({character: "\\" + character for character in '\\;,:"'})
_CONTENT_LINE = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def escape_backslash(value: str) -> str:
    r"""Put a backslash before each ``\ ; , : "`` in a value of a MECARD or WIFI field."""
    return value.translate(_MECARD)


def escape_content_line(value: str) -> str:
    r"""Escape a text of vCard 3.0 or iCalendar: ``\ ; ,`` and line breaks, no colon (RFC 2426, 5; RFC 5545, 3.3.11)."""
    return normalize_newlines(value).translate(_CONTENT_LINE)


def normalize_newlines(value: str) -> str:
    """Replace every kind of line break with a line feed."""
    return value.replace("\r\n", "\n").replace("\r", "\n")
