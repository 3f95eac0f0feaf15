"""Messages ready to be sent: e-mail, SMS and WhatsApp.

segno's ``make_make_email_data`` is not used: it leaves addresses unencoded, so that ``?``, ``&``, ``%`` or a comma in
one changes the meaning, begins the headers with ``&`` where a body comes without a subject, and writes a line break as
``%0A`` where RFC 6068 (5) asks for ``%0D%0A``. For SMS and WhatsApp it has no helpers.
"""

from collections.abc import Iterator
from typing import Annotated

import msgspec
from msgspec import Meta

from ..errors import Issue
from ..percent_encoding import percent_encode
from .address import address_problems
from .escape import one_newline
from .fields import EmailAddresses, Paragraph, Phone, Text, several
from .phone import dialled, phone_problems, read_phone

__all__ = [
    "Email",
    "Sms",
    "WhatsApp",
    "email_problems",
    "email_text",
    "sms_problems",
    "sms_text",
    "whatsapp_problems",
    "whatsapp_text",
]


class Email(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="type", tag="email"):
    """An e-mail ready to be sent."""

    to: Annotated[EmailAddresses, Meta(description="One address, or a list.")]
    cc: Annotated[EmailAddresses | None, Meta(description="Who gets a copy: one address, or a list.")] = None
    bcc: Annotated[EmailAddresses | None, Meta(description="Who gets a hidden copy: one address, or a list.")] = None
    subject: Annotated[Text | None, Meta(description="The subject line.")] = None
    body: Annotated[Paragraph | None, Meta(description="The text of the message.")] = None


class Sms(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="type", tag="sms"):
    """A text message ready to be sent."""

    phone: Annotated[Phone, Meta(description="The number, best in international form with a leading `+`.")]
    message: Annotated[Paragraph | None, Meta(description="The text of the message.")] = None


class WhatsApp(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="type", tag="whatsapp"):
    """A WhatsApp conversation, with an optional message already written."""

    phone: Annotated[Phone, Meta(description="The number in international form: country code first, 7 to 15 digits.")]
    message: Annotated[Paragraph | None, Meta(description="The text of the message.")] = None


def email_problems(email: Email) -> Iterator[Issue]:
    """Find what is wrong with the e-mail beyond the shape of its fields."""
    yield from address_problems(email, "to", "cc", "bcc")


def email_text(email: Email) -> str:
    """Write a mailto URI (RFC 6068)."""
    headers = [f"{name}={_addresses(value)}" for name, value in (("cc", email.cc), ("bcc", email.bcc)) if value]
    headers += [
        f"{name}={_words(value)}" for name, value in (("subject", email.subject), ("body", email.body)) if value
    ]
    return "mailto:" + _addresses(email.to) + ("?" + "&".join(headers) if headers else "")


def sms_problems(sms: Sms) -> Iterator[Issue]:
    """Find what is wrong with the number."""
    yield from phone_problems(sms, "phone", tails=False)


def sms_text(sms: Sms) -> str:
    """Write the message as ``SMSTO:number:message``.

    ZXing, iOS and Android read this form with its message, while iOS has wanted ``&body=`` where the ``sms:`` URI of
    RFC 5724 has ``?body=``. Everything after the second colon is the message, so nothing in it is escaped.
    """
    return f"SMSTO:{dialled(sms.phone)}:{one_newline(sms.message or '')}"


def whatsapp_problems(whatsapp: WhatsApp) -> Iterator[Issue]:
    """Find what is wrong with the number: wa.me wants digits only, country code first (ITU-T E.164: at most 15)."""
    found = tuple(phone_problems(whatsapp, "phone", tails=False, bare=True))
    yield from found
    digits = "" if found else _international(whatsapp.phone)
    if not found and (not (digits.isdigit() and 7 <= len(digits) <= 15) or digits.startswith("0")):
        yield Issue("phone", "Must be in international form: country code first, 7 to 15 digits, no * or #.")


def whatsapp_text(whatsapp: WhatsApp) -> str:
    """Write a wa.me link, which opens the application, or the web page where it is not installed."""
    link = "https://wa.me/" + _international(whatsapp.phone)
    return link if whatsapp.message is None else f"{link}?text={percent_encode(one_newline(whatsapp.message))}"


def _addresses(value: str | tuple[str, ...]) -> str:
    parts = (address.rpartition("@") for address in several(value))
    return ",".join(f"{percent_encode(local)}@{percent_encode(domain)}" for local, _, domain in parts)


def _words(value: str) -> str:
    return percent_encode(one_newline(value).replace("\n", "\r\n"))


def _international(number: str) -> str:
    digits = read_phone(number, bare=True).digits
    return digits[1:] if digits.startswith("+") else digits.removeprefix("00")
