"""How many decoders of each family read a style."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Final, Literal

import msgspec
from scripts.readers.decoders import DECODERS, OUTLINE, PHONES, Missing, read_all
from scripts.readers.drawing import draw_all

from .scores import SIZE, TEXT

__all__ = ["COLUMNS", "Families", "read_styles", "style_key"]

COLUMNS: Final = ("phones", "by outline", "by outline, `readers: all`")

Style = Mapping[str, Any]


class Families(msgspec.Struct, frozen=True):
    """What decoders read of every style.

    Attributes
    ----------
    read
        By `style_key` and column, how many decoders read the picture.
    asked
        By column, how many decoders there were.
    versions
        Of the decoders that took part, by title.
    """

    read: dict[bytes, dict[str, int]]
    asked: dict[str, int]
    versions: dict[str, str]

    def describe(self, family: Literal["phones", "outline"]) -> str:
        """Return the decoders of a family that took part, with their versions."""
        some = [decoder.title for decoder in DECODERS.values() if decoder.family == family]
        return ", ".join([f"{title} {self.versions[title]}" for title in some if title in self.versions])

    def cells(self, styles: Iterable[Style]) -> list[str]:
        """Return, for each of `COLUMNS`, how many pictures of these styles are read, of how many."""
        some = list(styles)
        return [
            f"{sum(self.read[style_key(style)][column] for style in some)}/{self.asked[column] * len(some)}"
            for column in COLUMNS
        ]


def read_styles(styles: Iterable[Style], tell: Callable[[str], object], *, jobs: int | None = None) -> Families:
    """Draw each style as it is and with ``readers: all``, and let every decoder of both families read it.

    Raises
    ------
    ValueError
        The service refuses a style.
    """
    some = {style_key(style): style for style in styles}
    common = {"data": TEXT, "size": SIZE}
    requests = [{**common, **style} for style in some.values()]
    robust = [{**request, "readers": "all"} for request in requests]
    tell(f"{len(requests)} styles as designed and with readers: all")
    drawn = draw_all([*requests, *robust])
    if refusals := [each.refusal for each in drawn if each.refusal]:
        raise ValueError(f"a style of the page is refused: {refusals[0]}")
    files = [Path(each.file) for each in drawn]
    found = read_all(files, (*PHONES, *OUTLINE), tell, jobs=jobs)
    for name, each in found.items():
        if isinstance(each, Missing):
            tell(f"without {DECODERS[name].title}: {each}")
    there = {name: each for name, each in found.items() if not isinstance(each, Missing)}
    read = {
        key: {
            column: sum(TEXT in there[name].texts[number] for name in family if name in there)
            for column, family, number in zip(
                COLUMNS, (PHONES, OUTLINE, OUTLINE), (at, at, at + len(some)), strict=True
            )
        }
        for at, key in enumerate(some)
    }
    asked = {
        column: sum(name in there for name in family)
        for column, family in zip(COLUMNS, (PHONES, OUTLINE, OUTLINE), strict=True)
    }
    versions = {DECODERS[name].title: each.version for name, each in there.items()}
    return Families(read, asked, versions)


def style_key(style: Style) -> bytes:
    """Return the same for fields in any order."""
    return msgspec.json.encode(style, order="sorted")
