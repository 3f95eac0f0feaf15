"""The canonical form of requests beyond the API: options that other services have and this one refuses."""

from __future__ import annotations

from bisect import bisect_left

import msgspec

from ..artwork.color import WHITE, Color, contrast, over
from ..errors import InvalidRequest, Issue
from ..symbol.model import Charset, Level
from ..symbol.standard import capacities, width
from .canonical import CanonicalRequest
from .canonical_extended import LEAST_SIZE, ExtendedRequest
from .canonicalize import refuse_too_long
from .plain_schema import FormatName

__all__ = ["PlainCode", "canonicalize_plain"]

_LEAST_CONTRAST = 3.0
"""The same as in `scan.contrast`: a code with less is refused unless its request says otherwise."""

_MOST_HEADER_BITS = 4 + 16 + 12
"""Mode indicator, the longest character count and an ECI: the bits that a text takes in addition to its bytes."""


class PlainCode(msgspec.Struct, frozen=True, kw_only=True):
    """A plain code as another service would draw it; the fields are those of `ExtendedRequest`."""

    text: str
    format: FormatName
    size: int
    margin: int
    error_correction: Level
    foreground: Color
    background: Color
    charset: Charset = "utf-8"
    padding: int = 0
    scale: int = 0


def canonicalize_plain(code: PlainCode) -> CanonicalRequest:
    """Bring a code into its canonical form, the API's own if nothing in it goes beyond the API.

    Raises
    ------
    InvalidRequest
        There is no text.
    TooMuchData
        The text is longer than any symbol holds.
    """
    if not code.text:
        raise InvalidRequest.of(Issue("data", "Must have something to encode."))
    refuse_too_long(code.text, 1)
    extended = ExtendedRequest(
        text=code.text,
        format=code.format,
        size=code.size,
        margin=code.margin,
        error_correction=code.error_correction,
        boost=code.error_correction == "H",
        version=None,
        mask=None,
        micro=False,
        eci="auto",
        kanji=False,
        part=0,
        parts=0,
        foreground=code.foreground.hex,
        background=code.background.hex,
        dpi=96,
        style=None,
        charset="utf-8" if code.text.isascii() else code.charset,
        padding=code.padding,
        scale=0 if _surely_fits(code) else code.scale,
        faint=_is_faint(code),
    )
    if extended.charset != "utf-8" or extended.padding or extended.scale or extended.faint:
        return extended
    return CanonicalRequest(**{name: getattr(extended, name) for name in CanonicalRequest.__struct_fields__})


def _surely_fits(code: PlainCode) -> bool:
    """Return whether the size has a pixel for each module, however the text is encoded."""
    needed = 8 * len(code.text.encode()) + _MOST_HEADER_BITS
    version = bisect_left(capacities(code.error_correction, micro=False), needed) + 1
    if version > 40 or code.size < LEAST_SIZE:
        return False
    return code.size - 2 * code.padding >= width(version, micro=False) + 2 * code.margin


def _is_faint(code: PlainCode) -> bool:
    ground = over(code.background, WHITE)
    return contrast(over(code.foreground, ground), ground) < _LEAST_CONTRAST
