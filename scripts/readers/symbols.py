"""The symbols that styles are tried with: versions, levels and three kinds of text that nearly fill them."""

from __future__ import annotations

import random
from functools import cache
from itertools import product
from typing import Final, Literal, get_args
from zlib import crc32

import msgspec

from qr_engine.symbol import Level, has_room_for

__all__ = ["SIZES", "SMALL_VERSIONS", "VERSIONS", "TextKind", "TrialSymbol", "choose", "symbols"]

TextKind = Literal["link", "number", "words"]

SIZES: Final = (300, 600)
"""In pixels."""

VERSIONS: Final = (2, 7, 14)
SMALL_VERSIONS: Final = tuple(range(1, 11))
_LEVELS: Final[tuple[Level, ...]] = ("M", "H")

_SENTENCE: Final = "Table 7 has the soup of the day, bread from our own oven and a view of the harbour until nine; "
_LETTERS: Final = "abcdefghijkmnopqrstuvwxyz23456789"


class TrialSymbol(msgspec.Struct, frozen=True):
    """A symbol: its version, its level and the kind of its text."""

    version: int
    level: Level
    kind: TextKind

    def __str__(self) -> str:
        return f"{self.version}-{self.level} {self.kind}"

    @property
    def text(self) -> str:
        """The text, which takes nine tenths of what the symbol holds."""
        return _text(self.version, self.level, self.kind)


def symbols(versions: tuple[int, ...] = VERSIONS) -> list[TrialSymbol]:
    """Return every symbol of these versions."""
    return [TrialSymbol(*each) for each in product(versions, _LEVELS, get_args(TextKind))]


def choose(name: str, versions: tuple[int, ...] = VERSIONS) -> TrialSymbol:
    """Return the one symbol that this name meets, the same in each run."""
    some = symbols(versions)
    return some[crc32(name.encode()) % len(some)]


@cache
def _text(version: int, level: Level, kind: TextKind) -> str:
    chance = random.Random(crc32(f"{version}-{level} {kind}".encode()))
    start = ("qr.sh/" if version == 1 else "https://qr.sh/") if kind == "link" else ""
    source = {
        "link": start + "".join(chance.choices(_LETTERS, k=3000)),
        "number": "".join(chance.choices("0123456789", k=7000)),
        "words": _SENTENCE * 40,
    }[kind]
    most = next(length for length in range(len(start), 7000) if not has_room_for(source[: length + 1], level, version))
    return source[: max(len(start), most * 9 // 10)]
