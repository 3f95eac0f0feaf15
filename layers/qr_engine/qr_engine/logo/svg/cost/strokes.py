"""Count the edges that the strokes and dashes of an SVG add, and find where those lie."""

from __future__ import annotations

from math import hypot, sqrt
from typing import TYPE_CHECKING, Final

from ....render.page.logo_path_data import Matrix, parse_number, parse_numbers
from .boxes import EVERYWHERE, Box

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .outlines import Outline

__all__ = ["lengths", "stroked"]

# The number of dashes to assume where it cannot be computed.
_UNCOUNTED: Final = 1_000_000


def lengths(matrix: Matrix | None, outline: Outline) -> float:
    """Measure the total vertical length of the edges, in heights of the picture."""
    if matrix is None or outline.box is None:
        return float("inf")
    return abs(matrix[1]) * outline.across + abs(matrix[3]) * outline.down


def stroked(outline: Outline, matrix: Matrix | None, box: Box, style: Mapping[str, str]) -> tuple[Box, float, int]:
    """Return the box of a stroke, the total vertical length of its edges, and their number."""
    smooth = "round" in (style.get("stroke-linejoin", ""), style.get("stroke-linecap", ""))
    parts = outline.edges + _dashes(outline, style)
    # A part has two sides, and two joins or caps at its ends; round ones take more edges.
    edges = parts * (8 if smooth else 4)
    if matrix is None or outline.box is None:
        return EVERYWHERE, float("inf"), edges
    try:
        width = abs(parse_number(style.get("stroke-width", "1")))
        limit = (
            1.0
            if style.get("stroke-linejoin", "miter") != "miter"
            else parse_number(style.get("stroke-miterlimit", "4"))
        )
    except ValueError:
        return EVERYWHERE, float("inf"), edges
    a, b, c, d, _, _ = matrix
    across, down = hypot(a, c) * width, hypot(b, d) * width
    reach = max(limit, sqrt(2)) / 2
    left, top, right, bottom = box
    grown = left - reach * across, top - reach * down, right + reach * across, bottom + reach * down
    return grown, 2 * lengths(matrix, outline) + 2 * parts * down, edges


def _dashes(outline: Outline, style: Mapping[str, str]) -> int:
    """Count the dashes of a stroke; a renderer draws each as a separate outline."""
    given = style.get("stroke-dasharray", "none").strip()
    if given in ("", "none", "0"):
        return 0
    try:
        period = sum(parse_numbers(given)) / len(parse_numbers(given))
        return min(int((outline.across + outline.down) / period), _UNCOUNTED)
    except (ValueError, ZeroDivisionError, OverflowError):
        return _UNCOUNTED
