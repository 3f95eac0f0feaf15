"""Boxes of what an SVG draws, where the picture goes from 0 to 1 across and down."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from ....render.page.logo_path_data import Matrix

__all__ = ["EVERYWHERE", "PICTURE", "Box", "area_within", "mapped", "united"]

Box: TypeAlias = tuple[float, float, float, float]
"""Left, top, right and bottom."""

PICTURE: Final[Box] = (0.0, 0.0, 1.0, 1.0)
EVERYWHERE: Final[Box] = (-2.0, -2.0, 3.0, 3.0)
"""A layer reaches no farther than two pictures beyond the picture."""


def mapped(matrix: Matrix | None, box: Box | None) -> Box:
    """Return the box around a transformed box; `EVERYWHERE` if the matrix or the box is not known."""
    if matrix is None or box is None:
        return EVERYWHERE
    a, b, c, d, e, f = matrix
    left, top, right, bottom = box
    across = [a * x + c * y + e for x in (left, right) for y in (top, bottom)]
    down = [b * x + d * y + f for x in (left, right) for y in (top, bottom)]
    return min(across), min(down), max(across), max(down)


def united(boxes: list[Box | None]) -> Box | None:
    """Return the box around all boxes; None if there are none."""
    known = [box for box in boxes if box is not None]
    if not known:
        return None
    left, top, right, bottom = zip(*known, strict=True)
    return min(left), min(top), max(right), max(bottom)


def area_within(box: Box, bounds: Box) -> float:
    """Measure the area of a box, with its width and height capped at those of the bounds, wherever it lies."""
    width, height = abs(box[2] - box[0]), abs(box[3] - box[1])
    return min(width, bounds[2] - bounds[0]) * min(height, bounds[3] - bounds[1])
