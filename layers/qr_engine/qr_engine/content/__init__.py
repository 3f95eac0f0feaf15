"""What a code can say beyond plain text: a network to join, a contact to keep, a payment to confirm.

Each type is a struct whose annotations hold the rules of its fields, a function that finds what msgspec cannot
express, and a function that writes the payload. A field that takes several values takes one text or a list of texts;
in a query string that is a parameter given once or repeated.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from ..errors import InvalidRequest, Issue
from ..invisible import character_name, find_invisible, remove_invisible
from .calendar import Event, event_problems, event_text
from .contact import MeCard, VCard, contact_problems, mecard_text, vcard_text
from .fields import several
from .link import Tel, Url, tel_problems, tel_text, url_problems, url_text
from .location import Geo, geo_problems, geo_text
from .message import (
    Email,
    Sms,
    WhatsApp,
    email_problems,
    email_text,
    sms_problems,
    sms_text,
    whatsapp_problems,
    whatsapp_text,
)
from .payment import EPC_LEVEL, Epc, epc_problems, epc_symbol, epc_text
from .wifi import Wifi, wifi_problems, wifi_text

__all__ = [
    "EPC_LEVEL",
    "Content",
    "Email",
    "Epc",
    "Event",
    "Geo",
    "MeCard",
    "Sms",
    "Tel",
    "Url",
    "VCard",
    "WhatsApp",
    "Wifi",
    "epc_symbol",
    "payload",
    "problems",
]

Content = Wifi | VCard | MeCard | Geo | Email | Sms | Tel | Url | Event | Epc | WhatsApp


def payload(content: Content) -> str:
    """Write the text that goes into the symbol.

    Raises
    ------
    InvalidRequest
        With everything that `problems` finds; the paths are relative to the content object.
    """
    found = problems(content)
    if found:
        raise InvalidRequest.of(*found)
    return _WRITERS[type(content)](content)


def problems(content: Content) -> tuple[Issue, ...]:
    """Find every rule that the content breaks and its struct cannot express; the paths are relative to the object."""
    find = _RULES.get(type(content))
    return (*_unseen(content), *(find(content) if find else ()))


def _unseen(content: Content) -> Iterator[Issue]:
    """Find invisible characters in the fields of one line; numbers and accounts are read without them."""
    for name in content.__struct_fields__:
        value = getattr(content, name)
        if name in _SEVERAL_LINES or name in _WITHOUT_BLANKS or not isinstance(value, (str, tuple)):
            continue
        for index, text in enumerate(several(value)):
            if found := find_invisible(text):
                path = name if isinstance(value, str) else f"{name}[{index}]"
                named = ", ".join(map(character_name, found))
                message = f"Must have no invisible characters, and has {named}."
                yield Issue(path, message, suggestion=remove_invisible(text) or None)


_SEVERAL_LINES = frozenset({"body", "description", "message", "note"})
_WITHOUT_BLANKS = frozenset({"bic", "fax", "home_phone", "iban", "mobile", "phone", "work_phone"})

_WRITERS: dict[type, Callable[[Any], str]] = {
    Wifi: wifi_text,
    VCard: vcard_text,
    MeCard: mecard_text,
    Geo: geo_text,
    Email: email_text,
    Sms: sms_text,
    Tel: tel_text,
    Url: url_text,
    Event: event_text,
    Epc: epc_text,
    WhatsApp: whatsapp_text,
}

_RULES: dict[type, Callable[[Any], Iterable[Issue]]] = {
    Wifi: wifi_problems,
    VCard: contact_problems,
    MeCard: contact_problems,
    Geo: geo_problems,
    Email: email_problems,
    Sms: sms_problems,
    Tel: tel_problems,
    Url: url_problems,
    Event: event_problems,
    Epc: epc_problems,
    WhatsApp: whatsapp_problems,
}
