"""The common part of the page formats, PDF and PostScript: page size, numbers and outlines.

PostScript lets a program define operators with PDF's names (``m``, ``l``, ``c``, ``h``, ``re``, ``rg``, ``f``), so both
print the same text. A module has `UNIT` units, so that coordinates are whole numbers; y grows downwards.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from ...artwork.model import Tiles
from ..gradient.geometry import axis, center, end_radius
from ..runs import runs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ...artwork import Artwork
    from ...artwork.color import Color
    from ...artwork.model import Gradient, Path, Stop

__all__ = [
    "UNIT",
    "page_sides",
    "print_channels",
    "print_fill",
    "print_modules",
    "print_number",
    "print_shading",
    "print_shape",
    "unit_points",
]

UNIT: Final = 1000
"""Units of the page's coordinates to a module, which is the precision of every outline."""

# ISO 32000-1, 8.5.2.
_OPERATORS: Final = {"M": "m", "L": "l", "C": "c", "Z": "h"}
_APART: Final = 1e-5


def page_sides(artwork: Artwork) -> tuple[float, float]:
    """Return the page's width and height in points, 72 to the inch; the longer side is `size` pixels at `dpi`."""
    longer, modules = artwork.size * 72 / artwork.dpi, artwork.modules
    return longer * artwork.width / modules, longer * artwork.height / modules


def unit_points(artwork: Artwork) -> float:
    """Return the length of one unit of the page's coordinates, in points."""
    return artwork.size * 72 / artwork.dpi / (artwork.modules * UNIT)


def print_number(value: float) -> str:
    """Print a real number with up to six decimals; PDF has no exponents (ISO 32000-1, 7.3.3)."""
    return f"{value:.6f}".rstrip("0").rstrip(".") or "0"


def print_fill(color: Color) -> str:
    """Print the operator that sets the fill colour, without its alpha."""
    return f"{print_channels(color)} rg"


def print_channels(color: Color) -> str:
    """Print red, green and blue, 0 to 1."""
    return " ".join([f"{channel / 255:.4g}" for channel in (color.red, color.green, color.blue)])


def print_modules(artwork: Artwork) -> str:
    """Print the dark modules of a plain code as one path."""
    return "\n".join([f"{x * UNIT} {y * UNIT} {width * UNIT} {UNIT} re" for x, y, width in runs(artwork)])


def print_shape(shape: Path | Tiles) -> str:
    """Print the path of a layer."""
    return "\n".join(_print_tiles(shape) if isinstance(shape, Tiles) else _print_path(shape))


def _print_path(path: Path) -> Iterator[str]:
    for letter, *coordinates in path:
        yield " ".join((*[str(round(value * UNIT)) for value in coordinates], _OPERATORS[letter]))


def _print_tiles(tiles: Tiles) -> Iterator[str]:
    """Print the shapes one after the other; x is formatted once for each column, and y once for each row."""
    columns: dict[tuple[int, int], str] = {}
    lines: dict[tuple[int, int], tuple[int, ...]] = {}
    for column, row, index in tiles.positions:
        shape = tiles.shapes[index]
        template = columns.get((index, column))
        if template is None:
            template = columns[index, column] = _print_template(shape, column)
        heights = lines.get((index, row))
        if heights is None:
            heights = lines[index, row] = tuple(round((y + row) * UNIT) for _, *points in shape for y in points[1::2])
        yield template % heights


def _print_template(shape: Path, column: int) -> str:
    """Print the outline with its x coordinates, and a placeholder for each y."""
    commands = []
    for letter, *points in shape:
        coordinates = [f"{round((x + column) * UNIT)} %d " for x in points[::2]]
        commands.append("".join(coordinates) + _OPERATORS[letter])
    return " ".join(commands)


def print_shading(gradient: Gradient, space: str, value: Callable[[Color], str]) -> str:
    """Print a linear or radial gradient as entries of a shading dictionary (ISO 32000-1, 8.7.4.5), in `UNIT`.

    `space` is the name of the colour space, without its slash, and `value` prints a stop's colour in it. The entries
    are the same in PDF and in PostScript.
    """
    x, y = center(gradient)
    kind, points = (2, axis(gradient)) if gradient.kind == "linear" else (3, (x, y, 0.0, x, y, end_radius(gradient)))
    coordinates = " ".join([print_number(point * UNIT) for point in points])
    function = _print_function(gradient.stops, value)
    return f"/ShadingType {kind}/ColorSpace/{space}/Coords[{coordinates}]/Extend[true true]/Function {function}"


def _print_function(stops: tuple[Stop, ...], value: Callable[[Color], str]) -> str:
    """Print the function from 0 to 1 to the colours: linear between two stops, and stitched (7.10.3, 7.10.4)."""
    # A function needs a length, so stops at the same offset are moved a little apart, and the ends to 0 and 1.
    offsets = [0.0]
    ends = [stops[0], *stops, stops[-1]]
    for stop in ends[1:-1]:
        offsets.append(max(stop.offset, offsets[-1] + _APART))
    offsets.append(max(1.0, offsets[-1] + _APART))
    lines = [
        f"<</FunctionType 2/Domain[0 1]/N 1/C0[{value(first.color)}]/C1[{value(last.color)}]>>"
        for first, last in pairwise(ends)
    ]
    inner = " ".join([print_number(offset) for offset in offsets[1:-1]])
    return (
        f"<</FunctionType 3/Domain[0 {print_number(offsets[-1])}]/Functions[{' '.join(lines)}]"
        f"/Bounds[{inner}]/Encode[{' '.join(['0 1'] * len(lines))}]>>"
    )
