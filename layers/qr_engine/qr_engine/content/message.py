"""Messages ready to be sent: e-mail, SMS and WhatsApp.

segno's ``make_make_email_data`` is not used. It leaves addresses unencoded, so that ``?``, ``&``, ``%`` or a comma in
one changes the meaning. It begins the headers with ``&`` if there is a body but no subject, and writes a line break as
``%0A`` where RFC 6068 (5) requires ``%0D%0A``. It has no helpers for SMS and WhatsApp.
"""

from collections.abc import Iterator
from typing import Annotated

import msgspec
from msgspec import Meta

from ..errors import Issue
from ..percent_encoding import percent_encode
from .address import address_issues
from .escape import normalize_newlines
from .fields import EmailAddresses, Paragraph, Phone, Text, list_values
from .phone import phone_issues, read_digits, read_phone

__all__ = [
    "Email",
    "Sms",
    "WhatsApp",
    "email_issues",
    "sms_issues",
    "whatsapp_issues",
    "write_email",
    "write_sms",
    "write_whatsapp",
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


def email_issues(email: Email) -> Iterator[Issue]:
    """Find what is wrong with the e-mail beyond the shape of its fields."""
    yield from address_issues(email, "to", "cc", "bcc")


def write_email(email: Email) -> str:
    """Write a mailto URI (RFC 6068)."""
    headers = [f"{name}={_encode_addresses(value)}" for name, value in (("cc", email.cc), ("bcc", email.bcc)) if value]
    headers += [
        f"{name}={_encode_text(value)}" for name, value in (("subject", email.subject), ("body", email.body)) if value
    ]
    return "mailto:" + _encode_addresses(email.to) + ("?" + "&".join(headers) if headers else "")


def sms_issues(sms: Sms) -> Iterator[Issue]:
    """Find what is wrong with the number."""
    yield from phone_issues(sms, "phone", allows_extension=False)


def write_sms(sms: Sms) -> str:
    """Write the message as ``SMSTO:number:message``.

    ZXing, iOS and Android read the message in this form. With the ``sms:`` URI of RFC 5724, some versions of iOS expect
    ``&body=`` instead of ``?body=``. Everything after the second colon is the message, so nothing in it is escaped.
    """
    return f"SMSTO:{read_digits(sms.phone)}:{normalize_newlines(sms.message or '')}"


def whatsapp_issues(whatsapp: WhatsApp) -> Iterator[Issue]:
    """Find what is wrong with the number: wa.me needs only digits, country code first (ITU-T E.164: at most 15)."""
    issues = tuple(phone_issues(whatsapp, "phone", allows_extension=False, begins_with_country_code=True))
    yield from issues
    digits = "" if issues else _international_digits(whatsapp.phone)
    if not issues and (not (digits.isdigit() and 7 <= len(digits) <= 15) or digits.startswith("0")):
        yield Issue("phone", "Must be in international form: country code first, 7 to 15 digits, no * or #.")


def write_whatsapp(whatsapp: WhatsApp) -> str:
    """Write a wa.me link, which opens the application, or the web page if it is not installed."""
    link = "https://wa.me/" + _international_digits(whatsapp.phone)
    return link if whatsapp.message is None else f"{link}?text={percent_encode(normalize_newlines(whatsapp.message))}"


def _encode_addresses(value: str | tuple[str, ...]) -> str:
    parts = (address.rpartition("@") for address in list_values(value))
    return ",".join(f"{percent_encode(local)}@{percent_encode(domain)}" for local, _, domain in parts)


def _encode_text(value: str) -> str:
    return percent_encode(normalize_newlines(value).replace("\n", "\r\n"))


def _international_digits(number: str) -> str:
    digits = read_phone(number, begins_with_country_code=True).digits
    return digits[1:] if digits.startswith("+") else digits.removeprefix("00")
