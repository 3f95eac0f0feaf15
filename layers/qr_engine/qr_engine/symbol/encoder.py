"""Encode a text as a symbol."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import InvalidRequest, Issue
from .assembly import place_and_mask
from .bits import append_segments
from .codewords import final_message
from .model import Segment, Symbol
from .options import option_issues
from .standard import blocks, width
from .version_selection import Payload, choose_version, has_room

if TYPE_CHECKING:
    from .model import Eci, Level

__all__ = ["encode", "encode_utf8", "has_room_for", "make_symbol"]

_UTF8 = 26
"""The ECI designator of UTF-8 (AIM ITS/04-023)."""

_ECI_HEADER = 0b0111 << 8 | _UTF8


def encode(
    text: str,
    *,
    error_correction: Level = "M",
    boost: bool = True,
    version: int | None = None,
    mask: int | None = None,
    micro: bool = False,
    eci: Eci = "auto",
    kanji: bool = False,
) -> Symbol:
    """Make the smallest symbol that holds a text (ISO/IEC 18004:2015, 7).

    Parameters
    ----------
    text
        At least one character; byte mode encodes it as UTF-8.
    error_correction
        The lowest level. Micro QR has L to Q, and M1 is used only at L.
    boost
        Raise the level as far as the version allows; with False, use exactly `error_correction`.
    version
        1 to 40, or for Micro QR 1 to 4; None for the smallest that holds the text at `error_correction`.
    mask
        0 to 7, or for Micro QR 0 to 3; None for the best by 7.8.3, and of equals the lowest.
    micro
        Make a Micro QR symbol.
    eci
        Whether the UTF-8 designator precedes the data; ``auto`` adds it where a reader might take the bytes for another
        character set, see `charset`. Micro QR has no designators.
    kanji
        Write characters in Kanji mode, as Shift_JIS double bytes, where that is shorter.

    Returns
    -------
    Symbol
        The symbol, without quiet zone.

    Raises
    ------
    InvalidRequest
        The options do not go together, the text is empty, or it cannot be written as UTF-8.
    TooMuchData
        The text does not fit; ``fits`` names a version and level that would do, if any.

    Examples
    --------
    >>> encode("https://example.com").name
    '2'
    """
    issues = option_issues(error_correction=error_correction, version=version, mask=mask, micro=micro, eci=eci)
    payload = Payload(text, encode_utf8(text, issues), eci, kanji, micro)
    return make_symbol(payload, error_correction, version, mask, boost=boost)


def has_room_for(text: str, level: Level, version: int, *, eci: Eci = "auto", kanji: bool = False) -> bool:
    """Return whether a QR symbol of version 1 to 40 holds a text at a level; `eci` and `kanji` are as for `encode`."""
    return has_room(Payload(text, text.encode(), eci, kanji, micro=False), level, version)


def encode_utf8(text: str, issues: tuple[Issue, ...]) -> bytes:
    """Encode a text in UTF-8.

    Raises
    ------
    InvalidRequest
        There are `issues`, or the text is empty or cannot be encoded; the exception lists all of these.
    """
    data = b""
    try:
        data = text.encode()
    except UnicodeEncodeError as error:
        message = (
            f"Must not contain half of a surrogate pair, as at character {error.start + 1}: no encoding can write it."
        )
        issues += (Issue("data", message),)
    else:
        if not data:
            issues += (Issue("data", "Must have something to encode."),)
    if issues:
        raise InvalidRequest(" ".join([issue.message for issue in issues]), issues=issues)
    return data


def make_symbol(
    payload: Payload,
    level: Level,
    version: int | None,
    mask: int | None,
    *,
    boost: bool,
    prefix: int = 0,
) -> Symbol:
    """Choose the version for a payload with checked options, then encode, place and mask it.

    `prefix` is the content of the reserved bits of `payload`.
    """
    micro = payload.micro
    choice = choose_version(payload, level, version, boost=boost)
    division = blocks(choice.version, choice.level, micro=micro)
    if choice.eci:
        prefix = prefix << 12 | _ECI_HEADER
    value = append_segments(prefix, choice.segments, choice.size.headers)
    message = final_message(value, choice.bits, division, terminator=2 * choice.version + 1 if micro else 4)
    mask, matrix = place_and_mask(message, choice.version, choice.level, mask, micro=micro)
    return Symbol(
        version=choice.version,
        micro=micro,
        error_correction=None if micro and choice.version == 1 else choice.level,
        mask=mask,
        size=width(choice.version, micro=micro),
        matrix=matrix,
        segments=tuple([Segment(run.mode, run.data.decode(payload.charset)) for run in choice.segments]),
        eci=_UTF8 if choice.eci else payload.designator,
        data_bits=choice.bits,
        capacity_bits=division.data_bits,
    )
