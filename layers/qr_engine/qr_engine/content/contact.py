"""People and companies for the address book: vCard 3.0 (RFC 2426) and MECARD (NTT DOCOMO).

segno's ``make_vcard_data`` is not used. It escapes neither backslashes nor line breaks, so that a note can forge
properties; it leaves the name unescaped; and it escapes URLs, against RFC 2426 (3.6.8). Its ``make_mecard_data`` is not
used either: it leaves commas unescaped, which separate the components of a name and of an address. Lines of a vCard are
not folded: RFC 2426 (2.6) only recommends it, and readers that do not unfold would cut one in two.
"""

from collections.abc import Iterator
from datetime import date
from typing import Annotated

import msgspec
from msgspec import Meta

from ..errors import Issue
from .address import address_issues
from .escape import escape_backslash, escape_content_line, normalize_newlines
from .fields import WEB, EmailAddresses, Paragraph, Phones, Text, WebAddresses, find_misfits, list_values
from .phone import phone_issues, read_digits, read_phone

__all__ = ["Contact", "MeCard", "VCard", "contact_issues", "write_mecard", "write_vcard"]


class Contact(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The fields that a vCard and a MECARD have in common."""

    name: Annotated[Text | None, Meta(description="The full name, if you do not give its parts.")] = None
    first_name: Annotated[Text | None, Meta(description="Given name.")] = None
    last_name: Annotated[Text | None, Meta(description="Family name.")] = None
    nickname: Annotated[Text | None, Meta(description="The nickname.")] = None
    org: Annotated[Text | None, Meta(description="Company or organisation.")] = None
    phone: Annotated[Phones | None, Meta(description="One number, or a list.")] = None
    email: Annotated[EmailAddresses | None, Meta(description="One address, or a list.")] = None
    url: Annotated[WebAddresses | None, Meta(description="One web page, or a list.")] = None
    po_box: Annotated[Text | None, Meta(description="Post office box.")] = None
    extended_address: Annotated[Text | None, Meta(description="Flat, floor or room.")] = None
    street: Annotated[Text | None, Meta(description="Street and house number.")] = None
    city: Annotated[Text | None, Meta(description="City or town.")] = None
    region: Annotated[Text | None, Meta(description="State, province or prefecture.")] = None
    postal_code: Annotated[Text | None, Meta(description="Postal or ZIP code.")] = None
    country: Annotated[Text | None, Meta(description="Country, by its name.")] = None
    birthday: Annotated[date | None, Meta(description="ISO 8601: YYYY-MM-DD.")] = None
    note: Annotated[Paragraph | None, Meta(description="Anything else.")] = None


class VCard(Contact, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="type", tag="vcard"):
    """A contact as a vCard 3.0, which every phone reads; it needs `name`, `first_name`, `last_name` or `org`."""

    middle_name: Annotated[Text | None, Meta(description="Additional names.")] = None
    prefix: Annotated[Text | None, Meta(description="Before the name.", examples=["Dr."])] = None
    suffix: Annotated[Text | None, Meta(description="After the name.", examples=["Ph.D."])] = None
    department: Annotated[Text | None, Meta(description="The part of the organisation.")] = None
    title: Annotated[Text | None, Meta(description="Job title.")] = None
    mobile: Annotated[Phones | None, Meta(description="Mobile: one number, or a list.")] = None
    home_phone: Annotated[Phones | None, Meta(description="At home: one number, or a list.")] = None
    work_phone: Annotated[Phones | None, Meta(description="At work: one number, or a list.")] = None
    fax: Annotated[Phones | None, Meta(description="Fax: one number, or a list.")] = None


class MeCard(Contact, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="type", tag="mecard"):
    """A contact as a MECARD, which is shorter; it needs `name`, `first_name`, `last_name` or `org`."""

    reading: Annotated[Text | None, Meta(description="How the name is pronounced (kana).")] = None


def contact_issues(contact: Contact) -> Iterator[Issue]:
    """Find what is wrong with the contact beyond the shape of its fields (a name: RFC 2426, 3.1.1 and 3.1.2)."""
    if not (contact.name or contact.first_name or contact.last_name or contact.org):
        yield Issue("name", "Must be given, unless first_name, last_name or org is given.")
    # MECARD's TEL holds only digits (NTT DOCOMO); a vCard's is a text (RFC 2426, 3.3.1).
    vcard = isinstance(contact, VCard)
    yield from phone_issues(contact, *(_PHONE_PROPERTIES.values() if vcard else ("phone",)), allows_extension=vcard)
    yield from address_issues(contact, "email")
    yield from find_misfits(contact, WEB, "url")


def write_vcard(card: VCard) -> str:
    """Write the contact as a vCard 3.0; a `name` that is not split takes the place of the given name."""
    whole_name = None if card.first_name or card.last_name else card.name
    full_name = " ".join(filter(None, (card.prefix, card.first_name, card.middle_name, card.last_name, card.suffix)))
    text = {
        "N": _join_components(
            card.last_name, card.first_name or whole_name, card.middle_name, card.prefix, card.suffix
        ),
        "FN": escape_content_line(card.name or (full_name if card.first_name or card.last_name else card.org) or ""),
        "NICKNAME": escape_content_line(card.nickname or ""),
        "ORG": _join_components(card.org, card.department) if card.department else escape_content_line(card.org or ""),
        "TITLE": escape_content_line(card.title or ""),
    }
    lines = [f"{name}:{value}" for name, value in text.items() if value]
    for name, numbers in _PHONE_PROPERTIES.items():
        lines += [f"{name}:{_print_phone(number)}" for number in list_values(getattr(card, numbers))]
    lines += [f"EMAIL:{escape_content_line(address)}" for address in list_values(card.email)]
    # A URL is a URI, not a text, so it is not escaped (RFC 2426, 3.6.8).
    lines += [f"URL:{address}" for address in list_values(card.url)]
    if any(address := _address_parts(card)):
        lines.append(f"ADR:{_join_components(*address)}")
    if card.birthday is not None:
        lines.append(f"BDAY:{card.birthday.isoformat()}")
    if card.note is not None:
        lines.append(f"NOTE:{escape_content_line(card.note)}")
    return "\r\n".join(("BEGIN:VCARD", "VERSION:3.0", *lines, "END:VCARD", ""))


def write_mecard(card: MeCard) -> str:
    """Write the contact as a MECARD; a line break in the note stays as it is, since the format has no escape for it."""
    parts = (card.last_name, card.first_name) if card.first_name else (card.last_name or card.name or card.org,)
    address = _address_parts(card)
    fields = (
        ("N", (",".join(escape_backslash(part or "") for part in parts),)),
        ("SOUND", _escape_all(card.reading)),
        ("NICKNAME", _escape_all(card.nickname)),
        ("ORG", _escape_all(card.org)),
        ("TEL", tuple(map(read_digits, list_values(card.phone)))),
        ("EMAIL", _escape_all(card.email)),
        ("URL", _escape_all(card.url)),
        ("ADR", (",".join(escape_backslash(part or "") for part in address),) if any(address) else ()),
        ("BDAY", () if card.birthday is None else (card.birthday.isoformat().replace("-", ""),)),
        ("NOTE", () if card.note is None else (escape_backslash(normalize_newlines(card.note)),)),
    )
    return "MECARD:" + "".join(f"{name}:{value};" for name, values in fields for value in values) + ";"


_PHONE_PROPERTIES = {
    "TEL": "phone",
    "TEL;TYPE=CELL": "mobile",
    "TEL;TYPE=HOME": "home_phone",
    "TEL;TYPE=WORK": "work_phone",
    "TEL;TYPE=FAX": "fax",
}


def _print_phone(written: str) -> str:
    number = read_phone(written)
    return escape_content_line(number.digits + (f";ext={number.extension}" if number.extension else number.tones))


def _address_parts(contact: Contact) -> tuple[str | None, ...]:
    # Both formats have the same seven parts in the same order (RFC 2426, 3.2.1).
    return (
        contact.po_box,
        contact.extended_address,
        contact.street,
        contact.city,
        contact.region,
        contact.postal_code,
        contact.country,
    )


def _join_components(*parts: str | None) -> str:
    return ";".join(escape_content_line(part or "") for part in parts)


def _escape_all(value: str | tuple[str, ...] | None) -> tuple[str, ...]:
    return tuple(map(escape_backslash, list_values(value)))
