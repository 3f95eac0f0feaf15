r"""Field types that several content types share: each carries its rule, and a title that states it in words.

Patterns are written for both Python and ECMA 262, so that they also hold in ``openapi.yaml``. So they end with
``(?![\s\S])`` ("nothing follows"): Python's ``$`` would accept a final line break.
"""

import re
from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta, Struct

from ..errors import Issue

__all__ = [
    "EMAIL",
    "END",
    "PHONE",
    "WEB",
    "EmailAddresses",
    "Line",
    "Paragraph",
    "Phone",
    "Phones",
    "Text",
    "WebAddress",
    "WebAddresses",
    "find_misfits",
    "list_values",
    "reading_issue",
]

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
PHONE = Meta(
    min_length=1,
    max_length=80,
    pattern=r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029]+" + END,
    title="a telephone number: digits, with an optional leading + (in a query string %2B) and separators ( ) . / -",
    examples=["+420 123 456 789"],
)
EMAIL = Meta(
    min_length=3,
    max_length=254,
    pattern=r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029]+" + END,
    title="an e-mail address without a display name",
    examples=["jana@example.com"],
)
WEB = Meta(
    min_length=1,
    max_length=2500,
    pattern=r"^[^\x00-\x20\x7f-\xa0\u2028\u2029]+" + END,
    title="a web address without spaces or control characters",
    examples=["https://example.com/menu"],
)
Phone = Annotated[str, PHONE]
EmailAddress = Annotated[str, EMAIL]
WebAddress = Annotated[str, WEB]

# If a field accepts one text or a list, `find_misfits` matches the pattern of the one text. msgspec 0.22.0 writes past
# the end of its type tables, and crashes, for a union of an array and a text with a pattern.
_FEW = Meta(min_length=1, max_length=5)
Phones = Annotated[str, Meta(min_length=1, max_length=80)] | Annotated[tuple[Phone, ...], _FEW]
EmailAddresses = Annotated[str, Meta(min_length=3, max_length=254)] | Annotated[tuple[EmailAddress, ...], _FEW]
WebAddresses = Annotated[str, Meta(min_length=1, max_length=2500)] | Annotated[tuple[WebAddress, ...], _FEW]


def list_values(value: str | tuple[str, ...] | None) -> tuple[str, ...]:
    """Return the values of a field as a tuple, whether it holds none, one or a list."""
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else value


def find_misfits(content: Struct, rule: Meta, *names: str) -> Iterator[Issue]:
    """Find fields for one text or a list whose one text breaks the pattern of `rule`."""
    for name in names:
        value = getattr(content, name)
        if isinstance(value, str) and rule.pattern and not re.match(rule.pattern, value):
            yield Issue(name, f"Must be {rule.title}.")


def reading_issue(path: str, message: str, readings: tuple[str, ...]) -> Issue:
    """Describe the problem of a text with several possible readings, likeliest first, and suggest the likeliest.

    If there are several, the message names all of them and all are allowed.
    """
    if len(readings) > 1:
        message = f"{message} Give {' or '.join(readings)}."
    allowed = readings if len(readings) > 1 else None
    return Issue(path, message, allowed=allowed, suggestion=readings[0] if readings else None)
