"""Write lengths and transformations of an SVG logo as plain numbers, which all programs read in the same way."""

from __future__ import annotations

import re
from math import pi
from typing import TYPE_CHECKING, Final

from ..model import refuse
from .numbers import NUMBER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

__all__ = ["ANGLES", "UNITS", "settle_geometry"]

# CSS Values and Units 3, 6.2: an inch has 96 pixels, a page's font size is 16 pixels, and an x is half as high.
UNITS: Final = {
    "": 1.0,
    "px": 1.0,
    "pt": 4 / 3,
    "pc": 16.0,
    "mm": 96 / 25.4,
    "cm": 96 / 2.54,
    "in": 96.0,
    "q": 96 / 101.6,
    "em": 16.0,
    "rem": 16.0,
    "ex": 8.0,
}
"""The units of lengths, in pixels."""

_LENGTHS: Final = frozenset(
    (
        *("x", "y", "width", "height", "cx", "cy", "r", "rx", "ry", "x1", "y1", "x2", "y2", "fx", "fy", "fr"),
        *("stroke-width", "markerWidth", "markerHeight", "refX", "refY"),
    )
)
ANGLES: Final = {"": 1.0, "deg": 1.0, "grad": 0.9, "rad": 180 / pi, "turn": 360.0}
_VALUE: Final = re.compile(rf"\s*+({NUMBER})([a-z]++|%)?+\s*+", re.IGNORECASE)
_FUNCTION: Final = re.compile(r"([a-z]++)\s*+\(([^()]*+)\)[\s,]*+", re.IGNORECASE)
_ARGUMENT: Final = re.compile(rf"({NUMBER})([a-z]++|%)?+[\s,]*+", re.IGNORECASE)
# For each function of CSS, the SVG functions that replace it, and whether its values are angles.
_FUNCTIONS: Final = {
    "matrix": ("matrix({})", False),
    "translate": ("translate({})", False),
    "translatex": ("translate({} 0)", False),
    "translatey": ("translate(0 {})", False),
    "scale": ("scale({})", False),
    "scalex": ("scale({} 1)", False),
    "scaley": ("scale(1 {})", False),
    "rotate": ("rotate({})", True),
    "skewx": ("skewX({})", True),
    "skewy": ("skewY({})", True),
}
_PLACES: Final = {"left": 0.0, "top": 0.0, "center": 0.5, "right": 1.0, "bottom": 1.0}


def settle_geometry(root: Element, box: tuple[float, float, float, float]) -> None:
    """Write lengths without units, and transformations as attributes relative to the origin of the coordinates.

    Parameters
    ----------
    box
        Left, top, width and height of the picture, to which percentages refer.
    """
    for element in root.iter():
        for name in _LENGTHS.intersection(element.attrib):
            found = _VALUE.fullmatch(element.attrib[name])
            if found and (found[2] or "").lower() in UNITS and found[2]:
                element.set(name, _written(float(found[1]) * UNITS[found[2].lower()]))
        origin, kind = element.attrib.pop("transform-origin", ""), element.attrib.pop("transform-box", "view-box")
        transform = element.get("transform", "").strip()
        if transform.lower() in ("", "none"):
            element.attrib.pop("transform", None)
            continue
        if element.get("transform") != (plain := _plain(transform)):
            element.set("transform", plain)
        if origin.strip():
            if kind.strip().lower() not in ("view-box", "border-box") and not _is_zero(origin):
                refuse("A transform-box in the SVG must be view-box; write the transformation in user space.")
            x, y = _origin(origin, box)
            element.set(
                "transform", f"translate({_written(x)} {_written(y)}) {plain} translate({_written(-x)} {_written(-y)})"
            )


def _plain(text: str) -> str:
    """Convert transformations to the functions of SVG attributes, which stay unchanged if the text already has them."""
    written, position = [], 0
    while found := _FUNCTION.match(text, position):
        if found[1].lower() not in _FUNCTIONS:
            break
        position = found.end()
        pattern, turned = _FUNCTIONS[found[1].lower()]
        written.append(pattern.format(" ".join(_values(found[2].strip(), turned))))
    if position < len(text):
        refuse(f"The SVG has the transformation {text[:60]!r}; only SVG functions with numbers and px are supported.")
    return " ".join(written)


def _values(text: str, turned: bool) -> Iterator[str]:
    """Yield the arguments of a function; the first may be an angle, and a sign is enough to separate two."""
    position = 0
    while position < len(text) or not position:
        found = _ARGUMENT.match(text, position)
        units = ANGLES if turned and not position else UNITS
        if found is None or (found[2] or "").lower() not in units:
            refuse(
                f"The SVG has {text[position:][:40]!r} in a transformation, which is not a valid length or angle there."
            )
        yield _written(float(found[1]) * units[found[2].lower()]) if found[2] else found[1]
        position = found.end()


def _is_zero(origin: str) -> bool:
    return all((found := _VALUE.fullmatch(each)) is not None and not float(found[1]) for each in origin.split())


def _origin(text: str, box: tuple[float, float, float, float]) -> tuple[float, float]:
    """Return the origin of an element's transformation (CSS Transforms 1, 8)."""
    words = text.lower().split()[:2]
    if words[0] in ("top", "bottom") or words[-1] in ("left", "right"):
        words.reverse()
    places = []
    for start, side, word in zip(box[:2], box[2:], [*words, "center"][:2], strict=True):
        found = _VALUE.fullmatch(word)
        if word in _PLACES:
            places.append(start + side * _PLACES[word])
        elif found and found[2] == "%":
            places.append(start + side * float(found[1]) / 100)
        elif found and (found[2] or "") in UNITS:
            places.append(float(found[1]) * UNITS[found[2] or ""])
        else:
            refuse(f"The SVG has the transform-origin {text[:40]!r}, which is not a position.")
    return places[0], places[1]


def _written(number: float) -> str:
    return f"{number:.6f}".rstrip("0").rstrip(".") if abs(number) < 1e9 else f"{number:g}"
