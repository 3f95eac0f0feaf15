"""Divide one text among several symbols (ISO/IEC 18004:2015, 8)."""

from __future__ import annotations

from bisect import bisect_left
from functools import reduce
from itertools import pairwise
from operator import xor
from typing import TYPE_CHECKING

from msgspec import structs

from ..errors import Issue, TooMuchData
from .charset import is_same_in_shift_jis
from .encoder import encode_utf8, make_symbol
from .kanji import kanji_code
from .options import option_issues
from .segmentation import SIXTHS, coarse_runs, divide, fine_runs, least_bits
from .standard import HEADER_SIZES, LEVELS, capacities
from .version_selection import Payload, VersionChoice, choose_version

if TYPE_CHECKING:
    from .model import Eci, Level, Symbol

__all__ = ["encode_part", "has_room_for_parts"]

_HEADER_BITS = 20
"""Bits of the header: mode indicator 4, position 4, number of symbols 4, parity 8."""

_INDICATOR = 0b0011


def encode_part(
    text: str,
    *,
    part: int,
    parts: int,
    error_correction: Level = "M",
    boost: bool = True,
    version: int | None = None,
    mask: int | None = None,
    micro: bool = False,
    eci: Eci = "auto",
    kanji: bool = False,
) -> Symbol:
    """Make one of several symbols that hold a text together; a reader joins the symbols in order.

    The text is cut between characters, into pieces of nearly the same number of bits. All symbols have the version and
    the level that the largest piece needs, and either all of them have an ECI or none has.

    Parameters
    ----------
    text
        The whole text, with at least one character for each symbol.
    part
        Number of the symbol to make, from 1.
    parts
        Number of symbols, 2 to 16.
    error_correction, boost, version, mask, eci, kanji
        As for `encode`, for each symbol.
    micro
        Micro QR has no structured append, so this must be False.

    Raises
    ------
    InvalidRequest
        As for `encode`, or there is no such part.
    TooMuchData
        A piece does not fit.
    """
    issues = option_issues(
        error_correction=error_correction,
        version=version,
        mask=mask,
        micro=micro,
        eci=eci,
        part=part,
        parts=parts,
        characters=len(text),
    )
    data = encode_utf8(text, issues)
    whole = Payload(text, data, eci, kanji, micro=False, reserved_bits=_HEADER_BITS)
    room = parts * (capacities("L", micro=False)[-1] - _HEADER_BITS)
    if (least := least_bits(data)) > room:
        # Refuse the text before looking at single characters, which is slow.
        detail = f"The data takes at least {least} bits, and {parts} symbols together hold at most {room}."
        issue = Issue("data", f"{detail} Shorten it.", limit={"max_bits": room})
        raise TooMuchData(detail, issues=(issue,), capacity=room, needed=least, unit="bits")
    payloads, choices = _choose_parts(whole, parts, error_correction, version, boost=boost)
    version = choices[0].version
    level = min((choice.level for choice in choices), key=LEVELS.index)
    prefix = ((_INDICATOR << 4 | part - 1) << 4 | parts - 1) << 8 | _parity(choices)
    return make_symbol(payloads[part - 1], level, version, mask, boost=False, prefix=prefix)


def has_room_for_parts(
    text: str, parts: int, level: Level, version: int, *, eci: Eci = "auto", kanji: bool = False
) -> bool:
    """Return whether `parts` symbols of a version hold a text at a level; the options are as for `encode_part`."""
    whole = Payload(text, text.encode(), eci, kanji, micro=False, reserved_bits=_HEADER_BITS)
    try:
        _choose_parts(whole, parts, level, version, boost=False)
    except TooMuchData:
        return False
    return True


def _choose_parts(
    whole: Payload, parts: int, level: Level, version: int | None, *, boost: bool
) -> tuple[list[Payload], list[VersionChoice]]:
    """Cut the text, and choose one version for all its pieces.

    Raises
    ------
    TooMuchData
        A piece does not fit.
    """
    payloads = _cut(whole, parts)
    choices = [_choose_version(payload, level, version, parts) for payload in payloads]
    segments = [run for choice in choices for run in choice.segments]
    if any(run.mode == "kanji" for run in segments) and not all(
        run.mode == "kanji" or is_same_in_shift_jis(run.data) for run in segments
    ):
        payloads = [structs.replace(payload, kanji=False) for payload in payloads]
        choices = [_choose_version(payload, level, version, parts) for payload in payloads]
    if whole.eci == "auto" and any(choice.eci for choice in choices):
        # If any piece has an ECI, readers take the pieces without one for ISO-8859-1.
        payloads = [structs.replace(payload, eci="always") for payload in payloads]
        choices = [_choose_version(payload, level, version, parts) for payload in payloads]
    version = max(choice.version for choice in choices)
    choices = [choose_version(payload, level, version, boost=boost) for payload in payloads]
    return payloads, choices


def _choose_version(payload: Payload, level: Level, version: int | None, parts: int) -> VersionChoice:
    """Call `choose_version` without boost, and name the part in a refusal."""
    try:
        return choose_version(payload, level, version, boost=False)
    except TooMuchData as refusal:
        lead = f"The part of one of the {parts} symbols does not fit."
        issues = tuple([structs.replace(issue, message=f"{lead} {issue.message}") for issue in refusal.issues])
        raise TooMuchData(f"{lead} {refusal.detail}", issues=issues, **refusal.extra) from None


def _cut(payload: Payload, parts: int) -> list[Payload]:
    """Cut the text wherever the bits up to there come nearest to the next equal share."""
    runs = fine_runs(payload.text, kanji=True) if payload.kanji else coarse_runs(payload.data)
    division = divide(runs, HEADER_SIZES[-1].headers)
    segments = division[0] if division else runs
    sixths_before = [0]
    for segment in segments:
        for character in segment.data.decode():
            count = len(character.encode()) if segment.mode == "byte" else 1
            sixths_before.append(sixths_before[-1] + SIXTHS[segment.mode] * count)
    cuts = [0]
    for index in range(1, parts):
        share = sixths_before[-1] * index / parts
        # Every piece has at least one character, and leaves one for each of the following pieces.
        first, last = cuts[-1] + 1, len(payload.text) - parts + index
        above = bisect_left(sixths_before, share, first, last)
        below = max(above - 1, first)
        cuts.append(above if sixths_before[above] - share < share - sixths_before[below] else below)
    cuts.append(len(payload.text))
    pieces = [payload.text[start:end] for start, end in pairwise(cuts)]
    return [structs.replace(payload, text=piece, data=piece.encode()) for piece in pieces]


def _parity(choices: list[VersionChoice]) -> int:
    """Combine all bytes of the text as encoded by exclusive or, Kanji as their Shift_JIS bytes (8.3)."""
    parity = 0
    for choice in choices:
        for segment in choice.segments:
            data = segment.data
            if segment.mode == "kanji":
                data = b"".join([kanji_code(character) or b"" for character in data.decode()])
            parity = reduce(xor, data, parity)
    return parity
