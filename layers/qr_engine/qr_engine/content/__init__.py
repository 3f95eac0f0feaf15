"""Content types beyond plain text: a network to join, a contact to keep, a payment to confirm.

Each type is a struct whose annotations hold the rules of its fields, a function that checks rules beyond msgspec's, and
a function that writes the payload. A field for several values accepts one text or a list of texts; in a query string
that is a parameter given once or repeated.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from ..errors import InvalidRequest, Issue
from ..invisible import character_name, find_invisible, remove_invisible
from .calendar import Event, event_issues, write_event
from .contact import MeCard, VCard, contact_issues, write_mecard, write_vcard
from .fields import list_values
from .link import Tel, Url, tel_issues, url_issues, write_tel, write_url
from .location import Geo, geo_issues, write_geo
from .message import (
    Email,
    Sms,
    WhatsApp,
    email_issues,
    sms_issues,
    whatsapp_issues,
    write_email,
    write_sms,
    write_whatsapp,
)
from .payment import EPC_LEVEL, Epc, epc_issues, epc_symbol_issues, write_epc
from .wifi import Wifi, wifi_issues, write_wifi

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
    "content_issues",
    "epc_symbol_issues",
    "write_payload",
]

Content = Wifi | VCard | MeCard | Geo | Email | Sms | Tel | Url | Event | Epc | WhatsApp


def write_payload(content: Content) -> str:
    """Write the text that goes into the symbol.

    Raises
    ------
    InvalidRequest
        The content has the issues that `content_issues` returns; their paths are relative to the content object.
    """
    issues = content_issues(content)
    if issues:
        raise InvalidRequest.of(*issues)
    return _WRITERS[type(content)](content)


def content_issues(content: Content) -> tuple[Issue, ...]:
    """Find every broken rule that the struct cannot express; the paths are relative to the content object."""
    find = _CHECKS.get(type(content))
    return (*_invisible_character_issues(content), *(find(content) if find else ()))


def _invisible_character_issues(content: Content) -> Iterator[Issue]:
    """Find invisible characters in fields of one line; numbers and accounts are read without them."""
    for name in content.__struct_fields__:
        value = getattr(content, name)
        if name in _MULTILINE_FIELDS or name in _COMPACTED_FIELDS or not isinstance(value, (str, tuple)):
            continue
        for index, text in enumerate(list_values(value)):
            if characters := find_invisible(text):
                path = name if isinstance(value, str) else f"{name}[{index}]"
                names = ", ".join(map(character_name, characters))
                message = f"Must have no invisible characters, but has {names}."
                yield Issue(path, message, suggestion=remove_invisible(text) or None)


_MULTILINE_FIELDS = frozenset({"body", "description", "message", "note"})
_COMPACTED_FIELDS = frozenset({"bic", "fax", "home_phone", "iban", "mobile", "phone", "work_phone"})

_WRITERS: dict[type, Callable[[Any], str]] = {
    Wifi: write_wifi,
    VCard: write_vcard,
    MeCard: write_mecard,
    Geo: write_geo,
    Email: write_email,
    Sms: write_sms,
    Tel: write_tel,
    Url: write_url,
    Event: write_event,
    Epc: write_epc,
    WhatsApp: write_whatsapp,
}

_CHECKS: dict[type, Callable[[Any], Iterable[Issue]]] = {
    Wifi: wifi_issues,
    VCard: contact_issues,
    MeCard: contact_issues,
    Geo: geo_issues,
    Email: email_issues,
    Sms: sms_issues,
    Tel: tel_issues,
    Url: url_issues,
    Event: event_issues,
    Epc: epc_issues,
    WhatsApp: whatsapp_issues,
}
