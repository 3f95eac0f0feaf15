"""Count the edges that the strokes and dashes of an SVG add, and find where those lie."""

from __future__ import annotations

from math import hypot, sqrt
from typing import TYPE_CHECKING, Final, NamedTuple

from ....render.page.logo_path_data import Matrix, parse_number, parse_numbers
from ...model import refuse
from .boxes import EVERYWHERE, Box

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .outlines import Outline

__all__ = [
    "UNKNOWN_LENGTH",
    "Length",
    "Stroke",
    "bends",
    "check_reach",
    "lengths",
    "stroke_along",
    "stroked",
    "thickness",
]

# The number of dashes to assume where it cannot be computed.
_UNCOUNTED: Final = 1_000_000
# A renderer with 32-bit floats needs up to a second for a stroke along one curve beyond either.
_FARTHEST_UNITS: Final = 1_000_000
_FARTHEST_PICTURES: Final = 1000
# The side of the picture, in pixels, at which the bends of a curve are counted, and the length of a curve in pixels up
# to which the price of its edges includes them.
_SIDE: Final = 256
_SHORT: Final = 1024


class Length(NamedTuple):
    """The total length of edges, in widths and heights of the picture; `slanted` is across, without level ones."""

    across: float
    down: float
    slanted: float


UNKNOWN_LENGTH: Final = Length(float("inf"), float("inf"), float("inf"))


def lengths(matrix: Matrix | None, outline: Outline) -> Length:
    """Measure the edges of an outline; infinite where the length is not known."""
    if matrix is None or outline.box is None:
        return UNKNOWN_LENGTH
    a, b, c, d, _, _ = map(abs, matrix)
    across = a * outline.across + c * outline.down
    return Length(across, b * outline.across + d * outline.down, across if b or c else a * outline.slanted)


class Stroke(NamedTuple):
    """A stroke along an outline, with its transformation.

    Attributes
    ----------
    parts
        The edges of the outline and the dashes.
    width
        In the units of the outline; None where it is not known.
    length
        The length of the outline, whatever the width.
    """

    outline: Outline
    matrix: Matrix | None
    parts: int
    width: float | None
    length: Length


def stroke_along(outline: Outline, matrix: Matrix | None, style: Mapping[str, str]) -> Stroke:
    """Measure the stroke along an outline."""
    width = _width(style)
    return Stroke(outline, matrix, outline.edges + _dashes(outline, style), width, lengths(matrix, outline))


def stroked(stroke: Stroke, box: Box, style: Mapping[str, str]) -> tuple[Box, Length, int]:
    """Return the box of a stroke, the length of its edges, and their number.

    Parameters
    ----------
    box
        That of the outline.
    """
    smooth = "round" in (style.get("stroke-linejoin", ""), style.get("stroke-linecap", ""))
    # A part has two sides, and two joins or caps at its ends; round ones take more edges.
    edges = stroke.parts * (8 if smooth else 4)
    matrix, width = stroke.matrix, stroke.width
    if matrix is None or stroke.outline.box is None or width is None:
        return EVERYWHERE, UNKNOWN_LENGTH, edges
    try:
        blunt = style.get("stroke-linejoin", "miter").strip() in ("round", "bevel")
        limit = 1.0 if blunt else parse_number(style.get("stroke-miterlimit", "4"))
    except ValueError:
        return EVERYWHERE, UNKNOWN_LENGTH, edges
    a, b, c, d, _, _ = matrix
    across, down = hypot(a, c) * width, hypot(b, d) * width
    reach = max(limit, sqrt(2)) / 2
    left, top, right, bottom = box
    grown = left - reach * across, top - reach * down, right + reach * across, bottom + reach * down
    wide, high = stroke.parts * across, stroke.parts * down
    along = stroke.length
    return grown, Length(2 * (along.across + wide), 2 * (along.down + high), 2 * (along.slanted + wide)), edges


def thickness(stroke: Stroke, aspect: float) -> float:
    """Return the width of a stroke in longer sides of the picture; 0 if unknown.

    Parameters
    ----------
    aspect
        Width of the picture divided by its height.
    """
    if stroke.matrix is None or stroke.outline.box is None or stroke.width is None:
        return 0.0
    a, b, c, d, _, _ = stroke.matrix
    wide, high = min(1.0, aspect), 1 / max(1.0, aspect)
    return max(hypot(a * wide, b * high), hypot(c * wide, d * high)) * stroke.width


def bends(stroke: Stroke) -> float:
    """Count the edges of the curves of a stroke beyond those of short curves; they grow with the root of the length."""
    outline = stroke.outline
    if stroke.matrix is None or outline.box is None:
        return 0.0
    # For a given total length, curves of equal length have the most edges.
    length = (stroke.length.across + stroke.length.down) * _SIDE
    return max(0.0, sqrt(outline.curves * length) - outline.curves * sqrt(_SHORT))


def check_reach(stroke: Stroke, unit: float) -> None:
    """Refuse a stroke along a curve that a renderer needs very long for, since it is too large or too wide.

    Parameters
    ----------
    unit
        The most pictures that a unit can measure, for a transformation that is not known.
    """
    if not stroke.outline.curves:
        return
    reach = stroke.outline.reach + (stroke.width or 0.0)
    if stroke.matrix is not None:
        a, b, c, d, e, f = map(abs, stroke.matrix)
        unit = max(a + c, b + d, e / reach if reach else 0.0, f / reach if reach else 0.0)
    if reach > _FARTHEST_UNITS or reach * unit > _FARTHEST_PICTURES:
        refuse(
            f"The SVG has a stroke along a curve that reaches {reach:.4g} units, too far for its size.",
            limit={"max": min(_FARTHEST_UNITS, _FARTHEST_PICTURES / max(unit, 1e-9))},
        )


def _width(style: Mapping[str, str]) -> float | None:
    try:
        return abs(parse_number(style.get("stroke-width", "1")))
    except ValueError:
        return None


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
