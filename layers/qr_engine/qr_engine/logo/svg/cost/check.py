"""Compute what it costs to draw an SVG from its content, before anything is drawn.

`prices.NANOSECONDS` is the price list. To allow more in a logo, add a price there, and add it up in `Walk`.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Final

from ....artwork.cost import DRAWING_SECONDS, Cost
from ....render.page.logo_path_data import parse_numbers
from ...model import refuse
from ..numbers import MOST_GROWTH
from .boxes import PICTURE
from .inherited import styled
from .walk import Walk

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.etree.ElementTree import Element

__all__ = ["check_cost", "costs"]

LEAST_SIDE: Final = 256
"""Pixels of the longer side at which every logo has to be drawn within `DRAWING_SECONDS`, however large it is shown."""


def check_cost(root: Element, pictures: Mapping[Element, int], aspect: float, grown: float) -> tuple[Cost, int]:
    """Compute the cost of drawing a document, and how many layers its filters hold in memory.

    Refuse a document that takes too long even at `LEAST_SIDE`.

    Parameters
    ----------
    pictures
        The number of pixels of each embedded picture.
    aspect
        Width divided by height.
    grown
        How many times transformations enlarge anything, at most.
    """
    width, height = LEAST_SIDE * min(1.0, aspect), LEAST_SIDE / max(1.0, aspect)
    walk = _walked(root, pictures, grown)
    found = walk.costs()
    whole = Cost(*map(sum, zip(Cost(), *found.values(), strict=True)))
    most = round(DRAWING_SECONDS * 1000)
    if whole.seconds(width, height) > DRAWING_SECONDS:
        kind = max(found, key=lambda each: found[each].seconds(width, height))
        refuse(
            f"An SVG logo can take at most {most} ms to draw at {LEAST_SIDE} pixels; this one takes about "
            f"{1000 * whole.seconds(width, height):.0f} ms, mostly for its {kind}.",
            limit={"max": most},
        )
    return whole, ceil(walk.filter_layers)


def costs(root: Element, pictures: Mapping[Element, int]) -> dict[str, Cost]:
    """Compute the cost of drawing a document, by kind; it must have a ``viewBox``, and its styles as attributes.

    Parameters
    ----------
    pictures
        The number of pixels of each embedded picture.
    """
    return _walked(root, pictures, MOST_GROWTH).costs()


def _walked(root: Element, pictures: Mapping[Element, int], grown: float) -> Walk:
    left, top, width, height = parse_numbers(root.get("viewBox", "").replace(",", " "))
    walk = Walk(root, pictures, (width, height), grown)
    matrix = (1 / width, 0.0, 0.0, 1 / height, -left / width, -top / height)
    walk.children(root, matrix, styled(root, {}), PICTURE)
    return walk
