"""From the fields of a request to its canonical form: what contradicts itself is refused, all of it at once."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from ..artwork.color import Color
from ..content import EPC_LEVEL, Epc, epc_symbol, payload
from ..errors import InvalidRequest, Issue, TooMuchData
from ..symbol import Level, rejections
from .canonical import CanonicalRequest, CanonicalStyle
from .canonical_style import colors, fades, finished, painted_colors, style
from .schema import QRRequest

__all__ = ["LONGEST_TEXT", "canonical"]

LONGEST_TEXT = 7089
"""Digits in a version 40-L symbol, the most characters any symbol holds (ISO/IEC 18004:2015, table 7)."""

LONGEST_PART = 7083
"""The same for one of several symbols that hold a text together: their header takes 20 bits (8.2)."""

LEVELS: dict[str, Level] = {
    "L": "L",
    "M": "M",
    "Q": "Q",
    "H": "H",
    "low": "L",
    "medium": "M",
    "quartile": "Q",
    "high": "H",
}


def canonical(request: QRRequest) -> CanonicalRequest:
    """The one form of `request`: defaults filled in, content turned into text, spellings folded.

    Raises
    ------
    InvalidRequest
        Fields contradict each other, or a colour is none.
    TooMuchData
        The text is longer than any symbol holds.
    AssetNotFound, AssetUnavailable
        The logo is an asset that is not there, or that S3 does not give.
    """
    issues: list[Issue] = []
    text = _text(request.data, issues)
    if not text.isascii() and not _is_unicode(text):
        issues.append(Issue("data", "Must not hold half of a surrogate pair, which is no character."))
    level = LEVELS[request.error_correction]
    boost = request.boost_error_correction or level == "H"
    # Nothing of such a symbol is anybody's choice.
    fixed = isinstance(request.data, Epc)
    if fixed:
        issues += epc_symbol(
            error_correction=level,
            version=request.version,
            micro=request.micro,
            kanji=request.kanji,
            sequence=request.structured_append is not None,
        )
        level, boost = EPC_LEVEL, False
    foreground, background = colors(request.colors, issues)
    looks = style(request, (foreground, background), issues)
    issues += rejections(
        error_correction=level,
        version=request.version,
        mask=request.mask,
        micro=request.micro,
        eci=request.eci,
    )
    append = request.structured_append
    if append is not None:
        issues += _append_problems(append.part, append.parts, micro=request.micro, characters=len(text))
    drawn = request.format or "svg"
    if drawn in _LIMITS:
        issues += _LIMITS[drawn](request.size, (foreground, background), looks)
    for name, said in (("title", request.title), ("description", request.description)):
        if said is not None and _unprintable().search(said):
            issues.append(Issue(name, "Must have no control characters but tabs and line feeds."))
    if issues:
        raise InvalidRequest.of(*issues)
    _refuse_too_long(text, append.parts if append else 1)
    plain = drawn in _WITHOUT_PIXELS
    named = drawn in _WITH_NAMES
    if looks is not None:
        looks = finished(looks, plain=plain, grows=not fixed)
    return CanonicalRequest(
        text=text,
        format=drawn,
        size=0 if plain else request.size,
        margin=request.margin,
        error_correction=level,
        boost=boost,
        version=request.version,
        mask=request.mask,
        micro=request.micro,
        eci=request.eci,
        kanji=request.kanji,
        part=append.part if append else 0,
        parts=append.parts if append else 0,
        foreground="" if plain else foreground.hex,
        background="" if plain else background.hex,
        dpi=96 if drawn in _WITHOUT_DPI else request.dpi,
        style=looks,
        title=request.title or "" if named else "",
        description=request.description or "" if named else "",
    )


def _refuse_too_long(text: str, parts: int) -> None:
    longest = LONGEST_TEXT if parts == 1 else parts * LONGEST_PART
    if len(text) <= longest:
        return
    held = "no symbol holds" if parts == 1 else f"{parts} symbols together do not hold"
    of_all = "" if parts == 1 else f" in {parts} symbols"
    raise TooMuchData(
        f"data has {len(text)} characters; {held} more than {longest}.",
        issues=(Issue("data", f"Must have at most {longest} characters{of_all}.", limit={"max": longest}),),
        capacity=longest,
        needed=len(text),
        unit="characters",
    )


AVIF_LARGEST = 3072


def _avif_problems(size: int, _: tuple[Color, ...], __: CanonicalStyle | None) -> list[Issue]:
    if size <= AVIF_LARGEST:
        return []
    said = f"Must be at most {AVIF_LARGEST} for AVIF; larger pictures can be had as WebP or PNG."
    return [Issue("size", said, limit={"max": AVIF_LARGEST}, suggestion=AVIF_LARGEST)]


def _eps_problems(_: int, plain: tuple[Color, ...], looks: CanonicalStyle | None) -> list[Issue]:
    if all(color.alpha in (0, 255) for color in (*plain, *painted_colors(looks))) and not fades(looks):
        return []
    return [
        Issue(
            "format",
            "Must be another one, such as pdf: EPS cannot carry colours that let something through.",
            suggestion="pdf",
        )
    ]


_LIMITS = {"avif": _avif_problems, "eps": _eps_problems}
"""What a format cannot do, said before anything is drawn."""
_WITHOUT_PIXELS = frozenset({"txt", "json"})
_WITHOUT_DPI = frozenset({"svg", "txt", "json"})
_WITH_NAMES = frozenset({"svg", "pdf"})


@cache
def _unprintable() -> re.Pattern[str]:
    """What XML 1.0 has no way to write (2.2); to compile it takes 3 ms, which no request without a title waits for."""
    return re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _text(data: Any, issues: list[Issue]) -> str:
    if isinstance(data, str):
        return data
    try:
        return payload(data)
    except InvalidRequest as problem:
        issues += [issue.within("data") for issue in problem.issues]
        return ""


def _append_problems(part: int, parts: int, *, micro: bool, characters: int) -> list[Issue]:
    found = []
    if part > parts:
        found.append(
            Issue("structured_append.part", f"Must be at most parts, {parts}.", limit={"min": 1, "max": parts})
        )
    if 0 < characters < parts:
        said = f"Must be at most {characters}, the number of characters in data: each symbol takes one."
        found.append(Issue("structured_append.parts", said, limit={"max": characters}))
    if micro:
        found.append(Issue("structured_append", "Must be left out with micro: Micro QR symbols cannot be joined."))
    return found
