"""The canonical form of a request; contradictions between its fields are all refused at once."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from ..artwork.color import Color
from ..errors import InvalidRequest, Issue, TooMuchData
from ..symbol import Level, option_issues
from .canonical import CanonicalRequest, CanonicalStyle
from .canonical_colors import parse_colors, style_for_colors
from .plain_schema import PlainRequest

if TYPE_CHECKING:
    from ..content import Content
    from .schema import QRRequest

__all__ = ["LONGEST_TEXT", "canonicalize", "refuse_too_long"]

LONGEST_TEXT = 7089
"""Digits in a version 40-L symbol, the most characters any symbol holds (ISO/IEC 18004:2015, table 7)."""

LONGEST_PART = 7083
"""The same for one symbol of a sequence, whose header takes 20 bits (8.2)."""

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


def canonicalize(request: PlainRequest | QRRequest) -> CanonicalRequest:
    """Bring a request into its canonical form: defaults filled in, content turned into text, spellings folded.

    Raises
    ------
    InvalidRequest
        Fields contradict each other, or a colour cannot be parsed.
    TooMuchData
        The text is longer than any symbol holds.
    AssetNotFound, AssetUnavailable
        The logo is an asset that does not exist, or that S3 does not return.
    """
    issues: list[Issue] = []
    # Most codes are plain ones with a text; they do not wait for modules of the others.
    text = request.data if isinstance(request.data, str) else _payload_text(request.data, issues)
    if not text.isascii() and not _is_unicode(text):
        issues.append(Issue("data", "Must not contain half of a surrogate pair, which is not a character."))
    level = LEVELS[request.error_correction]
    boost = request.boost_error_correction or level == "H"
    is_epc = not isinstance(request.data, str) and _is_epc(request.data)
    if is_epc:
        level, boost = _epc_level(request, level, issues), False
    foreground, background = parse_colors(request.colors, issues)
    style = _canonical_style(request, (foreground, background), issues)
    append = request.structured_append
    issues += [
        msgspec.structs.replace(issue, path=_OPTION_PATHS.get(issue.path, issue.path))
        for issue in option_issues(
            error_correction=level,
            version=request.version,
            mask=request.mask,
            micro=request.micro,
            eci=request.eci,
            part=append.part if append else None,
            parts=append.parts if append else None,
            characters=len(text),
        )
    ]
    format_name = request.format or "svg"
    if format_name in _FORMAT_CHECKS:
        issues += _FORMAT_CHECKS[format_name](request.size, (foreground, background), style)
    for name, value in (("title", request.title), ("description", request.description)):
        if value is not None and _unprintable().search(value):
            issues.append(Issue(name, "Must have no control characters but tabs and line feeds."))
    without_pixels = format_name in _WITHOUT_PIXELS
    if request.readers == "all" and request.micro and not without_pixels:
        message = "Must be phones if micro is true: few scanners read Micro QR symbols at all."
        issues.append(Issue("readers", message, suggestion="phones"))
    if issues:
        raise InvalidRequest.of(*issues)
    refuse_too_long(text, append.parts if append else 1)
    carries_titles = format_name in _WITH_TITLES
    if style is not None:
        from .canonical_style import finish_style

        may_change = isinstance(request, PlainRequest) or request.repair
        style = finish_style(style, without_pixels=without_pixels, may_grow=not is_epc, may_change=may_change)
    return CanonicalRequest(
        text=text,
        format=format_name,
        size=0 if without_pixels else request.size,
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
        foreground="" if without_pixels else foreground.hex,
        background="" if without_pixels else background.hex,
        dpi=96 if format_name in _WITHOUT_DPI else request.dpi,
        style=style,
        title=request.title or "" if carries_titles else "",
        description=request.description or "" if carries_titles else "",
    )


def refuse_too_long(text: str, parts: int) -> None:
    """Refuse a text that `parts` symbols cannot hold, whatever its characters.

    Raises
    ------
    TooMuchData
        The text is longer.
    """
    longest = LONGEST_TEXT if parts == 1 else parts * LONGEST_PART
    if len(text) <= longest:
        return
    subject = "no symbol holds" if parts == 1 else f"{parts} symbols together do not hold"
    of_all = "" if parts == 1 else f" in {parts} symbols"
    raise TooMuchData(
        f"data has {len(text)} characters; {subject} more than {longest}.",
        issues=(Issue("data", f"Must have at most {longest} characters{of_all}.", limit={"max": longest}),),
        capacity=longest,
        needed=len(text),
        unit="characters",
    )


_OPTION_PATHS = {"micro": "structured_append", "part": "structured_append.part", "parts": "structured_append.parts"}
"""Encoder options whose fields have another name. `micro` alone is never wrong."""

AVIF_LARGEST = 3072
"""Pixels per side: the encoder takes some 30 bytes for each pixel, and 4,096 per side would take more than 700 MB."""


def _avif_issues(size: int, _: tuple[Color, ...], __: CanonicalStyle | None) -> list[Issue]:
    if size <= AVIF_LARGEST:
        return []
    message = f"Must be at most {AVIF_LARGEST} for AVIF; use WebP or PNG for larger pictures."
    return [Issue("size", message, limit={"max": AVIF_LARGEST}, suggestion=AVIF_LARGEST)]


def _gif_issues(_: int, symbol_colors: tuple[Color, ...], __: CanonicalStyle | None) -> list[Issue]:
    if all(color.alpha in (0, 255) for color in symbol_colors):
        return []
    message = "Must be another format, such as png: GIF does not support semi-transparent colours."
    return [Issue("format", message, suggestion="png")]


def _eps_issues(_: int, symbol_colors: tuple[Color, ...], style: CanonicalStyle | None) -> list[Issue]:
    from ..render.page.eps import transparency_issue
    from .canonical_style import has_translucent_gradient, painted_colors

    opaque = all(color.alpha in (0, 255) for color in (*symbol_colors, *painted_colors(style)))
    return [] if opaque and not has_translucent_gradient(style) else [transparency_issue()]


_FORMAT_CHECKS = {"avif": _avif_issues, "eps": _eps_issues, "gif": _gif_issues}
"""Checks of what each format does not support, made before anything is drawn."""
_WITHOUT_PIXELS = frozenset({"txt", "json"})
_WITHOUT_DPI = frozenset({"svg", "gif", "txt", "json"})
_WITH_TITLES = frozenset({"svg", "pdf"})


@cache
def _unprintable() -> re.Pattern[str]:
    """Compile the characters that XML 1.0 cannot contain (2.2): 3 ms that requests without a title do not pay."""
    return re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _canonical_style(
    request: PlainRequest | QRRequest, symbol_colors: tuple[Color, Color], issues: list[Issue]
) -> CanonicalStyle | None:
    if isinstance(request, PlainRequest):
        return style_for_colors(request, symbol_colors)
    from .canonical_style import canonical_style

    return canonical_style(request, symbol_colors, issues)


def _payload_text(content: Content, issues: list[Issue]) -> str:
    from ..content import write_payload

    try:
        return write_payload(content)
    except InvalidRequest as problem:
        issues += [issue.within("data") for issue in problem.issues]
        return ""


def _is_epc(content: Content) -> bool:
    from ..content import Epc

    return isinstance(content, Epc)


def _epc_level(request: PlainRequest | QRRequest, level: Level, issues: list[Issue]) -> Level:
    """Return the level of a payment, whose standard fixes every choice; add issues for other choices."""
    from ..content import EPC_LEVEL, epc_symbol_issues

    issues += epc_symbol_issues(
        error_correction=level,
        version=request.version,
        micro=request.micro,
        kanji=request.kanji,
        sequence=request.structured_append is not None,
    )
    return EPC_LEVEL
