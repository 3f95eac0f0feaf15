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

__all__ = ["EYES", "ROUND_BORDERS", "draw_border", "draw_center", "matching_styles", "turn"]


EYES: Final[dict[EyeShape, tuple[str, str]]] = {
    "square": ("square", "square"),
    "rounded_square": ("rounded_square", "rounded_square"),
    "circle": ("circle", "circle"),
    "dot": ("beads", "full_circle"),
    "leaf": ("leaf", "leaf"),
    "bars_horizontal": ("bars_horizontal", "bars_horizontal"),
    "bars_vertical": ("bars_vertical", "bars_vertical"),
    "star": ("star", "fine_star"),
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

_ROUND_HOLES: Final = ("circle", "diamond")
_SHARP_HOLES: Final = (
    "square",
    "quarter_round",
    "cut_corner",
    "thick_border",
    "double_border",
    "cross",
    "leaf",
    "arrow",
)

_SLIM: Final = {"square": "soft_square", "diamond": "fine_diamond"}
_ROUND: Final = {**_SLIM, "cross": "fine_cross"}
"""Centres in a round hole: slimmer, because the diagonals of the hole are as short as its middle lines."""

_FULL: Final = {name: f"full_{name}" for name in ("circle", "dot", "star", "diamond", "cross", "plus", "heart")}
"""Centres in a hole with corners: fuller, because jsQR looks for runs of 1, 1, 3, 1 and 1 along the diagonals, too, and
takes a chance likeness among the data for an eye that has them less."""

_MATCHING: Final = {
    **dict.fromkeys(_ROUND_HOLES, _ROUND),
    **dict.fromkeys(_SHARP_HOLES, _FULL),
    "hexagon": _SLIM,
    "star": {**_SLIM, "star": "fine_star"},
}

ROUND_BORDERS: Final = frozenset({"circle", "rounded_square", "star", "flower"})
"""Borders without a corner, to which alignment patterns are suited."""

_DIRECTED: Final = ("quarter_round", "leaf", "arrow")
"""Styles whose corners differ; they are drawn for the top left eye."""


def matching_styles(border_style: str, center_style: str) -> tuple[str, str]:
    """Return the styles of the border and the centre as they are drawn together."""
    return border_style, _MATCHING.get(border_style, {}).get(center_style, center_style)


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
