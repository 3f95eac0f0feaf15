"""The markers of an SVG: their size, their turn and their content (SVG 2, 11.6)."""

from __future__ import annotations

import re
from math import sqrt
from typing import Final, NamedTuple
from xml.etree.ElementTree import Element

from ...render.page.logo_path_data import Matrix, parse_number, parse_numbers
from ..model import refuse
from .cost.outlines import outline_of
from .geometry import ANGLES
from .numbers import NUMBER

__all__ = ["MarkerTile", "tile_of"]

_INITIAL: Final = {
    "fill": "#000000",
    "fill-opacity": "1",
    "fill-rule": "nonzero",
    "stroke": "none",
    "stroke-opacity": "1",
    "stroke-width": "1",
    "stroke-linecap": "butt",
    "stroke-linejoin": "miter",
    "stroke-miterlimit": "4",
    "stroke-dasharray": "none",
    "stroke-dashoffset": "0",
    "clip-rule": "nonzero",
    "color": "#000000",
    "color-interpolation-filters": "linearRGB",
    "paint-order": "normal",
    "shape-rendering": "auto",
    "visibility": "visible",
}
"""Properties that an element inherits, and their initial values."""

_PLACES: Final = {"left": 0.0, "top": 0.0, "center": 0.5, "right": 1.0, "bottom": 1.0}
_ANGLE: Final = re.compile(rf"({NUMBER})([a-z]*+)", re.IGNORECASE)
_KEPT: Final = ("id", "opacity", "filter", "mask", "clip-path", "style")
_SHAPES: Final = ("path", "rect", "circle", "ellipse", "line", "polyline", "polygon")

_Box = tuple[float, float, float, float]


class MarkerTile(NamedTuple):
    """A marker as it is drawn at each vertex.

    Attributes
    ----------
    chain
        The marker and its ancestors, the nearest first.
    matrix
        Maps the content from its corner to coordinates around the vertex, in widths of the stroke if `in_widths`.
    clip
        The box to cut the content to, in its coordinates; None where nothing reaches beyond.
    orient
        Degrees; None to turn with the direction of the outline.
    """

    chain: tuple[Element, ...]
    matrix: Matrix
    clip: _Box | None
    in_widths: bool
    orient: float | None
    reversed: bool
    shown: bool

    @property
    def marker(self) -> Element:
        """The marker itself."""
        return self.chain[0]

    @property
    def size(self) -> dict[str, str]:
        """The width and height attributes of a ``use`` of the content, if it is cut."""
        if self.clip is None:
            return {}
        return {"width": f"{self.clip[2]:.7g}", "height": f"{self.clip[3]:.7g}"}

    def angle(self, direction: float, *, reverse: bool) -> float:
        """Return the degrees by which to turn the marker at a vertex; `reverse` for a start marker."""
        if self.orient is not None:
            return self.orient
        return direction + 180 if reverse and self.reversed else direction

    def content(self, root: Element) -> Element:
        """Make the element that references draw, with the properties that the marker inherits from its ancestors."""
        used = {name for element in root.iter() for name in element.attrib}
        given = {}
        for name in _INITIAL:
            if name in used:
                values = [each.attrib[name] for each in self.chain if each.get(name, "inherit") != "inherit"]
                given[name] = values[0] if values else _INITIAL[name]
        given.update({name: self.marker.attrib[name] for name in _KEPT if name in self.marker.attrib})
        if self.clip is None:
            element = Element("g", given)
        else:
            element = Element("symbol", given)
            moved = " ".join([f"{-side:.7g}" for side in self.clip[:2]])
            element.append(Element("g", {"transform": f"translate({moved})"}))
        (element[0] if self.clip else element).extend(list(self.marker))
        return element


def tile_of(chain: tuple[Element, ...]) -> MarkerTile:
    """Read the size, the position and the turn of a marker; `chain` has the marker first, then its ancestors."""
    marker = chain[0]
    width, height = (_number(marker, name, "3") for name in ("markerWidth", "markerHeight"))
    fit = (marker.get("preserveAspectRatio", "").split() or ["xMidYMid"])[0]
    box, scale, corner = (0.0, 0.0, width, height), (1.0, 1.0), (0.0, 0.0)
    shown = width > 0 and height > 0 and marker.get("display", "").strip() != "none"
    if "viewBox" in marker.attrib:
        box = _view(marker)
        shown = shown and box[2] > 0 and box[3] > 0
        if shown:
            scale = width / box[2], height / box[3]
            if fit != "none":
                chosen = max(scale) if "slice" in marker.get("preserveAspectRatio", "") else min(scale)
                scale = chosen, chosen
            share = [{"Min": 0.0, "Mid": 0.5, "Max": 1.0}.get(part, 0.5) for part in (fit[1:4], fit[5:8])]
            corner = (width - box[2] * scale[0]) * share[0], (height - box[3] * scale[1]) * share[1]
    x = _place(marker, "refX", box[0], box[2])
    y = _place(marker, "refY", box[1], box[3])
    clip = box[0] - corner[0] / scale[0], box[1] - corner[1] / scale[1], width / scale[0], height / scale[1]
    whole = marker.get("overflow", "hidden").strip() in ("visible", "auto") or _fits(chain, clip)
    left, top = (0.0, 0.0) if whole else clip[:2]
    orient = marker.get("orient", "0").strip()
    return MarkerTile(
        chain,
        (scale[0], 0.0, 0.0, scale[1], (left - x) * scale[0], (top - y) * scale[1]),
        None if whole else clip,
        marker.get("markerUnits", "strokeWidth").strip() != "userSpaceOnUse",
        None if orient in ("auto", "auto-start-reverse") else _degrees(orient),
        orient == "auto-start-reverse",
        shown,
    )


def _view(marker: Element) -> _Box:
    try:
        left, top, width, height = parse_numbers(marker.attrib["viewBox"].replace(",", " "))
    except ValueError:
        refuse("The viewBox of a marker in the SVG must have four numbers.")
    return left, top, width, height


def _number(marker: Element, name: str, initial: str) -> float:
    value = marker.get(name, initial)
    try:
        return parse_number(value)
    except ValueError:
        refuse(f'The SVG has {name}="{value[:60]}" on a marker, which is not a length.')


def _place(marker: Element, name: str, start: float, side: float) -> float:
    value = marker.get(name, "0").strip()
    if value in _PLACES:
        return start + side * _PLACES[value]
    if value.endswith("%"):
        return side * _number(Element("marker", {name: value[:-1]}), name, "0") / 100
    return _number(marker, name, "0")


def _degrees(text: str) -> float:
    found = _ANGLE.fullmatch(text)
    if found is None or found[2].lower() not in ANGLES:
        refuse(f'The SVG has orient="{text[:60]}" on a marker, which is not an angle.')
    return float(found[1]) * ANGLES[found[2].lower()]


def _fits(chain: tuple[Element, ...], clip: _Box) -> bool:
    """Return whether a marker certainly has only plain shapes that do not reach beyond it."""
    marker = chain[0]
    stroked = any(each.get("stroke", "none") != "none" for each in (*chain, *marker.iter()))
    plain = not any({"stroke-width", "stroke-miterlimit"} & each.attrib.keys() for each in (*chain, *marker.iter("g")))
    left, top, right, bottom = clip[0], clip[1], clip[0] + clip[2], clip[1] + clip[3]
    for element in marker.iter():
        if element is marker or element.tag == "g":
            if element is not marker and "transform" in element.attrib:
                return False
            continue
        if element.tag not in _SHAPES or {"transform", "filter"} & element.attrib.keys():
            return False
        box = outline_of(element).box
        reach = _reach(element, plain=plain) if stroked else 0.0
        if box is None or reach is None:
            return False
        if box[0] - reach < left or box[1] - reach < top or box[2] + reach > right or box[3] + reach > bottom:
            return False
    return True


def _reach(element: Element, *, plain: bool) -> float | None:
    """Return how far a stroke reaches beyond an outline at most; None if that is not known or it is not `plain`."""
    if element.get("stroke") == "none":
        return 0.0
    try:
        width = parse_number(element.get("stroke-width", "1"))
        limit = parse_number(element.get("stroke-miterlimit", "4"))
    except ValueError:
        return None
    return width * max(limit, sqrt(2)) / 2 if plain else None
