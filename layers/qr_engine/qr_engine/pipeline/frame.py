"""Codes in a frame: from a canonical frame to an artwork, or to a problem with the caption.

Only requests with a frame load this module, and with it the names of characters and the font.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

import msgspec

from ..artwork.color import parse_color
from ..artwork.lettering import TooWide, missing_characters
from ..artwork.style import FrameStyle
from ..errors import CannotBeDrawn, Issue

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..artwork import Artwork
    from ..artwork.style import Style
    from ..request.canonical import CanonicalFrame

__all__ = ["compose_framed"]

_MAX_NAMED: Final = 5


def compose_framed(
    compose: Callable[[Style], Artwork], plain_style: Style, frame: CanonicalFrame, default_color: str
) -> Artwork:
    """Compose an artwork in a frame.

    Parameters
    ----------
    compose
        Composes the artwork in a style.
    plain_style
        The style of the code without its frame.
    default_color
        The colour of the frame if it does not set one.

    Raises
    ------
    CannotBeDrawn
        The font lacks a character of the text, or the text is too wide for the frame.
    """
    text = frame.text or ""
    missing = missing_characters(text)
    if missing:
        raise _missing_glyphs_problem(missing)
    frame_style = FrameStyle(
        style=frame.style,
        text=frame.text,
        text_position=frame.text_position,
        color=parse_color(frame.color or default_color),
        text_color=parse_color(frame.text_color) if frame.text_color else None,
    )
    try:
        return compose(msgspec.structs.replace(plain_style, frame=frame_style))
    except TooWide as error:
        raise _too_wide_problem(text, error.factor) from None


def _too_wide_problem(text: str, factor: float) -> CannotBeDrawn:
    longest = max(1, int(len(text) * factor))
    message = (
        f"Must be shorter to be large enough to read: about {longest} characters like these fit,"
        " and more if the text can break into two lines."
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
