"""From a canonical frame to one that can be drawn, or what keeps it from being drawn."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from .artwork.color import parse_color
from .artwork.lettering import unsettable
from .artwork.style import FrameStyle
from .errors import CannotBeDrawn, Issue

if TYPE_CHECKING:
    from .request.model import CanonicalFrame, CanonicalStyle

__all__ = ["frame_of", "too_wide"]

_MOST_NAMED: Final = 5


def frame_of(style: CanonicalStyle, foreground: str) -> FrameStyle | None:
    """The frame of `style`, in the colour of the code where it has none of its own.

    Raises
    ------
    CannotBeDrawn
        The font has not all characters of its text.
    """
    asked = style.frame
    if asked is None:
        return None
    missing = unsettable(asked.text or "")
    if missing:
        raise _unsettable(missing)
    if style.gradient is not None and style.gradient.apply_to_data:
        foreground = style.gradient.stops[0][1]
    return FrameStyle(
        style=asked.style,
        text=asked.text,
        text_position=asked.text_position,
        color=parse_color(asked.color or foreground),
        text_color=parse_color(asked.text_color) if asked.text_color else None,
    )


def too_wide(frame: CanonicalFrame | None, factor: float) -> CannotBeDrawn:
    """The problem with a text of which a part, as large as `factor` says, would fit."""
    most = max(1, int(len((frame and frame.text) or "") * factor))
    said = (
        f"Would have to be too small to be read: about {most} of such characters fit,"
        " and more in words that can be broken into two lines."
    )
    return CannotBeDrawn(f"frame.text: {said}", issues=(Issue("frame.text", said, limit={"max": most}),))


def _unsettable(characters: list[str]) -> CannotBeDrawn:
    said = "captions are set from left to right in Latin, Greek and Cyrillic script, without emoji"
    issues = tuple(
        Issue("frame.text", f"The font has no {_named(character)}: {said}.") for character in characters[:_MOST_NAMED]
    )
    return CannotBeDrawn(f"frame.text: {issues[0].message}", issues=issues)


def _named(character: str) -> str:
    name = unicodedata.name(character, "")
    shown = f"“{character}” " if character.isprintable() and not unicodedata.combining(character) else ""
    return f"{shown}(U+{ord(character):04X}{' ' if name else ''}{name})"
