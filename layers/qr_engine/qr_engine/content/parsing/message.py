"""Messages: e-mail, SMS and WhatsApp."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote

from ..escape import normalize_newlines
from .escaped import list_field, read_fields, unescape

__all__ = ["parse_email", "parse_matmsg", "parse_sms", "parse_smsto", "parse_whatsapp"]


def parse_email(text: str) -> dict[str, Any] | None:
    """Read a mailto URI (RFC 6068)."""
    path, _, query = text.partition(":")[2].partition("?")
    headers = _parameters(query)
    to = _addresses(path) + _addresses(headers.get("to", ""))
    return {
        "type": "email",
        "to": list_field(to),
        "cc": list_field(_addresses(headers.get("cc", ""))),
        "bcc": list_field(_addresses(headers.get("bcc", ""))),
        "subject": _decode(headers.get("subject", "")),
        "body": _decode(headers.get("body", "")),
    }


def parse_matmsg(text: str) -> dict[str, Any] | None:
    """Read an e-mail in the form of NTT DOCOMO."""
    values = [(name, unescape(value)) for name, value in read_fields(text)]
    texts = dict(values)
    return {
        "type": "email",
        "to": list_field([value for name, value in values if name == "TO"]),
        "subject": texts.get("SUB"),
        "body": texts.get("BODY"),
    }


def parse_smsto(text: str) -> dict[str, Any] | None:
    """Parse ``SMSTO:number:message``, in which nothing is escaped."""
    number, _, message = text.partition(":")[2].partition(":")
    return {"type": "sms", "phone": number, "message": normalize_newlines(message)} if number else None


def parse_sms(text: str) -> dict[str, Any] | None:
    """Parse an sms URI (RFC 5724), also with iOS's separators, or with the message after a colon."""
    match = re.match(r"(?i)sms:(?://)?([^?;&:]+)", text)
    if match is None:
        return None
    rest = text[match.end() :]
    body = rest[1:] if rest[:1] == ":" else _decode(_parameters(re.sub("[;?]", "&", rest)).get("body", ""))
    return {"type": "sms", "phone": unquote(match[1]), "message": body}


def parse_whatsapp(text: str) -> dict[str, Any] | None:
    """Parse a link that opens a conversation with a number; other links are web addresses."""
    path, _, query = text.partition("?")
    parameters = _parameters(query.partition("#")[0])
    number = re.fullmatch(r"(?i)https?://wa\.me/\+?([0-9]{7,15})/?", path)
    digits = number[1] if number else re.sub("^(?:%2B|[+ ])", "", parameters.get("phone", ""), flags=re.IGNORECASE)
    if not re.fullmatch("[0-9]{7,15}", digits):
        return None
    return {"type": "whatsapp", "phone": f"+{digits}", "message": _decode(parameters.get("text", ""), plus=" ")}


def _parameters(query: str) -> dict[str, str]:
    """Return the parameters of a query by their names in lower case, still encoded."""
    pairs = [part.partition("=") for part in query.split("&") if part]
    return {name.lower(): value for name, _, value in pairs}


def _addresses(value: str) -> list[str]:
    return _decode_all(value.split(",")) if value else []


def _decode_all(values: Iterable[str]) -> list[str]:
    return [unquote(value) for value in values]


def _decode(value: str, *, plus: str = "+") -> str:
    return normalize_newlines(unquote(value.replace("+", plus)))
