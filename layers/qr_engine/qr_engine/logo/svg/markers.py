"""Replace the markers of an SVG logo by a ``use`` of their content at each vertex.

So the limits of other references hold for markers too, and all programs place and turn them alike (SVG 2, 11.6).
"""

from __future__ import annotations

import re
from math import cos, radians, sin
from typing import TYPE_CHECKING, Final, NamedTuple
from xml.etree.ElementTree import Element

from ...render.page.logo_path_data import Matrix, multiply, parse_number
from ..model import refuse
from .allowlist import MAX_DRAWN
from .marker_content import MarkerTile, tile_of
from .vertices import MARKED, Vertex, vertices_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["settle_markers"]

_PROPERTIES: Final = ("marker-start", "marker-mid", "marker-end")
_REFERENCE: Final = re.compile(r"""url\(\s*+(["']?)#([^"'()\s\\]++)\1\s*+\)""", re.IGNORECASE)
# Attributes that apply to an element together with its markers.
_AROUND_BOTH: Final = ("transform", "opacity", "clip-path", "mask", "filter", "display", "style")


class _Inherited(NamedTuple):
    """The inherited values that decide about the markers of an element."""

    markers: tuple[str, str, str] = ("", "", "")
    width: str = "1"
    visible: bool = True
    within: str = ""


def settle_markers(root: Element) -> None:
    """Put the content of markers at the vertices that have them, and remove the markers.

    Raises
    ------
    InvalidRequest
        There are too many markers, or the size or the turn of a marker cannot be read.
    """
    markers = {element.get("id", ""): element for element in root.iter("marker")}
    if markers:
        parents = {child: parent for parent in root.iter() for child in parent}
        settling = _Settling(markers, parents, {})
        settling.settle(root, _Inherited())
        defs = Element("defs")
        defs.extend([tile.content(root) for tile in settling.tiles.values()])
        for marker in markers.values():
            parents[marker].remove(marker)
        root.append(defs)
    for element in root.iter():
        for name in _PROPERTIES:
            element.attrib.pop(name, None)


class _Settling(NamedTuple):
    """The markers of a document by id, the parents of all elements, and the tiles of the markers that are drawn."""

    markers: Mapping[str, Element]
    parents: Mapping[Element, Element]
    tiles: dict[str, MarkerTile]

    def settle(self, element: Element, above: _Inherited) -> int:
        """Settle the markers of an element and its descendants, and return how many they draw."""
        if element.tag == "clipPath":
            return 0
        inherited = self._inherited(element, above)
        drawn = sum([self.settle(child, inherited) for child in list(element)])
        if element.tag in MARKED and inherited.visible:
            placed = list(self._placed(element, inherited))
            drawn += len(placed)
            if placed:
                _surround(element, placed)
        if drawn > MAX_DRAWN:
            refuse(f"An SVG logo can draw at most {MAX_DRAWN} elements.", limit={"max": MAX_DRAWN})
        return drawn

    def _inherited(self, element: Element, above: _Inherited) -> _Inherited:
        names = []
        within = element.get("id", "") if element.tag == "marker" else above.within
        for name, inherited in zip(_PROPERTIES, above.markers, strict=True):
            value = element.get(name, "inherit").strip()
            found = _REFERENCE.fullmatch(value)
            own = found[2] if found and found[2] in self.markers else ""
            name = inherited if value.lower() in ("inherit", "unset", "revert", "revert-layer") else own
            # The content of a marker does not get the marker itself.
            names.append("" if name == within else name)
        width = element.get("stroke-width", "inherit").strip()
        shown = element.get("visibility", "inherit").strip().lower()
        return _Inherited(
            (names[0], names[1], names[2]),
            above.width if width == "inherit" else width,
            above.visible if shown == "inherit" else shown not in ("hidden", "collapse"),
            within,
        )

    def _placed(self, element: Element, inherited: _Inherited) -> Iterator[Element]:
        if not any(inherited.markers):
            return
        try:
            vertices = vertices_of(element)
        except ValueError:
            # A renderer draws the outline up to its mistake, without markers.
            return
        start, middle, end = inherited.markers
        if len(vertices) > MAX_DRAWN:
            refuse(f"An SVG logo can draw at most {MAX_DRAWN} elements.", limit={"max": MAX_DRAWN})
        for index, vertex in enumerate(vertices):
            first, last = index == 0, index == len(vertices) - 1
            for name in ((start,) if first else ()) + (() if first or last else (middle,)) + ((end,) if last else ()):
                if name:
                    yield from self._copy(name, vertex, inherited.width, reverse=first and name == start)

    def _copy(self, name: str, vertex: Vertex, width: str, *, reverse: bool) -> Iterator[Element]:
        if name not in self.tiles:
            chain = [self.markers[name]]
            while (parent := self.parents.get(chain[-1])) is not None:
                chain.append(parent)
            self.tiles[name] = tile_of(tuple(chain))
        tile = self.tiles[name]
        try:
            enlarged = abs(parse_number(width)) if tile.in_widths else 1.0
        except ValueError:
            refuse(f'The SVG has markers on a stroke with the width "{width[:40]}"; write the width as a number.')
        if not enlarged or not tile.shown:
            return
        angle = radians(tile.angle(vertex.direction, reverse=reverse))
        turned: Matrix = (cos(angle), sin(angle), -sin(angle), cos(angle), vertex.x, vertex.y)
        matrix = multiply(multiply(turned, (enlarged, 0, 0, enlarged, 0, 0)), tile.matrix)
        written = " ".join([f"{number:.7g}" for number in matrix])
        yield Element("use", {"href": f"#{name}", "transform": f"matrix({written})", **tile.size})


def _surround(element: Element, placed: list[Element]) -> None:
    """Group an element with its markers."""
    shape = Element(element.tag, {name: value for name, value in element.attrib.items() if name != "id"})
    around: dict[str, str] = {name: shape.attrib.pop(name) for name in _AROUND_BOTH if name in shape.attrib}
    if "id" in element.attrib:
        around["id"] = element.attrib["id"]
    element.tag = "g"
    element.attrib.clear()
    element.attrib.update(around)
    element.append(shape)
    element.extend(placed)
