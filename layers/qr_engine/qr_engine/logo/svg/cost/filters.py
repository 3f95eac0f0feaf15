"""Compute what the filters of an SVG cost, for each pixel of their regions."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, Final

from ....artwork.cost import DRAWING_SECONDS
from ....render.page.logo_path_data import parse_number, parse_numbers
from ...model import refuse

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

__all__ = ["MAX_PRIMITIVES", "PRIMITIVES", "held_layers", "price", "region"]

MAX_PRIMITIVES: Final = 32
"""The most primitives of one filter: each keeps a picture of its region until the last has been drawn."""

PRIMITIVES: Final = {
    "feOffset": (45, 45),
    "feGaussianBlur": (400, 320),
    "feFlood": (10, 10),
    "feBlend": (210, 95),
    "feComposite": (190, 80),
    "feMerge": (25, 25),
    "feMergeNode": (90, 40),
    "feColorMatrix": (135, 60),
    "feDropShadow": (520, 440),
    "feComponentTransfer": (180, 105),
    "feMorphology": (180, 100),
}
"""Nanoseconds for each pixel of a region, in linear light and in sRGB, measured like the prices in `prices`."""

# Nanoseconds for each pixel that `feMorphology` compares a pixel with.
_COMPARED: Final = 5
# The region of a filter that sets none: the box, and a tenth of it more on each side (Filter Effects 1, 9.2).
_DEFAULT: Final = {"x": "-10%", "y": "-10%", "width": "120%", "height": "120%"}
# A layer is counted as if it reached two pictures beyond the picture on each side.
_LAYER_AREA: Final = 25.0

_Box = tuple[float, float, float, float]


def price(element: Element, area: float, enlarged: float) -> float:
    """Price each pixel of the region of a filter, in nanoseconds.

    Parameters
    ----------
    area
        Area of the region; 1 is the area of the picture.
    enlarged
        Largest length of one of the filter's units; 1 is the side of the picture.
    """
    primitives = list(element)
    if len(primitives) > MAX_PRIMITIVES:
        refuse(f"A filter in an SVG logo can have at most {MAX_PRIMITIVES} primitives.", limit={"max": MAX_PRIMITIVES})
    total = 80.0
    for primitive in primitives:
        space = primitive.get("color-interpolation-filters", element.get("color-interpolation-filters", ""))
        column = 1 if space.strip().lower() == "srgb" else 0
        total += sum([PRIMITIVES[each.tag][column] for each in primitive.iter() if each.tag in PRIMITIVES])
    for morphology in element.iter("feMorphology"):
        radius = max([abs(value) for value in _numbers(morphology.get("radius", "0"))], default=0.0)
        # The cost grows with the fourth power of the drawing's side, and a price cannot. This price is exact at the
        # size where the filter takes up all of `DRAWING_SECONDS`, and too high for smaller drawings.
        total += sqrt(DRAWING_SECONDS * 1e9 * _COMPARED / max(area, 1e-6)) * 2 * radius * enlarged
    return total


def held_layers(element: Element, area: float) -> float:
    """Return how many layers take as much memory as the pictures that a filter keeps; `area` is as for `price`."""
    return (len(element) + 2) * area / _LAYER_AREA


def region(element: Element, box: _Box, size: tuple[float, float] | None) -> _Box | None:
    """Return the region of a filter on an element that fills `box`; None where it may be everywhere.

    The picture goes from 0 to 1.

    Parameters
    ----------
    size
        Width and height of the picture in user space, for a filter with ``filterUnits="userSpaceOnUse"``.
    """
    in_user_space = element.get("filterUnits") == "userSpaceOnUse"
    try:
        x, y, width, height = (_fraction(element.get(name, default)) for name, default in _DEFAULT.items())
    except ValueError:
        return None
    if not in_user_space:
        across, down = box[2] - box[0], box[3] - box[1]
        left, top = box[0] + x * across, box[1] + y * down
        # A region with a side below zero draws nothing; its cost must not be negative.
        return left, top, left + abs(width * across), top + abs(height * down)
    if size is None or not all(element.get(name, "").replace(".", "").isdigit() for name in ("width", "height")):
        return None
    return 0.0, 0.0, width / size[0], height / size[1]


def _fraction(text: str) -> float:
    text = text.strip()
    return parse_number(text.removesuffix("%")) / 100 if text.endswith("%") else parse_number(text)


def _numbers(text: str) -> list[float]:
    try:
        return parse_numbers(text)
    except ValueError:
        return []
