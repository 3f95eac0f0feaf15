"""Walk through an SVG as a renderer does, and add up what drawing it costs.

The walk follows every `use`, clip path and mask, with the transformation and the paint that hold there. All outlines,
layers and pictures add to one total, so that no document can use up several limits at once. A position that is not
given in plain numbers counts as everywhere.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from math import hypot
from typing import TYPE_CHECKING, Final

from ....artwork.cost import Cost
from ....render.page.logo_path_data import Matrix
from ...model import refuse
from ..allowlist import MAX_DRAWN
from .boxes import EVERYWHERE, PICTURE, Box, area_within, mapped, united
from .filters import held_layers, price, region
from .gradients import Gradients
from .inherited import style_around, styled
from .outlines import Outline, outline_of, rectangle_of
from .patterns import tile_of
from .prices import NANOSECONDS
from .strokes import UNKNOWN_LENGTH, Length, Stroke, bends, check_reach, lengths, stroke_along, stroked, thickness
from .transforms import moved, transformed, within

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree.ElementTree import Element

__all__ = ["Walk"]

_DRAWN_ELSEWHERE: Final = frozenset(
    ("clipPath", "defs", "filter", "linearGradient", "mask", "pattern", "radialGradient", "style", "symbol")
)
# The longer side, in pixels, of the smallest drawing of a logo, and of the drawing that has to fit `DRAWING_SECONDS`.
_SMALL: Final = 80
_LARGE: Final = 256
_URL: Final = re.compile(r"""url\(\s*+["']?#([^"'()\s\\]++)""", re.IGNORECASE)


class Walk:
    """The sums so far, and the outlines of elements that may be drawn again."""

    def __init__(self, root: Element, pictures: Mapping[Element, int], size: tuple[float, float], grown: float) -> None:
        self.sums: dict[str, list[float]] = {}
        self._aspect = size[0] / size[1]
        self._grown = grown
        # The most pictures that a unit can measure, for a transformation that is not known.
        self._unit = grown / max(size)
        self._pictures = pictures
        # Width and height of each open ``svg`` or ``symbol``, innermost last, in its own units; None where not known.
        self._sizes: list[tuple[float, float] | None] = [size]
        self._by_id = {name: element for element in root.iter() if (name := element.get("id"))}
        self._outlines: dict[Element, Outline] = {}
        self._parents = {child: parent for parent in root.iter() for child in parent}
        self._drawn = 0
        self._open: set[Element] = set()
        self._gradients = Gradients(self._by_id)
        self._in_clip_path = False
        self.filter_layers = 0.0

    def costs(self) -> dict[str, Cost]:
        """Return the sums by kind of cost."""
        return {kind: Cost(*sums) for kind, sums in self.sums.items()}

    def _add(self, kind: str, fixed: float = 0.0, row: float = 0.0, pixel: float = 0.0) -> None:
        sums = self.sums.setdefault(kind, [0.0, 0.0, 0.0])
        sums[0] += fixed
        sums[1] += row
        sums[2] += pixel

    def children(self, element: Element, matrix: Matrix | None, above: Mapping[str, str], bounds: Box) -> Box | None:
        """Add the children of an element, and return the box around them."""
        boxes = [self._draw(child, matrix, above, bounds) for child in element if child.tag not in _DRAWN_ELSEWHERE]
        return united(boxes)

    def _draw(self, element: Element, matrix: Matrix | None, above: Mapping[str, str], bounds: Box) -> Box | None:
        self._drawn += 1
        # Each shape that a pattern paints draws the pattern's content once more, so few elements can become many.
        if self._drawn > MAX_DRAWN:
            refuse(f"An SVG logo can draw at most {MAX_DRAWN} elements.", limit={"max": MAX_DRAWN})
        self._add("elements", NANOSECONDS["element"])
        style = styled(element, above)
        matrix = transformed(matrix, element)
        apart = _is_apart(element)
        within = EVERYWHERE if apart else bounds
        match element.tag:
            case "use":
                box = self._used(element, matrix, style, within)
            case "image":
                box = self._picture(element, matrix, style, within)
            case "g":
                box = self.children(element, matrix, style, within)
            case "svg":
                box = self._viewed(element, moved(matrix, element), element, style)
            case _:
                box = self._shape(element, matrix, style, within)
        if apart and (box is not None or "filter" in element.attrib):
            # A filter fills its region even where there is nothing to filter.
            self._apart(element, matrix, box or PICTURE, bounds)
        return box

    def _used(self, element: Element, matrix: Matrix | None, style: Mapping[str, str], bounds: Box) -> Box | None:
        target = self._by_id.get(element.get("href", "#")[1:])
        if target is None:
            return None
        matrix = moved(matrix, element)
        if target.tag != "symbol":
            return self._draw(target, matrix, style, bounds)
        self._add("elements", NANOSECONDS["element"])
        matrix = transformed(matrix, target)
        box = self._viewed(target, matrix, element, styled(target, style))
        # A renderer clips a symbol to its box, and takes a layer for that.
        if box is not None:
            self._apart(target, matrix, box, bounds)
        return box

    def _viewed(self, element: Element, matrix: Matrix | None, sized: Element, style: Mapping[str, str]) -> Box | None:
        """Add an ``svg`` or a ``symbol``; `sized` is the element that sets its width and height."""
        inner, size = within(matrix, element, sized, self._sizes[-1])
        self._sizes.append(size)
        box = self.children(element, inner, style, EVERYWHERE)
        self._sizes.pop()
        return box

    def _shape(self, element: Element, matrix: Matrix | None, style: Mapping[str, str], bounds: Box) -> Box | None:
        if element not in self._outlines:
            self._outlines[element] = outline_of(element)
        outline = self._outlines[element]
        if not outline.edges:
            return None
        box = mapped(matrix, outline.box)
        if self._in_clip_path:
            # A clip path has no paint; each outline in it is filled.
            style = {}
        fill = self._paint(style, "fill", "black", matrix, box)
        if fill:
            self._edges(outline.edges, lengths(matrix, outline), box, bounds, fill)
            self._add("fills and strokes", pixel=fill * area_within(box, bounds))
        stroke = self._paint(style, "stroke", "none", matrix, box)
        if stroke:
            along = stroke_along(outline, matrix, style)
            check_reach(along, self._unit)
            self._hairlines(along, bounds, stroke)
            box, length, edges = stroked(along, box, style)
            self._edges(edges, length, box, bounds, stroke)
            self._add("fills and strokes", pixel=stroke * area_within(box, bounds))
            self._add("outlines", bends(along) * NANOSECONDS["bend"])
        return box

    def _hairlines(self, stroke: Stroke, bounds: Box, paint: float) -> None:
        """Add a stroke for the sizes at which it is thinner than a pixel: a renderer paints each pixel on its own."""
        width = thickness(stroke, self._aspect)
        length = UNKNOWN_LENGTH if stroke.width is None else stroke.length
        pixels = self._pixels_along(length.across, length.down, stroke.parts, bounds)
        price = _price_alone("hairline", paint)
        if width <= 1 / _LARGE:
            self._add("outlines", row=pixels * price)
        elif width <= 1 / _SMALL:
            self._add("outlines", pixels * price / width)

    def _edges(self, edges: int, length: Length, box: Box, bounds: Box, paint: float) -> None:
        """Add edges of a total length within a box; `paint` is the price of a pixel."""
        high = max(box[3] - box[1], box[2] - box[0], 1e-9)
        beside = min(length.down / high, edges)
        self._add(
            "outlines",
            edges * (NANOSECONDS["edge"] + beside * NANOSECONDS["crossing"]),
            min(length.down, edges * (bounds[3] - bounds[1])) * NANOSECONDS["row"],
        )
        # A renderer paints each pixel on an edge on its own, since the edge covers it in part, if not level.
        price = _price_alone("partial", paint)
        partial = self._pixels_along(length.slanted, length.down, edges, bounds)
        area = area_within(box, bounds)
        if partial < _LARGE * area:
            self._add("outlines", row=partial * price)
        else:
            self._add("outlines", pixel=area * price)

    def _pixels_along(self, across: float, down: float, parts: int, bounds: Box) -> float:
        """Return how many pixels lie on lines within bounds, for each pixel of the height of the picture."""
        across = min(across, parts * (bounds[2] - bounds[0]))
        return across * self._aspect + min(down, parts * (bounds[3] - bounds[1]))

    def _paint(self, style: Mapping[str, str], name: str, default: str, matrix: Matrix | None, box: Box) -> float:
        """Price one pixel of a fill or stroke; 0 where nothing is painted."""
        value = style.get(name, default).strip()
        if value == "none":
            return 0.0
        found = _URL.search(value)
        if found and (server := self._by_id.get(found[1])) is not None and server.tag == "pattern":
            self._pattern(server, matrix, box)
            return NANOSECONDS["pattern"]
        if found:
            stops = self._gradients.count_stops(found[1])
            self._add("fills and strokes", NANOSECONDS["stop"] * stops)
            return NANOSECONDS["gradient"] + NANOSECONDS["shade"] * stops
        named = value.isalpha() and value.lower() not in ("currentcolor", "transparent")
        plain = named or (value.startswith("#") and len(value) in (4, 7))
        solid = plain and style.get(f"{name}-opacity", "1").strip() in ("1", "1.0", "100%")
        return NANOSECONDS["opaque" if solid else "translucent"]

    def _pattern(self, pattern: Element, matrix: Matrix | None, box: Box) -> None:
        """Add one tile of a pattern; a renderer draws it anew for each shape that it paints."""
        if pattern in self._open:
            refuse("An element of the SVG refers to itself.")
        tile = tile_of(pattern, self._by_id, matrix, box)
        self._add("layers", pixel=NANOSECONDS["layer"] * area_within(tile.box, EVERYWHERE))
        self._open.add(pattern)
        with self._in_units_of(box):
            self.children(tile.content, tile.matrix, style_around(tile.content, self._parents), tile.box)
        self._open.discard(pattern)

    @contextmanager
    def _in_units_of(self, box: Box) -> Iterator[None]:
        """Let a unit measure as much as a whole box, for what is drawn in units of the box."""
        unit = self._unit
        self._unit = max(unit, self._grown * max(box[2] - box[0], box[3] - box[1]))
        yield
        self._unit = unit

    def _picture(self, element: Element, matrix: Matrix | None, style: Mapping[str, str], bounds: Box) -> Box | None:
        if element not in self._pictures:
            # An ``image`` may refer to another element of the SVG.
            return self._used(element, matrix, style, bounds)
        box = mapped(matrix, rectangle_of(element))
        shown = (NANOSECONDS["resampled"] + NANOSECONDS["layer"]) * area_within(box, bounds)
        self._add("pictures", self._pictures[element] * NANOSECONDS["decoded"], pixel=shown)
        return box

    def _apart(self, element: Element, matrix: Matrix | None, box: Box, bounds: Box) -> None:
        """Add the cost of drawing `box` into a separate layer, cutting it, and compositing it."""
        area = area_within(box, EVERYWHERE)
        if element.tag in ("svg", "symbol"):
            area *= 1 + NANOSECONDS["clip"] / NANOSECONDS["layer"]
        self._add("layers", pixel=NANOSECONDS["layer"] * area + NANOSECONDS["composite"] * area_within(box, bounds))
        self._filtered(element, matrix, box)
        for name in ("clip-path", "mask"):
            self._cut(element, name, matrix, box, NANOSECONDS["clip" if name == "clip-path" else "mask"])

    def _filtered(self, element: Element, matrix: Matrix | None, box: Box) -> None:
        """Add the cost of an element's filter, which goes over its region once for each primitive."""
        found = _URL.search(element.get("filter", ""))
        chosen = self._by_id.get(found[1]) if found else None
        if chosen is None or chosen.tag != "filter":
            return
        size = None if matrix is None else (1 / max(1e-9, hypot(*matrix[:2])), 1 / max(1e-9, hypot(*matrix[2:4])))
        area = area_within(region(chosen, box, size) or EVERYWHERE, EVERYWHERE)
        in_boxes = chosen.get("primitiveUnits") == "objectBoundingBox"
        enlarged = 1.0 if matrix is None or in_boxes else max(map(abs, matrix[:4]))
        self._add("filters", pixel=price(chosen, area, enlarged) * area)
        self.filter_layers = max(self.filter_layers, held_layers(chosen, area))

    def _cut(self, element: Element, name: str, matrix: Matrix | None, box: Box, price: float) -> None:
        """Add the cost of an element's clip path or mask, which is drawn over all of `box`."""
        found = _URL.search(element.get(name, ""))
        cutter = self._by_id.get(found[1]) if found else None
        if cutter is None or cutter.tag not in ("clipPath", "mask"):
            return
        area = area_within(box, EVERYWHERE)
        self._add("layers", pixel=price * area)
        units = cutter.get("clipPathUnits") or cutter.get("maskContentUnits")
        inner = None if units == "objectBoundingBox" else transformed(matrix, cutter)
        around, self._in_clip_path = self._in_clip_path, cutter.tag == "clipPath"
        style = style_around(cutter, self._parents)
        with self._in_units_of(box):
            for child in cutter:
                if child.tag not in _DRAWN_ELSEWHERE:
                    self._draw(child, inner, style, box)
                    if self._in_clip_path and "url(" in child.get("clip-path", "").lower():
                        self._add("layers", pixel=NANOSECONDS["nested clip"] * area)
        self._in_clip_path = around
        for again in ("clip-path", "mask"):
            self._cut(cutter, again, matrix, box, price)


def _price_alone(kind: str, paint: float) -> float:
    """Price a pixel that a renderer paints on its own; `paint` is the price of a pixel among many."""
    return NANOSECONDS[kind] + min(NANOSECONDS[f"{kind} paint"] * paint, NANOSECONDS[f"{kind} pattern"])


def _is_apart(element: Element) -> bool:
    return (
        element.tag == "svg"
        or element.get("opacity", "1").strip() not in ("", "1", "1.0", "100%")
        or any(element.get(name, "none").strip() != "none" for name in ("clip-path", "mask", "filter"))
        or "style" in element.attrib
    )
