"""Eyes that all scanners read, and which of the usual ones are that already.

quirc, BoofCV and OpenCV, which kiosks, robots and microcontrollers use, take the four outer corners of an eye's border
for its place and its size. A corner that is rounded or cut moves both, by the more modules the larger a symbol is: in
version 10 quirc bears a radius of 0.5. So a robust border has the corners of a square, and its look within them; a
round one stands within a square line.

jsQR ranks what may be an eye by how nearly both its diagonals run 1, 1, 3, 1 and 1, which data do by chance. So holes
and centres have nearly the diagonals of a square, or in a round hole those of a circle: the squares of what the runs of
the four middle lines are off by, in modules, come to 0.75 at most. Data of some patterns were seen to come to 0.55.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from math import cos, pi, sin
from typing import Final

from .eye_borders import BORDER_DRAWINGS, blossom, cut_square
from .eye_centers import draw_cross, draw_heart, draw_plus
from .eyes import EYES, draw_border, draw_center, matching_styles, turn
from .model import Path
from .paths import Point, circle, polygon, rectangle, reverse, smooth, star
from .words import EyeShape

__all__ = [
    "LOST_BORDERS",
    "ROBUST_BORDERS",
    "ROBUST_CENTERS",
    "SQUARER_CENTERS",
    "SQUARE_BORDERS",
    "border_of",
    "changes_when_robust",
    "draw_robust_border",
    "draw_robust_center",
    "robust_styles",
]

_SOFT: Final = 0.3
"""Radius of an outer corner, alike in all four: where only some are rounded, quirc bears less. OpenCV likes it better
than a sharp one around a thin line."""


_HEXAGON: Final = [
    (1.35, 1), (5.65, 1), (6, 1.9), (6, 5.1), (5.65, 6), (1.35, 6), (1, 5.1), (1, 1.9),
]  # fmt: skip
"""A hole as a lying hexagon, so blunt that its diagonals are nearly those of a square."""

_HEXAGON_CENTER: Final = [
    (2.25, 2), (4.75, 2), (5.03, 2.75), (5.03, 4.25), (4.75, 5), (2.25, 5), (1.97, 4.25), (1.97, 2.75),
]  # fmt: skip

_LINE: Final = rectangle(0, 0, 7, 7, _SOFT) + reverse(rectangle(0.4, 0.4, 6.6, 6.6))
"""A square line; of a thinner one, of 0.25 modules, OpenCV misses half."""


def _circle() -> Path:
    return _LINE + circle(3.5, 3.5, 3.5) + reverse(circle(3.5, 3.5, 2.5))


def _diamond() -> Path:
    return _LINE + polygon(cut_square(0, 2)) + reverse(circle(3.5, 3.5, 2.5))


def _notched(near: float, notch: float) -> list[Point]:
    """Return the corners of a square from `near` to 7 less `near`, with a notch in each."""
    corner = [(near, near + notch), (near + notch, near + notch), (near + notch, near)]
    corners = [corner]
    for _ in range(3):
        corners.append([(7 - y, x) for x, y in corners[-1]])
    return [point for points in corners for point in points]


def _around(hole: Path) -> Path:
    """Draw a square around a hole."""
    return rectangle(0, 0, 7, 7, _SOFT) + reverse(hole)


def _double() -> Path:
    """Draw the usual border with another outer edge."""
    usual = BORDER_DRAWINGS["double_border"]()
    return rectangle(0, 0, 7, 7, _SOFT) + usual[usual.index(("Z",)) + 1 :]


def _beads() -> Path:
    """Draw the usual border, its corners filled."""
    corners = [rectangle(x, y, x + 1, y + 1, _SOFT) for x in (0, 6) for y in (0, 6)]
    return BORDER_DRAWINGS["beads"]() + tuple([command for corner in corners for command in corner])


def _bars() -> Path:
    """Draw three bars on a spine so wide that the gaps are notches."""
    bars = [rectangle(2, y, 5, y + 0.9, 0.2) for y in (2, 3.05, 4.1)]
    return tuple([command for bar in [*bars, rectangle(2.3, 2.5, 4.7, 4.5)] for command in bar])


def _full_circle() -> Path:
    return rectangle(1.97, 1.97, 5.03, 5.03, 0.72)


def _fine_star() -> Path:
    """Draw a star of eight points for a round hole."""
    return star(3.5, 3.5, 1.65, 1.35, 8, radius=0.05)


def _full_star() -> Path:
    """Draw a star of eight points, four of which are nearly the corners of a square."""
    corners = [
        (3.5 + reach * sin(pi * k / 8), 3.5 - reach * cos(pi * k / 8))
        for k, reach in enumerate((1.6, 1.43, 1.86, 1.43) * 4)
    ]
    return polygon(corners, 0.05)


def _octagon(cut: float, near: float = 1.95) -> Path:
    """Draw a diamond without its points."""
    return polygon(cut_square(near, cut), 0.1)


def _plus(notch: float) -> Path:
    """Draw a square with a notch in each corner."""
    return polygon(_notched(2, notch))


def _heart() -> Path:
    """Draw a heart as broad below as a square, but for its tip."""
    half = [(0.0, -1.2), (0.5, -1.55), (1.18, -1.52), (1.56, -0.95), (1.51, 0.3), (1.25, 1.2), (0.6, 1.5)]
    around = [*half, (0.0, 1.64), *[(-x, y) for x, y in reversed(half[1:])]]
    return smooth([(3.5 + x, 3.5 + y) for x, y in around])


ROBUST_BORDERS: Final[dict[str, Callable[[], Path] | None]] = {
    "square": None,
    "rounded_square": lambda: _around(rectangle(1, 1, 6, 6, 0.7)),
    "circle": _circle,
    "quarter_round": lambda: _around(rectangle(1, 1, 6, 6, (0.9, 0, 0, 0))),
    "cut_corner": lambda: _around(polygon(cut_square(1, 0.4))),
    "thick_border": lambda: _around(rectangle(1.08, 1.08, 5.92, 5.92)),
    "double_border": _double,
    "diamond": _diamond,
    "hexagon": lambda: _around(polygon(_HEXAGON)),
    "cross": lambda: _around(polygon(_notched(1, 0.2))),
    "star": _circle,
    "leaf": lambda: _around(rectangle(1, 1, 6, 6, (0, 0.8, 0, 0.8))),
    "arrow": lambda: _around(polygon([(1, 1), (6, 1), (6, 5.45), (5.45, 6), (1, 6)])),
    "beads": _beads,
    "bars_horizontal": None,
    "bars_vertical": None,
    "shield": lambda: _around(rectangle(1, 1, 6, 6, (0, 0, 0.6, 0.6))),
    "crystal": lambda: _around(polygon([(7 - y, x) for x, y in _HEXAGON])),
    "flower": _circle,
}
"""The form of each border that all scanners read; None where it is that as it is."""

SQUARE_BORDERS: Final = frozenset({"square", "thick_border", "double_border", "bars_horizontal", "bars_vertical"})
"""Borders with the outer corners of a square, which those scanners read as they are."""

_ROUND_HOLES: Final = frozenset({"circle", "diamond", "star", "flower"})
"""Borders whose robust form has a round hole."""

LOST_BORDERS: Final = frozenset({"star", "flower"})
"""Borders whose robust form is a plain one."""

ROBUST_CENTERS: Final[dict[str, Callable[[], Path]]] = {
    "bars_horizontal": _bars,
    "full_rounded_square": lambda: rectangle(2, 2, 5, 5, 0.65),
    "fine_square": lambda: rectangle(2, 2, 5, 5, 1),
    "full_circle": _full_circle,
    "bead": _full_circle,
    "full_dot": lambda: rectangle(2.01, 2.01, 4.99, 4.99, 0.65),
    "fine_diamond": lambda: _octagon(1.1),
    "full_diamond": lambda: _octagon(0.4, 2),
    "fine_star": _fine_star,
    "seal_star": _fine_star,
    "full_star": _full_star,
    "fine_cross": lambda: draw_cross(1.95, 1.2, 1),
    "hexagon": lambda: polygon(_HEXAGON_CENTER, 0.1),
    "crystal": lambda: polygon([(7 - y, x) for x, y in _HEXAGON_CENTER], 0.1),
    "full_plus": lambda: _plus(0.2),
    "full_heart": _heart,
    "leaf": lambda: rectangle(2, 2, 5, 5, (0, 0.7, 0, 0.7)),
    "shield": lambda: rectangle(2, 2, 5, 5, (0, 0, 0.6, 0.6)),
    "arrow": lambda: polygon([(2, 2), (5, 2), (5, 4.55), (4.55, 5), (2, 5)]),
    "flower": lambda: blossom(6, 0.81, 0.72),
    "fine_plus": lambda: draw_plus(1.95, 0.45),
    "fine_heart": lambda: draw_heart(1.5),
}
"""Centres that OpenCV or jsQR often misses as they are: wider than three modules, with wide gaps or short diagonals."""

SQUARER_CENTERS: Final = frozenset(
    {"bead", "full_circle", "full_dot", "full_diamond", "full_plus", "full_heart", "full_star"}
)
"""Those that look otherwise at a glance, in a hole with corners."""


def border_of(shape: EyeShape | None, border_style: str) -> str:
    """Return the border of a whole eye, or of one whose border is chosen alone."""
    return border_style if shape is None else EYES[shape][0]


def robust_styles(shape: EyeShape | None, border_style: str, center_style: str) -> tuple[str, str]:
    """Return the styles of border and centre, for `draw_robust_border` and `draw_robust_center`."""
    border, center = EYES[shape] if shape else (border_style, center_style)
    if border not in _ROUND_HOLES:
        # Along the diagonals the ring is as wide as that of a square, and the same centres fit into it.
        center = matching_styles("square", center)[1]
    elif not shape:
        center = matching_styles(border, center)[1]
    return border, center


def changes_when_robust(shape: EyeShape | None, border_style: str, center_style: str) -> bool:
    """Tell whether an eye looks otherwise where all scanners are to read it."""
    border, center = robust_styles(shape, border_style, center_style)
    return ROBUST_BORDERS[border] is not None or center in ROBUST_CENTERS


@lru_cache(maxsize=256)
def draw_robust_border(style: str, quarters: int) -> Path:
    """Draw a border as `eyes.draw_border` does, in the form that all scanners read."""
    drawing = ROBUST_BORDERS[style]
    return draw_border(style, quarters) if drawing is None else turn(drawing(), style, quarters)


@lru_cache(maxsize=256)
def draw_robust_center(style: str, quarters: int) -> Path:
    """Draw a centre as `eyes.draw_center` does, in the form that all scanners read."""
    drawing = ROBUST_CENTERS.get(style)
    return draw_center(style, quarters) if drawing is None else turn(drawing(), style, quarters)
