"""Patterns and eyes as small pictures, one SVG ``symbol`` for each word, drawn by the code that draws QR codes.

So the page shows what a code will look like, and no picture can be missing or out of date.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from ..artwork.eyes import EYES, draw_border, draw_center, matching_styles
from ..artwork.grid import GUARD, Grid
from ..artwork.model import Tiles
from ..artwork.patterns import PATTERNS
from ..artwork.words import DataPattern, EyeBorderStyle, EyeCenterStyle, EyeShape
from ..render.svg.tiles import print_shape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..artwork.patterns import Pattern

__all__ = ["draw_shapes"]

_SAMPLE = ("110101", "111001", "010110", "100111", "101101", "110011")
"""Modules of the sample picture: single ones, rows, columns, corners and a block."""

_SEED = b"picture"
_EYE = "0 0 7 7"
_CENTER = "1.4 1.4 4.2 4.2"


def draw_shapes() -> str:
    """Draw all of them, named ``data_pattern-dots`` and so on, in the colour of the text around them."""
    symbols = "\n".join(
        f'<symbol id="{name}" viewBox="{box}"><path d="{path}"/></symbol>' for name, box, path in _shapes()
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}\n</svg>\n'


def _shapes() -> Iterator[tuple[str, str, str]]:
    size = len(_SAMPLE)
    for pattern in get_args(DataPattern):
        yield f"data_pattern-{pattern}", f"-.25 -.25 {size}.5 {size}.5", _draw_pattern(PATTERNS[pattern])
    for eye in get_args(EyeShape):
        yield f"eye_shape-{eye}", _EYE, _draw_eye(*EYES[eye])
    for border in get_args(EyeBorderStyle):
        yield f"eye_border_style-{border}", _EYE, print_shape(draw_border(border, 0))
    for center in get_args(EyeCenterStyle):
        yield f"eye_center_style-{center}", _CENTER, print_shape(draw_center(matching_styles("square", center)[1], 0))


def _draw_pattern(pattern: Pattern) -> str:
    size = len(_SAMPLE)
    cells = bytes(int(cell) for row in _SAMPLE for cell in row + "0" * GUARD)
    grid = Grid(size, cells, _SEED)
    shapes, indices = pattern(grid)
    positions = tuple(
        (x, y, indices[y * grid.stride + x]) for y in range(size) for x in range(size) if cells[y * grid.stride + x]
    )
    return print_shape(Tiles(shapes, positions))


def _draw_eye(border: str, center: str) -> str:
    return print_shape(draw_border(border, 0)) + print_shape(draw_center(center, 0))
