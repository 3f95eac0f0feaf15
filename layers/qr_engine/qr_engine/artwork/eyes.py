"""Finder patterns: a border and a centre, each one outline in a square of seven by seven modules.

Readers find a finder pattern by its runs of 1, 1, 3, 1 and 1 modules through the middle, across and down (ISO/IEC
18004:2015, 6.3.3), so whatever a shape does at its corners, it keeps those along its middle lines.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from .eye_borders import BORDER_DRAWINGS
from .eye_centers import CENTER_DRAWINGS
from .model import Path
from .paths import rotate_quarters
from .words import EyeShape

__all__ = ["EYES", "ROUND_BORDERS", "coarse_styles", "draw_border", "draw_center", "matching_styles", "turn"]


EYES: Final[dict[EyeShape, tuple[str, str]]] = {
    "square": ("square", "square"),
    "rounded_square": ("rounded_square", "rounded_square"),
    "circle": ("circle", "fine_circle"),
    "dot": ("beads", "bead"),
    "leaf": ("leaf", "leaf"),
    "bars_horizontal": ("bars_horizontal", "bars_horizontal"),
    "bars_vertical": ("bars_vertical", "bars_vertical"),
    "star": ("star", "seal_star"),
    "diamond": ("diamond", "fine_diamond"),
    "cross": ("cross", "plus"),
    "hexagon": ("hexagon", "hexagon"),
    "heart": ("rounded_square", "heart"),
    "shield": ("shield", "shield"),
    "crystal": ("crystal", "crystal"),
    "flower": ("flower", "flower"),
    "arrow": ("arrow", "arrow"),
}
"""The border and the centre of a whole eye; some of them are drawn for it alone."""

_CENTERS: Final = ("rounded_square", "circle", "dot", "star", "diamond", "cross", "plus", "heart")

_FULL: Final = {name: f"full_{name}" for name in _CENTERS}
"""Centres in a square hole."""

_FINE: Final = {name: f"fine_{name}" for name in ("square", *_CENTERS)}
"""Centres in a round hole, whose diagonals are as short as its middle lines."""

_SOFT: Final = {"square": "soft_square"}
"""The centre that differs in a hole or a ring with slightly short diagonals."""

_MATCHING: Final = {
    **dict.fromkeys(("square", "thick_border", "double_border", "leaf", "arrow"), _FULL),
    **dict.fromkeys(("circle", "diamond"), _FINE),
    "star": {**_FINE, "star": "seal_star"},
    **dict.fromkeys(("rounded_square", "cut_corner", "hexagon"), _SOFT),
    "cross": {"star": "full_star"},
    "quarter_round": {**_SOFT, "star": "full_star"},
}
"""For each border, the centres that are drawn otherwise in it.

jsQR looks for runs of 1, 1, 3, 1 and 1 along the diagonals, too, and takes a chance likeness among the data for an eye
whose runs are farther from that. So the diagonals of a centre suit those of the ring around it. The parameters of all
drawings keep the eyes nearer to these runs than data usually are, for modules of three pixels and more.
"""

_COARSE_PIXELS: Final = 4
_COARSE: Final = {
    "thick_border": "square",
    "diamond": "circle",
    "full_star": "long_star",
    **dict.fromkeys(("full_circle", "full_dot", "full_diamond"), "hard_square"),
}
"""What is drawn instead where modules have fewer pixels than that: the corners of these shapes are one pixel there, for
which jsQR takes a chance likeness among the data in one large symbol of three."""

ROUND_BORDERS: Final = frozenset({"circle", "rounded_square", "star", "flower"})
"""Borders without a corner, to which alignment patterns are suited."""

_DIRECTED: Final = ("quarter_round", "leaf", "arrow")
"""Styles whose corners differ; they are drawn for the top left eye."""


def matching_styles(border_style: str, center_style: str) -> tuple[str, str]:
    """Return the styles of the border and the centre as they are drawn together."""
    return border_style, _MATCHING.get(border_style, {}).get(center_style, center_style)


def coarse_styles(border: str, center: str, module_pixels: int) -> tuple[str, str]:
    """Return the styles of the border and the centre as they are drawn with so few pixels."""
    if module_pixels >= _COARSE_PIXELS:
        return border, center
    return _COARSE.get(border, border), _COARSE.get(center, center)


@lru_cache(maxsize=256)
def draw_border(style: str, quarters: int) -> Path:
    """Draw the border of an eye that lies `quarters` clockwise from the top left corner of the symbol."""
    return turn(BORDER_DRAWINGS[style](), style, quarters)


@lru_cache(maxsize=256)
def draw_center(style: str, quarters: int) -> Path:
    """Draw the centre of an eye that lies `quarters` clockwise from the top left corner of the symbol."""
    return turn(CENTER_DRAWINGS[style](), style, quarters)


def turn(path: Path, style: str, quarters: int) -> Path:
    """Turn the drawing of a style whose corners differ, by `quarters` clockwise."""
    return rotate_quarters(path, quarters if style in _DIRECTED else 0, 7)
