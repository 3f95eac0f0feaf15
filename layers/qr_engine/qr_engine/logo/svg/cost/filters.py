"""What the filters of an SVG cost, for each pixel of their regions."""

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
"""Of one filter, each of which keeps a picture of its region until the last has been drawn."""

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
"""Nanoseconds for each pixel of a region, with colours in linear light and in sRGB, measured as those of `prices`."""

# For each pixel that a pixel is compared with.
_COMPARED: Final = 5
# Of a region, where nothing is said of it (SVG 2, Filter Effects 1, 9.2): a tenth of the box to each side.
_DEFAULT: Final = {"x": "-10%", "y": "-10%", "width": "120%", "height": "120%"}
# A layer is counted as if it reached two pictures beyond the picture on each side.
_LAYER_AREA: Final = 25.0

_Box = tuple[float, float, float, float]


def price(element: Element, area: float, enlarged: float) -> float:
    """Price each pixel of the region of a filter, in nanoseconds.

    Parameters
    ----------
    area
        Of the region, in pictures.
    enlarged
        How many pictures a unit of the filter's is, at most.
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
        # It grows by the fourth power of a drawing's side. This is what it takes where it takes all there is, and
        # more than it takes where a drawing is smaller.
        total += sqrt(DRAWING_SECONDS * 1e9 * _COMPARED / max(area, 1e-6)) * 2 * radius * enlarged
    return total


def held_layers(element: Element, area: float) -> float:
    """How many layers the pictures that a filter keeps are worth, for a region of so many pictures."""
    return (len(element) + 2) * area / _LAYER_AREA


def region(element: Element, box: _Box, size: tuple[float, float] | None) -> _Box | None:
    """Give the region of a filter on what fills `box`, where the picture goes from 0 to 1; None for everywhere.

    Parameters
    ----------
    size
        Width and height of the picture in the units of a filter that has those of the user's space.
    """
    in_user_space = element.get("filterUnits") == "userSpaceOnUse"
    try:
        x, y, width, height = (_fraction(element.get(name, default)) for name, default in _DEFAULT.items())
    except ValueError:
        return None
    if not in_user_space:
        across, down = box[2] - box[0], box[3] - box[1]
        left, top = box[0] + x * across, box[1] + y * down
        return left, top, left + width * across, top + height * down
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
