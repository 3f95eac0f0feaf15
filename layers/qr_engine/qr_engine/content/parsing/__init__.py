"""From the text of a symbol back to the fields of a content: the reverse of the writers in `content`.

Texts of other generators are read too, as far as a content type has their fields; the rest is left out. So is a field
whose value is invalid for its content type.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

import msgspec

from .. import Content
from .calendar import parse_event
from .contact import parse_mecard, parse_vcard
from .link import parse_tel, parse_url
from .location import parse_geo
from .message import parse_email, parse_matmsg, parse_sms, parse_smsto, parse_whatsapp
from .payment import parse_epc
from .wifi import parse_wifi

__all__ = ["parse_content"]

Fields = Mapping[str, Any]
Parser = Callable[[str], Fields | None]
"""Takes a text and returns the fields of a content with its ``type``, or None if the text has another form."""

_PARSERS: Final[tuple[tuple[str, Parser], ...]] = (
    ("wifi:", parse_wifi),
    ("begin:vcard", parse_vcard),
    ("mecard:", parse_mecard),
    ("begin:vcalendar", parse_event),
    ("begin:vevent", parse_event),
    ("bcd\n", parse_epc),
    ("bcd\r\n", parse_epc),
    ("geo:", parse_geo),
    ("mailto:", parse_email),
    ("matmsg:", parse_matmsg),
    ("smsto:", parse_smsto),
    ("sms:", parse_sms),
    ("tel:", parse_tel),
    ("https://wa.me/", parse_whatsapp),
    ("http://wa.me/", parse_whatsapp),
    ("https://api.whatsapp.com/send", parse_whatsapp),
    ("https://", parse_url),
    ("http://", parse_url),
    ("urlto:", parse_url),
    ("url:", parse_url),
)
"""Parsers by the start of the text, in either case; the first that can read the text is used."""

_BEGINNING: Final = max(len(beginning) for beginning, _ in _PARSERS)
_PATH: Final = re.compile(r"at `\$\.(\w+)")


def parse_content(text: str) -> Content | None:
    """Parse a text into a content; None if it belongs to none of the content types."""
    # A file may begin with a byte order mark, which readers skip.
    text = text.removeprefix("\ufeff")
    start = text[:_BEGINNING].lower()
    for beginning, parse in _PARSERS:
        if start.startswith(beginning):
            fields = parse(text)
            if fields is not None:
                return _make_content(fields)
    return None


def _make_content(fields: Fields) -> Content | None:
    """Make a content, leaving out fields that its type does not accept; None if it needs one of them."""
    left = {name: value for name, value in fields.items() if value not in (None, "", ())}
    while True:
        try:
            content: Content = msgspec.convert(left, Content)
        except msgspec.ValidationError as error:
            match = _PATH.search(str(error))
            if match is None or left.pop(match[1], None) is None:
                return None
        else:
            return content
