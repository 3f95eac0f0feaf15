"""The page and its pictures."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any, Final, get_args

from PIL import Image, ImageDraw, ImageFont

from qr_engine.artwork.words import DataPattern, EyeBorderStyle, EyeCenterStyle, EyeShape

from .families import COLUMNS, Families, read_styles
from .scores import FORMATS, SIZE, picture, scores_of_all

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

__all__ = ["BORDERS", "CENTERS", "EYES", "FOLDER", "PATTERNS", "write_page"]

PATTERNS: Final[tuple[str, ...]] = get_args(DataPattern)
EYES: Final[tuple[str, ...]] = get_args(EyeShape)
BORDERS: Final[tuple[str, ...]] = get_args(EyeBorderStyle)
CENTERS: Final[tuple[str, ...]] = get_args(EyeCenterStyle)
FOLDER: Final = "styles"
"""Of the pictures, beside the page."""

_SIDE, _LABEL, _COLUMNS = 150, 20, 8

_INTRODUCTION = f"""# Styles

*What do the patterns and eyes look like, and which decoders read them?*

`make styles` writes this page. It shows every `data_pattern` with every `eye_shape`, then every `eye_border_style`
with every `eye_center_style`: dark on light,  {SIZE} pixels.

`phones` says how many decoders for phones and browsers read the PNG, out of these:
{{phones}}.
`by outline` counts {{outline}}.
These locate an eye by the four corners of its outline; the next column counts the same decoders with `readers: all`.
[readers.md](readers.md) has more symbols, and photos.

The columns with names of formats have two scores, 0 to 100, from two decoders that share no code: zxing-cpp, which the
service uses for its read-back, and ZBar. 0 means that the decoder did not read the picture as it is, or reduced to
three pixels a module. Otherwise the score is the share of hard camera conditions in which the decoder reads it, as in
[the read-back](api.md#the-read-back). These programs draw the pictures: resvg `svg`,
PDFium `pdf` and Ghostscript `eps`, all at {SIZE}
pixels, so a module is not a whole number of pixels.
"""


def write_page(docs: Path, tell: Callable[[str], object], *, jobs: int | None = None) -> str:
    """Draw the pictures below `docs`, and give the text of the page.

    Parameters
    ----------
    jobs
        How many pictures are read at a time; as many as there are processors where it is not said.
    """
    (docs / FOLDER).mkdir(parents=True, exist_ok=True)
    sheets = {pattern: [(eye, {"data_pattern": pattern, "eye_shape": eye}) for eye in EYES] for pattern in PATTERNS}
    styles = [style for sheet in sheets.values() for _, style in sheet]
    families = read_styles([*styles, *(_apart(*pair) for pair in product(BORDERS, CENTERS))], tell, jobs=jobs)
    parts = [_INTRODUCTION.format(phones=families.describe("phones"), outline=families.describe("outline"))]
    for pattern, sheet in sheets.items():
        tell(pattern)
        parts.append("\n".join(_section(docs, pattern, sheet, families, jobs)))
    tell("eyes apart")
    parts.append("\n".join(_section_apart(docs, families, jobs)))
    return "\n".join(parts)


def _apart(border: str, center: str) -> dict[str, Any]:
    return {"eye_border_style": border, "eye_center_style": center}


def _section(
    docs: Path, pattern: str, sheet: list[tuple[str, dict[str, Any]]], families: Families, jobs: int | None
) -> Iterator[str]:
    yield f"## {pattern}\n"
    yield _show(docs, pattern, sheet)
    yield _row("eye_shape", [*COLUMNS, *FORMATS])
    yield _row("---", ["---:"] * len(COLUMNS + FORMATS))
    cells = _cells([(form, style) for _, style in sheet for form in FORMATS], jobs)
    for eye, style in sheet:
        yield _row(f"`{eye}`", [*families.cells([style]), *(next(cells) for _ in FORMATS)])
    yield ""


def _section_apart(docs: Path, families: Families, jobs: int | None) -> Iterator[str]:
    yield "## Borders and centres apart\n"
    sheet = [(border, {"eye_border_style": border}) for border in BORDERS]
    sheet += [(f"centre: {center}", {"eye_center_style": center}) for center in CENTERS]
    yield _show(docs, "borders_and_centers", sheet)
    yield "Square modules: the decoders of each border over all centres, then its scores as `png` with each centre.\n"
    yield _row("eye_border_style", [*COLUMNS, *(f"`{center}`" for center in CENTERS)])
    yield _row("---", ["---:"] * (len(COLUMNS) + len(CENTERS)))
    cells = _cells([("png", _apart(border, center)) for border, center in product(BORDERS, CENTERS)], jobs)
    for border in BORDERS:
        styles = [_apart(border, center) for center in CENTERS]
        yield _row(f"`{border}`", [*families.cells(styles), *(next(cells) for _ in CENTERS)])
    yield ""


def _row(first: str, cells: list[str] | tuple[str, ...]) -> str:
    return f"| {first} | {' | '.join(cells)} |"


def _cells(pictures: list[tuple[str, dict[str, Any]]], jobs: int | None) -> Iterator[str]:
    """Yield the cell of each format and style."""
    for ours, other in scores_of_all(pictures, jobs=jobs):
        yield f"{ours} · {other}"


def _show(docs: Path, name: str, sheet: list[tuple[str, dict[str, Any]]]) -> str:
    """Draw all codes of a sheet into one picture, and give what shows it."""
    rows = -(-len(sheet) // _COLUMNS)
    image = Image.new("L", (_COLUMNS * _SIDE, rows * (_SIDE + _LABEL)), "white")
    pen, font = ImageDraw.Draw(image), ImageFont.load_default(size=13)
    for number, (label, style) in enumerate(sheet):
        left, top = number % _COLUMNS * _SIDE, number // _COLUMNS * (_SIDE + _LABEL)
        code = picture("png", **style)[0].convert("L").resize((_SIDE, _SIDE), Image.Resampling.LANCZOS)
        image.paste(code, (left, top))
        pen.text((left + _SIDE / 2, top + _SIDE + 6), label, fill=80, font=font, anchor="mm")
    path = f"{FOLDER}/{name}.webp"
    image.save(docs / path, "WEBP", lossless=True, quality=100, method=6)
    return f"![{name}: {', '.join(label for label, _ in sheet)}]({path})\n"
