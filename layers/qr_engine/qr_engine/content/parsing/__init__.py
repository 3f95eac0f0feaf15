"""From the text of a symbol back to the fields of a content: what the writers of `content` do, the other way round.

Texts of other generators are read as well, as far as their format has fields that a content type has too; what it has
beside these is left out. A field that no content of this type could have is left out likewise.
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
"""Takes a text, returns the fields of a content with its ``type``, or None where the text is of another form."""

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
"""By how a text begins, in either case; the first one that can read it counts."""

_BEGINNING: Final = max(len(beginning) for beginning, _ in _PARSERS)
_PATH: Final = re.compile(r"at `\$\.(\w+)")


def parse_content(text: str) -> Content | None:
    """Read the fields of a content from a text; None where it is none of the content types."""
    # A file brings its byte order mark along, which readers pass over.
    text = text.removeprefix("\ufeff")
    start = text[:_BEGINNING].lower()
    for beginning, parse in _PARSERS:
        if start.startswith(beginning):
            fields = parse(text)
            if fields is not None:
                return _make_content(fields)
    return None


def _make_content(fields: Fields) -> Content | None:
    """Make a content without the fields that its type has no room for; None where it cannot be without them."""
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
