"""Write the dashes of an SVG logo as pairs of plain numbers, in the units of their element (SVG 2, 13.5.6)."""

from __future__ import annotations

import re
from itertools import pairwise
from math import hypot, sqrt
from typing import TYPE_CHECKING, Final, NamedTuple

from ...render.page.logo_path_data import parse_numbers
from ...render.page.logo_shapes import parse_outline
from ..model import refuse
from .geometry import UNITS
from .numbers import NUMBER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

__all__ = ["is_dashes", "settle_dashes"]

_LENGTH: Final = re.compile(rf"({NUMBER})([a-z]++|%)?+", re.IGNORECASE)
_APART: Final = re.compile(r"\s*+,\s*+|\s++")
_PROPERTIES: Final = ("stroke-dasharray", "stroke-dashoffset")
_AS_AROUND: Final = ("inherit", "unset", "revert", "revert-layer")
_OUTLINED: Final = ("path", "rect", "circle", "ellipse", "line", "polyline", "polygon")
# Number of lines that approximate a curve to measure its length.
_CHORDS: Final = 8
# Decimals of a length; finer dashes cannot be seen at any size.
_DECIMALS: Final = 6


class _Dashes(NamedTuple):
    """The lengths of dashes and gaps, empty for a solid line, and how far into them a line begins."""

    lengths: tuple[float, ...] = ()
    offset: float = 0.0


def is_dashes(name: str, value: str) -> bool:
    """Return whether the value is valid CSS for the dashes of a stroke, or for their offset."""
    if name == "stroke-dasharray":
        return value.strip().lower() == "none" or _lengths(value, 1.0) is not None
    return len(found := _parsed(value, 1.0) or ()) == len(_APART.split(value.strip())) == 1 and bool(found)


def settle_dashes(root: Element, box: tuple[float, float, float, float]) -> None:
    """Write dashes and their offsets as numbers, and leave out dashes that make a solid line.

    Parameters
    ----------
    box
        Left, top, width and height of the picture, to which percentages refer.

    Raises
    ------
    InvalidRequest
        An attribute has a value that is not a length, or is below zero.
    """
    _settle(root, _Dashes(), _diagonal(box[2], box[3]))


def _settle(element: Element, around: _Dashes, whole: float) -> None:
    if element.tag in ("svg", "symbol"):
        whole = _viewed(element, whole)
    own = _Dashes(_own_lengths(element, around.lengths, whole), _own_offset(element, around.offset, whole))
    total = element.attrib.pop("pathLength", "").strip()
    here = own
    if total and own.lengths and element.tag in _OUTLINED:
        # Dashes are measured against the path length that the author gives (SVG 2, 9.6.1).
        scale = _scale(element, total)
        here = _Dashes(tuple(scale * length for length in own.lengths), scale * own.offset)
    if here.lengths != around.lengths:
        element.set("stroke-dasharray", " ".join(map(_written, here.lengths)) or "none")
    if here.offset != around.offset:
        element.set("stroke-dashoffset", _written(here.offset))
    for child in element:
        _settle(child, own, whole)


def _own_lengths(element: Element, around: tuple[float, ...], whole: float) -> tuple[float, ...]:
    value = element.attrib.pop("stroke-dasharray", "").strip()
    if not value or value.lower() in _AS_AROUND:
        return around
    if value.lower() in ("none", "initial"):
        return ()
    found = _lengths(value, whole)
    if found is None:
        refuse(f'The SVG has stroke-dasharray="{value[:60]}", which is not a list of lengths of zero or more.')
    if len(found) % 2:
        found *= 2
    return found if any(round(length, _DECIMALS) for length in found) else ()


def _own_offset(element: Element, around: float, whole: float) -> float:
    value = element.attrib.pop("stroke-dashoffset", "").strip()
    if not value or value.lower() in _AS_AROUND:
        return around
    if value.lower() == "initial":
        return 0.0
    found = _parsed(value, whole)
    if found is None or len(found) != 1:
        refuse(f'The SVG has stroke-dashoffset="{value[:60]}", which is not a length.')
    return found[0]


def _lengths(text: str, whole: float) -> tuple[float, ...] | None:
    found = _parsed(text, whole)
    return None if found is None or min(found) < 0 else found


def _parsed(text: str, whole: float) -> tuple[float, ...] | None:
    """Parse a list of lengths with units or percentages; None for anything else."""
    parsed = []
    for word in _APART.split(text.strip()):
        found = _LENGTH.fullmatch(word)
        unit = (found[2] or "").lower() if found else ""
        if found is None or unit not in (*UNITS, "%"):
            return None
        parsed.append(float(found[1]) * (whole / 100 if unit == "%" else UNITS[unit]))
    return tuple(parsed)


def _viewed(element: Element, whole: float) -> float:
    """Return the length that percentages refer to within an ``svg`` or ``symbol``."""
    try:
        _, _, width, height = parse_numbers(element.get("viewBox", "").replace(",", " "))
    except ValueError:
        return whole
    return _diagonal(width, height)


def _diagonal(width: float, height: float) -> float:
    # SVG 2, 8.9: percentages of lengths that are neither horizontal nor vertical refer to this.
    return hypot(width, height) / sqrt(2)


def _scale(element: Element, total: str) -> float:
    """Divide the length of an outline by the length that its author gives; 1 if that is missing or invalid."""
    try:
        (given,) = parse_numbers(total)
        length = sum(_distances(element))
    except ValueError:
        return 1.0
    return length / given if given > 0 and length > 0 else 1.0


def _distances(element: Element) -> Iterator[float]:
    here = start = (0.0, 0.0)
    for letter, *values in parse_outline(element.tag, element):
        points = [here]
        if letter == "Z":
            points.append(start)
        elif letter == "C":
            points += [_on_curve(here, values, step / _CHORDS) for step in range(1, _CHORDS + 1)]
        else:
            points.append((float(values[0]), float(values[1])))
        here = points[-1]
        if letter == "M":
            start = here
            continue
        for (x, y), (to_x, to_y) in pairwise(points):
            yield hypot(to_x - x, to_y - y)


def _on_curve(start: tuple[float, float], values: list[float], place: float) -> tuple[float, float]:
    """Return the point of a cubic curve at `place`, from 0 at its start to 1 at its end."""
    rest = 1 - place
    weights = rest**3, 3 * rest * rest * place, 3 * rest * place * place, place**3
    columns = zip(start, values[:2], values[2:4], values[4:], strict=True)
    x, y = (sum(weight * value for weight, value in zip(weights, column, strict=True)) for column in columns)
    return x, y


def _written(number: float) -> str:
    return f"{number:.{_DECIMALS}f}".rstrip("0").rstrip(".") or "0" if abs(number) < 1e9 else f"{number:g}"
