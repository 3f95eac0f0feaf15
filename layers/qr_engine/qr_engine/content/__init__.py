"""What a code can say beyond plain text: a network to join, a contact to keep, a payment to confirm.

Each type is a struct whose annotations hold the rules of its fields, a function that finds what msgspec cannot
express, and a function that writes the payload. A field that takes several values takes one text or a list of texts;
in a query string that is a parameter given once or repeated.
"""

from collections.abc import Callable, Iterable
from typing import Any

from ..errors import InvalidRequest, Issue
from .calendar import Event, event_problems, event_text
from .contact import MeCard, VCard, contact_problems, mecard_text, vcard_text
from .link import Tel, Url, tel_text, url_problems, url_text
from .message import Email, Sms, WhatsApp, email_problems, email_text, sms_text, whatsapp_problems, whatsapp_text
from .payment import Epc, epc_problems, epc_text
from .place import Geo, geo_problems, geo_text
from .wifi import Wifi, wifi_problems, wifi_text

__all__ = [
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
        raise InvalidRequest("; ".join(issue.message for issue in found), issues=found)
    return _WRITERS[type(content)](content)


def problems(content: Content) -> tuple[Issue, ...]:
    """Find every rule that the content breaks and its struct cannot express; the paths are relative to the object."""
    find = _RULES.get(type(content))
    return tuple(find(content)) if find else ()


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
    Url: url_problems,
    Event: event_problems,
    Epc: epc_problems,
    WhatsApp: whatsapp_problems,
}
