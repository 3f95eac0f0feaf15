"""Text in the character sets before UTF-8, ISO-8859-1 and Shift_JIS, for requests that name one of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ..errors import InvalidRequest, Issue
from .encoder import encode, make_symbol
from .kanji import kanji_code
from .version_selection import Payload

if TYPE_CHECKING:
    from .model import Charset, Level, Symbol

__all__ = ["encode_in", "holds"]

_DESIGNATORS: Final[dict[Charset, int]] = {"iso-8859-1": 3, "shift_jis": 20}
"""ECI designators (AIM ITS/04-023)."""

_FORM_OF_SHIFT_JIS: Final = re.compile(
    rb"(?>(?:[\x00-\x7f\xa1-\xdf]|[\x81-\x9f\xe0-\xfc][\x40-\x7e\x80-\xfc])*)", re.DOTALL
)
_PAIR: Final = re.compile(rb"[\x80-\xff]{2}")

_ECI_BITS: Final = 12
_ECI_INDICATOR: Final = 0b0111


def holds(charset: Charset, text: str) -> bool:
    """Return whether `charset` has every character of `text`."""
    try:
        text.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


def encode_in(text: str, charset: Charset, *, error_correction: Level, boost: bool) -> Symbol:
    """Make the smallest symbol that holds the text in this character set.

    With Shift_JIS, text of nothing but Kanji is written in Kanji mode. Otherwise an ECI names the set if the bytes
    would also be valid text in another one. Without one, the standard means ISO-8859-1.

    Raises
    ------
    InvalidRequest
        There is no text, or the set lacks one of its characters.
    TooMuchData
        The text does not fit.
    """
    if charset == "utf-8":
        return encode(text, error_correction=error_correction, boost=boost)
    if charset == "shift_jis" and text and all(kanji_code(character) for character in text):
        return encode(text, error_correction=error_correction, boost=boost, eci="never", kanji=True)
    if not text or not holds(charset, text):
        raise InvalidRequest.of(Issue("data", f"Must have at least one character, and only characters of {charset}."))
    data = text.encode(charset)
    designator = _DESIGNATORS[charset] if _is_ambiguous(data, charset) else None
    payload = Payload(
        text,
        data,
        "never",
        kanji=False,
        micro=False,
        reserved_bits=0 if designator is None else _ECI_BITS,
        charset=charset,
        designator=designator,
    )
    prefix = 0 if designator is None else _ECI_INDICATOR << 8 | designator
    return make_symbol(payload, error_correction, None, None, boost=boost, prefix=prefix)


def _is_ambiguous(data: bytes, charset: Charset) -> bool:
    """Return whether a reader may take the bytes for text in a set other than `charset`.

    Readers that guess check the byte patterns of a set, not its characters: two high bytes in a row fit the patterns of
    UTF-8, GB 18030 and Big5.
    """
    if data.isascii():
        return False
    return charset == "shift_jis" or _FORM_OF_SHIFT_JIS.fullmatch(data) is not None or _PAIR.search(data) is not None
