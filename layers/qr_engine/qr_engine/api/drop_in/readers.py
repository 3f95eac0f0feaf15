"""Readers of parameters that several services share: a value that cannot be read leaves the default and a warning."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, cast

from ...artwork.color import Color, ColorError, parse_color
from ...render import FORMATS
from ...request.plain_schema import FormatName
from ...symbol.legacy_charsets import holds
from ...symbol.model import Charset, Level
from .draft import Draft, Reader

__all__ = [
    "LARGEST",
    "MOST_MARGIN",
    "drawable",
    "finish_text",
    "finish_vector",
    "hex_color",
    "integer_prefix",
    "read_charset",
    "read_data",
    "read_format",
    "read_level",
    "read_margin",
    "set_size",
    "sides",
    "word",
]

LARGEST: Final = 4096
"""Pixels of the largest picture that the engine draws."""

MOST_MARGIN: Final = 100
"""Modules of the widest quiet zone."""

_INTEGER: Final = re.compile(r"\s*([+-]?[0-9]{1,18})")
_SIDES: Final = re.compile(r"\s*([0-9]{1,9})\s*(?:[xX×*,]\s*([0-9]{1,9})\s*)?")

_LEVELS: Final[dict[str, Level]] = {
    "l": "L", "low": "L", "m": "M", "medium": "M", "q": "Q", "quartile": "Q", "h": "H", "high": "H",
}  # fmt: skip

_CHARSETS: Final[dict[str, Charset]] = {
    "utf-8": "utf-8", "utf8": "utf-8",
    "iso-8859-1": "iso-8859-1", "iso8859-1": "iso-8859-1", "latin1": "iso-8859-1",
    "shift_jis": "shift_jis", "shift-jis": "shift_jis", "sjis": "shift_jis",
}  # fmt: skip


def word(value: bytes) -> str:
    """Decode a value that is a word or a number, without surrounding spaces."""
    return value.decode(errors="replace").strip()


def integer_prefix(text: str) -> int | None:
    """Return the whole number at the start of a text, as JavaScript's ``parseInt`` does; None if there is none."""
    found = _INTEGER.match(text)
    return int(found[1]) if found else None


def sides(text: str) -> tuple[int, int] | None:
    """Parse a size such as ``200x200``, or a single number for a square; None if it is neither."""
    found = _SIDES.fullmatch(text)
    return (int(found[1]), int(found[2] or found[1])) if found else None


def set_size(draft: Draft, name: str, found: tuple[int, int], least: int) -> None:
    """Set the size to the shorter of two sides, within the limits of the engine."""
    side = min(found)
    if found[0] != found[1]:
        draft.warn(name, f"the picture is a square of the shorter side, {side} pixels.")
    draft.size = min(max(side, least), LARGEST)
    if draft.size != side:
        draft.warn(name, f"must be from {least} to {LARGEST}; {draft.size} is used instead.")


def read_data(draft: Draft, value: bytes) -> None:
    """Store the bytes to encode; another parameter may name their character set."""
    draft.data = value


def read_level(name: str) -> Reader:
    """Make a reader for an error correction level, in upper or lower case."""

    def read(draft: Draft, value: bytes) -> None:
        level = _LEVELS.get(word(value).lower())
        if level is not None:
            draft.level = level
        elif value:
            draft.warn(name, f"must be L, M, Q or H; {draft.level} is used instead.")

    return read


def read_margin(name: str, most: int = MOST_MARGIN) -> Reader:
    """Make a reader for a quiet zone in modules."""

    def read(draft: Draft, value: bytes) -> None:
        number = integer_prefix(word(value))
        if number is None:
            if value:
                draft.warn(name, f"must be a whole number; {draft.margin} is used instead.")
            return
        draft.margin = min(max(number, 0), most)
        if draft.margin != number:
            draft.warn(name, f"must be from 0 to {most}; {draft.margin} is used instead.")

    return read


def read_format(name: str, formats: Mapping[str, FormatName]) -> Reader:
    """Make a reader for a format, in upper or lower case and with or without a dot."""

    def read(draft: Draft, value: bytes) -> None:
        found = formats.get(word(value).lower().removeprefix("."))
        if found is not None:
            draft.format = found
        elif value:
            draft.warn(name, f"must be one of {', '.join(formats)}; {draft.format} is used instead.")

    return read


def drawable(formats: Mapping[str, str]) -> dict[str, FormatName]:
    """Return those of a service's formats that the engine draws, by their names there."""
    return {name: cast("FormatName", own) for name, own in formats.items() if own in FORMATS}


def read_charset(name: str, field: str, allowed: tuple[Charset, ...]) -> Reader:
    """Make a reader that stores a character set in `field` of the draft."""

    def read(draft: Draft, value: bytes) -> None:
        charset = _CHARSETS.get(word(value).lower())
        if charset in allowed:
            setattr(draft, field, charset)
        elif value:
            draft.warn(name, f"must be one of {', '.join(allowed)}; {getattr(draft, field)} is used instead.")

    return read


def hex_color(text: str) -> Color | None:
    """Read 3, 4, 6 or 8 hex digits with or without a number sign, or the name of a colour."""
    for candidate in (text if text.startswith("#") else f"#{text}", text):
        try:
            return parse_color(candidate)
        except ColorError:
            continue
    return None


def finish_text(draft: Draft, name: str) -> None:
    """Decode the data in their character set, and make sure that the target set can encode the text.

    Bytes that should be UTF-8 but are not go into the symbol unchanged, as ISO-8859-1, which has a character for every
    byte.
    """
    if draft.text is None:
        try:
            draft.text = draft.data.decode(draft.source)
        except UnicodeDecodeError:
            draft.text, draft.charset = draft.data.decode("iso-8859-1"), "iso-8859-1"
            draft.warn(name, f"is not in {draft.source}; its bytes are read as ISO-8859-1.")
    if not holds(draft.charset, draft.text):
        draft.warn(name, f"has characters that {draft.charset} lacks; the text is written in UTF-8.")
        draft.charset = "utf-8"


def finish_vector(draft: Draft) -> None:
    """Make translucent colours opaque if the format cannot show them: EPS."""
    if draft.format != "eps":
        return
    for field in ("foreground", "background"):
        color: Color = getattr(draft, field)
        if color.alpha not in (0, 255):
            setattr(draft, field, Color(color.red, color.green, color.blue))
            draft.warn(field, "EPS does not support transparency; the colour is drawn opaque.")
