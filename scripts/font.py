"""Convert the font of captions to the data file of the layer: ``python scripts/font.py [font] [target]``.

The layer reads no font file: a caption needs a few outlines, widths and kerning, and has to look the same on every
machine. The default is where Debian's package fonts-inter puts the font.
"""

from __future__ import annotations

import hashlib
import sys
import unicodedata
import zlib
from pathlib import Path
from typing import Any

import msgspec
from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "layers" / "qr_engine"))

from qr_engine.artwork.lettering.font import DATA, Font

SOURCE = Path("/usr/share/fonts/opentype/inter/Inter-SemiBold.otf")

RANGES = (
    (0x0020, 0x007E),  # Basic Latin
    (0x00A0, 0x00AC),  # Latin-1 Supplement, but for the soft hyphen, which is no mark
    (0x00AE, 0x024F),  # the rest of it, Latin Extended-A and -B
    (0x0259, 0x0259),  # the small schwa of Azerbaijani, whose capital is in Latin Extended-B
    (0x02BB, 0x02BC),  # the apostrophes that are letters
    (0x0370, 0x03FF),  # Greek
    (0x0400, 0x052F),  # Cyrillic
    (0x1E00, 0x1EFF),  # Latin Extended Additional: Vietnamese, Welsh, capital sharp s
    (0x2009, 0x200A),  # thin spaces
    (0x2010, 0x2027),  # General Punctuation, but for what has no shape
    (0x202F, 0x205E),
    (0x2070, 0x209C),  # superscripts and subscripts
    (0x20A0, 0x20C0),  # currency
    (0x2100, 0x218B),  # letterlike symbols and number forms
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x22FF),  # mathematical operators
    (0x25A0, 0x25FF),  # geometric shapes
    (0x2600, 0x27BF),  # stars, hearts, ticks and further arrows
)


class _Outline(BasePen):  # type: ignore[misc]
    """The outline as relative commands in font units, y to the bottom; quadratic curves become cubic ones."""

    def __init__(self, glyphs: Any) -> None:
        super().__init__(glyphs)
        self.commands: list[str] = []
        self.at = (0, 0)

    def _add(self, letter: str, *points: tuple[float, float]) -> None:
        rounded = [(round(x), -round(y)) for x, y in points]
        numbers = [str(value) for x, y in rounded for value in (x - self.at[0], y - self.at[1])]
        self.commands.append(letter + " ".join(numbers))
        self.at = rounded[-1]

    def _moveTo(self, pt: tuple[float, float]) -> None:  # noqa: N802
        self._add("m", pt)

    def _lineTo(self, pt: tuple[float, float]) -> None:  # noqa: N802
        self._add("l", pt)

    def _curveToOne(self, pt1: Any, pt2: Any, pt3: Any) -> None:  # noqa: N802
        self._add("c", pt1, pt2, pt3)

    def _closePath(self) -> None:  # noqa: N802
        self.commands.append("z")


def _kerning(font: TTFont, glyphs: list[str]) -> list[list[int]]:
    """How much nearer each glyph of `glyphs` comes to each other one, by the pair lookups of the kern feature."""
    table = font["GPOS"].table
    codes = sorted(
        {
            index
            for record in table.FeatureList.FeatureRecord
            if record.FeatureTag == "kern"
            for index in record.Feature.LookupListIndex
        }
    )
    rows = [[0] * len(glyphs) for _ in glyphs]
    for lookup in (table.LookupList.Lookup[index] for index in codes):
        subtables = [getattr(subtable, "ExtSubTable", subtable) for subtable in lookup.SubTable]
        for row, left in zip(rows, glyphs, strict=True):
            for column, value in _pairs(subtables, left, glyphs).items():
                row[column] += value
    return rows


def _pairs(subtables: list[Any], left: str, glyphs: list[str]) -> dict[int, int]:
    """Return the values of one lookup for pairs that begin with `left`; the first subtable with a pair decides."""
    pairs: dict[int, int] = {}
    for subtable in subtables:
        if subtable.LookupType != 2 or left not in subtable.Coverage.glyphs:
            continue
        if subtable.Format == 1:
            records = subtable.PairSet[subtable.Coverage.glyphs.index(left)].PairValueRecord
            values = {record.SecondGlyph: _advance(record.Value1) for record in records}
            for column, right in enumerate(glyphs):
                if right in values:
                    pairs.setdefault(column, values[right])
        else:
            classes = subtable.Class1Record[subtable.ClassDef1.classDefs.get(left, 0)].Class2Record
            for column, right in enumerate(glyphs):
                value = classes[subtable.ClassDef2.classDefs.get(right, 0)].Value1
                pairs.setdefault(column, _advance(value))
    return pairs


def _advance(value: Any) -> int:
    return getattr(value, "XAdvance", 0) or 0


def _classes(rows: list[list[int]]) -> tuple[list[int], list[list[int]]]:
    """Return a number for each row, the same for equal ones, and the rows by their number."""
    distinct = list(dict.fromkeys(map(tuple, rows)))
    numbers = {row: number for number, row in enumerate(distinct)}
    return [numbers[tuple(row)] for row in rows], [list(row) for row in distinct]


def convert(path: Path) -> bytes:
    """Return the data file for the font at `path`; the same each time."""
    font = TTFont(path)
    names, glyphs = font.getBestCmap(), font.getGlyphSet()
    codes = [code for first, last in RANGES for code in range(first, last + 1)]
    # Marks would have to be placed on the letter before them, which is what composed characters are for.
    codes = [code for code in codes if code in names and unicodedata.category(chr(code)) not in ("Mn", "Me")]
    outlines, advances = [], []
    for code in codes:
        pen = _Outline(glyphs)
        glyphs[names[code]].draw(pen)
        outlines.append("".join(pen.commands))
        advances.append(round(glyphs[names[code]].width))
    left, rows = _classes(_kerning(font, [names[code] for code in codes]))
    right, columns = _classes([list(column) for column in zip(*rows, strict=True)])
    data = Font(
        source=f"{font['name'].getDebugName(4)}, {font['name'].getDebugName(5)}",
        digest=hashlib.sha256(path.read_bytes()).hexdigest(),
        units=font["head"].unitsPerEm,
        cap_height=font["OS/2"].sCapHeight,
        characters="".join(map(chr, codes)),
        advances=advances,
        outlines=outlines,
        left=left,
        right=right,
        kerning=[list(row) for row in zip(*columns, strict=True)],
    )
    return zlib.compress(msgspec.msgpack.encode(data), 9)


def main(source: str = str(SOURCE), target: str = str(DATA)) -> None:
    """Write the data file."""
    data = convert(Path(source))
    Path(target).write_bytes(data)
    print(f"Wrote {target}: {len(data):,} bytes.")


if __name__ == "__main__":
    main(*sys.argv[1:3])
