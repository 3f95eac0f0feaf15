r"""The kinds of field that several content types share: each carries its rule, and a title that says it in words.

Patterns are written for both Python and ECMA 262, so that they hold in ``openapi.yaml`` too; that is why they end with
``(?![\s\S])`` ("nothing follows"), where Python's ``$`` would let a last line break through.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

__all__ = ["END", "EmailAddress", "Line", "Paragraph", "Phone", "Several", "Text", "WebAddress", "dialled", "several"]

END = r"(?![\s\S])"

Line = Annotated[
    str,
    Meta(
        min_length=1,
        pattern=r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029]+" + END,
        title="one line of text without control characters",
    ),
]
Text = Annotated[Line, Meta(max_length=200)]
Paragraph = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=2500,
        pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]+" + END,
        title="text in which line breaks and tabs are the only control characters",
    ),
]
Phone = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=40,
        pattern=r"^(?=[^0-9]*[0-9])\+?[0-9(*#][0-9 ()./*#-]*" + END,
        title="a telephone number: digits, with an optional leading + (in a query string %2B) and separators ( ) . / -",
        examples=["+420 123 456 789"],
    ),
]
EmailAddress = Annotated[
    str,
    Meta(
        min_length=3,
        max_length=254,
        pattern=r"^[^\x00-\x20\x7f-\x9f<>]+@[^\x00-\x20\x7f-\x9f<>@]+" + END,
        title="an e-mail address without a display name",
        examples=["jana@example.com"],
    ),
]
WebAddress = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=2500,
        pattern=r"^[^\x00-\x20\x7f-\xa0\u2028\u2029]+" + END,
        title="a web address without spaces or control characters",
        examples=["https://example.com/menu"],
    ),
]

Several = str | tuple[str, ...] | None
"""What a field holds that takes one value or a list; a comma never separates, since values may contain it."""

_SEPARATORS = dict.fromkeys(map(ord, " ()./-"))


def several(value: Several) -> tuple[str, ...]:
    """The values of a field that takes none, one or a list."""
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else value


def dialled(number: str) -> str:
    """A telephone number without its visual separators (RFC 3966, 5.1.1: they mean nothing)."""
    return number.translate(_SEPARATORS)
