"""Limit the numbers of an SVG, and how much they grow as transformations are multiplied.

Without a limit, a renderer takes unbounded time and memory for lines of 10³⁸ units.
"""

from __future__ import annotations

import re
from math import cos, isfinite, radians, sin
from typing import TYPE_CHECKING, Final

from ..model import refuse

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

__all__ = ["MOST_GROWTH", "NUMBER", "check_numbers", "growth", "longest_side"]

# The farthest coordinate, in longer sides of the picture; nothing beyond it is ever seen.
_FARTHEST: Final = 5000
MOST_GROWTH: Final = 1000.0
"""The largest factor by which all transformations and boxes around an element together may enlarge it."""

# The largest percentage, in pictures and in units.
_MOST_PARTS: Final = 1000
_MOST_UNITS: Final = 1_000_000

# The largest number that is not a coordinate, such as a limit for mitres.
_LARGEST: Final = 100_000

_GEOMETRY: Final = frozenset(
    (
        *("x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "fx", "fy", "fr", "width", "height"),
        *("d", "points", "stroke-width", "viewBox"),
    )
)
_NOT_NUMBERS: Final = frozenset(("id", "href", "in", "in2", "result", "style"))
NUMBER: Final = r"[-+]?(?:\d++(?>(?:\.\d*+)?)|\.\d++)(?>(?:e[-+]?\d++)?)"
"""The pattern of a number, in any case of letters."""

_NUMBER: Final = re.compile(NUMBER, re.IGNORECASE)
# The digits in colours and references are not numbers.
_NAMES: Final = re.compile(r"#[\w-]++|url\([^()]*+\)", re.IGNORECASE)
_FUNCTION: Final = re.compile(r"(matrix|scale|skewX|skewY)\s*+\(([^()]*+)\)", re.IGNORECASE)
# The least cosine to divide by: a skew near a right angle would enlarge without limit.
_FLAT: Final = 1e-4
_TINY: Final = 1e-9


def check_numbers(root: Element, longer: float) -> None:
    """Refuse numbers that are out of all proportion to the picture; styles must already be attributes.

    Parameters
    ----------
    longer
        The longer side of the picture, in the units of its ``viewBox``.
    """
    parts = min(_MOST_PARTS, _MOST_UNITS / max(longer, longest_side(root)))
    for element in root.iter():
        for name, value in element.attrib.items():
            if name in _GEOMETRY:
                _check(value, 100 * parts if value.strip().endswith("%") else _FARTHEST * longer)
            elif name not in _NOT_NUMBERS:
                _check(_NAMES.sub("", value), max(_LARGEST, _FARTHEST * longer))


def longest_side(root: Element) -> float:
    """Return the largest ``width`` or ``height`` in a document with a ``viewBox``, in any element's units."""
    given = [element.get(side, "") for element in root.iter() for side in ("width", "height")]
    numbers = [float(number) for text in given for number in _NUMBER.findall(text)]
    return max(numbers + [float(number) for number in _NUMBER.findall(root.get("viewBox", ""))[2:]])


def growth(element: Element, longest: float) -> float:
    """Return an upper bound of the factor by which an element enlarges its content.

    Parameters
    ----------
    longest
        The result of `longest_side` for the document.
    """
    factor = 1.0
    for name, arguments in _FUNCTION.findall(f"{element.get('transform', '')} {element.get('patternTransform', '')}"):
        factor *= max(1.0, _factor(name.lower(), [float(number) for number in _NUMBER.findall(arguments)]))
    box = _NUMBER.findall(element.get("viewBox", ""))
    if element.tag in ("pattern", "svg", "symbol") and len(box) == 4:
        factor *= max(1.0, longest / max(_TINY, min(float(box[2]), float(box[3]))))
    return factor


def _factor(name: str, numbers: list[float]) -> float:
    if name == "matrix":
        return max((abs(number) for number in numbers[:4]), default=1.0) * 2
    if name == "scale":
        return max(map(abs, numbers), default=1.0)
    angle = radians(numbers[0] if numbers else 0.0)
    return 1 + abs(sin(angle)) / max(_FLAT, abs(cos(angle)))


def _check(text: str, most: float) -> None:
    for found in _NUMBER.findall(text):
        number = float(found)
        if not isfinite(number) or abs(number) > most:
            refuse(f"The SVG has a number, {found[:20]}, that is too large for its size.", limit={"max": most})
