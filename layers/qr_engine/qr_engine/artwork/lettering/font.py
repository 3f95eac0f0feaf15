"""The one font of captions, Inter SemiBold: its outlines, widths and kerning, read from a bundled file.

``scripts/font.py`` makes that file. No font of the machine is used, so a caption looks the same everywhere.
"""

from __future__ import annotations

import re
import zlib
from functools import cache, lru_cache
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from ..model import Command, Path

__all__ = ["DATA", "Font", "advances", "cap_height", "character_indices", "digest", "glyph_outline"]

DATA: Final = FilePath(__file__).with_name("inter_semibold.bin")


class Font(msgspec.Struct, frozen=True, array_like=True):
    """A font in its own units; y grows downwards, and the baseline is at 0.

    Attributes
    ----------
    source
        The font's name and version.
    digest
        SHA-256 of the font file.
    units
        Units of an em.
    cap_height
        Height of a capital above the baseline.
    characters
        The characters that can be set; `advances`, `outlines`, `left` and `right` have an item for each.
    advances
        Distance from the origin of a character to the origin of the next.
    outlines
        Relative commands in lower case, as in SVG: ``m``, ``l``, ``c``, ``z``.
    left, right
        The class of a character as the first and as the second of a pair.
    kerning
        Extra distance between the two of a pair, negative to move them together: a row for each class of the first.
    """

    source: str
    digest: str
    units: int
    cap_height: int
    characters: str
    advances: list[int]
    outlines: list[str]
    left: list[int]
    right: list[int]
    kerning: list[list[int]]


@cache
def _load_font() -> Font:
    return msgspec.msgpack.decode(zlib.decompress(DATA.read_bytes()), type=Font)


@cache
def character_indices() -> dict[str, int]:
    """Return every character that can be set, with its index in the lists of the font."""
    return {character: index for index, character in enumerate(_load_font().characters)}


def digest() -> str:
    """Return the SHA-256 of the font file that the data were made from."""
    return _load_font().digest


def cap_height() -> float:
    """Return the height of a capital, in ems."""
    return _load_font().cap_height / _load_font().units


def advances(text: str) -> list[float]:
    """Return where each character of `text` begins, and as the last item where the text ends, in ems from its start.

    Raises
    ------
    KeyError
        For a character that is not among `character_indices`.
    """
    font, indices = _load_font(), [character_indices()[character] for character in text]
    ends, advance = [0.0], 0
    for position, index in enumerate(indices):
        advance += font.advances[index]
        if position + 1 < len(indices):
            advance += font.kerning[font.left[index]][font.right[indices[position + 1]]]
        ends.append(advance / font.units)
    return ends


@lru_cache(maxsize=256)
def glyph_outline(character: str) -> Path:
    """Return the outline of one character, in ems from its origin on the baseline."""
    font = _load_font()
    commands: list[Command] = []
    x = y = 0
    for letter, numbers in _COMMAND.findall(font.outlines[character_indices()[character]]):
        points = [int(number) for number in numbers.split()]
        ends = [(x + points[i], y + points[i + 1]) for i in range(0, len(points), 2)]
        flat = [value / font.units for end in ends for value in end]
        if letter == "z":
            commands.append(("Z",))
        elif letter == "c":
            commands.append(("C", flat[0], flat[1], flat[2], flat[3], flat[4], flat[5]))
        else:
            commands.append(("M" if letter == "m" else "L", flat[0], flat[1]))
        x, y = ends[-1] if ends else (x, y)
    return tuple(commands)


_COMMAND: Final = re.compile("([mlcz])([^mlcz]*)")
