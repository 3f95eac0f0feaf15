"""A web page to open, and a number to call.

segno has no helpers for these two.
"""

import re
from collections.abc import Iterator
from typing import Annotated

import msgspec
from msgspec import Meta

from ..errors import Issue
from .fields import END, Phone
from .phone import phone_issues, read_phone
from .web import WebError, encode_url

__all__ = ["Tel", "Url", "tel_issues", "url_issues", "write_tel", "write_url"]


_BLANKS = " \u00a0"


class Url(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="type", tag="url"):
    """A web page."""

    url: Annotated[
        str,
        Meta(
            min_length=1,
            max_length=2500,
            pattern=r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029]+" + END,
            title="a web address without control characters",
            examples=["https://example.com/menu"],
            description="The URL with its scheme, http or https.",
        ),
    ]
    as_typed: Annotated[
        bool,
        Meta(description="Whether to keep the URL as it is; otherwise it is percent-encoded, with its host in ASCII."),
    ] = False


class Tel(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="type", tag="tel"):
    """A telephone number that a phone offers to call."""

    phone: Annotated[Phone, Meta(description="The number, best in international form with a leading `+`.")]


def url_issues(url: Url) -> Iterator[Issue]:
    """Find what is wrong with the address; readers show one with another scheme as plain text."""
    address = url.url if url.as_typed else url.url.strip(_BLANKS)
    if url.as_typed and any(blank in address for blank in _BLANKS):
        yield Issue("url", "Must have no spaces with as_typed; without as_typed they become %20.")
        return
    if re.match(r"https?://[^/?#\\]", address, re.IGNORECASE):
        if not url.as_typed:
            try:
                encode_url(address)
            except WebError as error:
                yield Issue("url", str(error))
        return
    host = re.fullmatch(r"(?:[a-z][a-z0-9+.-]*:)?/*(\w[\w-]*(?:\.[\w-]+)+(?:[:/?#].*)?)", address, re.IGNORECASE)
    yield Issue(
        "url",
        "Must start with http:// or https://, followed by a host.",
        suggestion=f"https://{host[1]}" if host else None,
    )


def write_url(url: Url) -> str:
    """Write the address as a browser would send it, or unchanged if it is not an http address."""
    return url.url if url.as_typed else encode_url(url.url.strip(_BLANKS))


def tel_issues(tel: Tel) -> Iterator[Issue]:
    """Find what is wrong with the number."""
    yield from phone_issues(tel, "phone", allows_extension=True)


def write_tel(tel: Tel) -> str:
    """Write a tel URI (RFC 3966); ``#`` would begin a fragment (RFC 3986, 3.5), so it is percent-encoded.

    An extension becomes the parameter of RFC 3966 (3). The standard has no place for digits to dial later; phones
    accept them unchanged.
    """
    number = read_phone(tel.phone)
    later = f";ext={number.extension}" if number.extension else number.tones
    return "tel:" + (number.digits + later).replace("#", "%23")
