"""Styled codes in a frame: from a canonical frame to layers, or what keeps it from being drawn.

Only a request that asks for a frame loads this, and with it the names of characters and the font.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

import msgspec

from ..artwork.color import parse_color
from ..artwork.lettering import TooWide, missing_characters
from ..artwork.style import FrameStyle
from ..artwork.styled import compose_styled
from ..errors import CannotBeDrawn, Issue

if TYPE_CHECKING:
    from ..artwork import Artwork
    from ..artwork.style import Style
    from ..request.canonical import CanonicalStyle
    from ..symbol import Symbol

__all__ = ["compose_framed"]

_MAX_NAMED: Final = 5


def compose_framed(
    symbol: Symbol, plain_style: Style, style: CanonicalStyle, foreground: str, measures: dict[str, int]
) -> Artwork:
    """The artwork of `symbol` in a frame.

    Parameters
    ----------
    look
        How the code is to look without one.
    style
        With the frame.
    foreground
        Its colour, where it has none of its own and the code has no gradient.
    measures
        Margin, size and resolution, as `compose_styled` takes them.

    Raises
    ------
    CannotBeDrawn
        The font has not all characters of the text, or the text is too wide for the frame.
    """
    canonical = style.frame
    if canonical is None:
        return compose_styled(symbol, plain_style, **measures)
    missing = missing_characters(canonical.text or "")
    if missing:
        raise _missing_glyphs_problem(missing)
    if style.gradient is not None and style.gradient.apply_to_data:
        foreground = style.gradient.stops[0][1]
    frame = FrameStyle(
        style=canonical.style,
        text=canonical.text,
        text_position=canonical.text_position,
        color=parse_color(canonical.color or foreground),
        text_color=parse_color(canonical.text_color) if canonical.text_color else None,
    )
    try:
        return compose_styled(symbol, msgspec.structs.replace(plain_style, frame=frame), **measures)
    except TooWide as error:
        raise _too_wide_problem(canonical.text or "", error.factor) from None


def _too_wide_problem(text: str, factor: float) -> CannotBeDrawn:
    longest = max(1, int(len(text) * factor))
    message = (
        f"Must be shorter to be large enough to read: about {longest} of such characters fit,"
        " and more in words that can be broken into two lines."
    )
    return CannotBeDrawn.of(Issue("frame.text", message, limit={"max": longest}))


def _missing_glyphs_problem(characters: list[str]) -> CannotBeDrawn:
    message = "Must be in Latin, Greek or Cyrillic script, set from left to right, without emoji: the font has no"
    issues = tuple(Issue("frame.text", f"{message} {_describe(character)}.") for character in characters[:_MAX_NAMED])
    return CannotBeDrawn(f"frame.text: {issues[0].message}", issues=issues)


def _describe(character: str) -> str:
    name = unicodedata.name(character, "")
    quoted = f"“{character}” " if character.isprintable() and not unicodedata.combining(character) else ""
    return f"{quoted}(U+{ord(character):04X}{' ' if name else ''}{name})"
