"""What it costs to draw an SVG, computed from what it contains, before anything is drawn.

The document is walked as a renderer would walk it: every `use`, clip path and mask is followed, with the transformation
and the paint that hold there. Each outline, layer and picture adds to one sum, so that no limit can be exhausted beside
another. What cannot be read as plain numbers is taken to be everywhere.

`NANOSECONDS` is the table of what things cost. To let more into a logo, add a line there, and spend it in `_Walk`.
"""

from __future__ import annotations

import re
from math import ceil, hypot, sqrt
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from ...artwork.cost import DRAWING_SECONDS, Cost
from ...render.page.logo_path_data import Matrix, multiply, parse_number, parse_numbers, parse_path, parse_transform
from ..model import refuse
from .allowlist import MAX_DRAWN
from .filter_cost import held_layers, price, region
from .pattern_cost import tile_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree.ElementTree import Element

__all__ = ["NANOSECONDS", "check_cost", "costs"]

NANOSECONDS: Final = {
    # By element and by edge, at any size: to convert and to flatten them.
    "element": 5_000,
    "edge": 1_500,
    # For each two edges of a path that lie side by side: they are sorted anew at each line of pixels.
    "crossing": 1,
    # For each pixel of height of an edge.
    "row": 160,
    # For each pixel within the box of an outline, by its paint, and for each colour of a gradient.
    "opaque": 2.5,
    "translucent": 20,
    "gradient": 55,
    "shade": 0.5,
    "pattern": 70,
    # By colour of a gradient, each time that it is used.
    "stop": 130,
    # For each pixel of what is drawn apart, then laid on the picture, and cut to a clip path or a mask.
    "layer": 4,
    "composite": 50,
    "clip": 22,
    "nested clip": 65,
    "mask": 50,
    # For each pixel of a picture inside, each time that it is drawn, and for each that it covers.
    "decoded": 50,
    "resampled": 650,
}
"""Measured with resvg 0.45 on one vCPU, the dearest case of each kind; docs/security.md shows them."""

Box: TypeAlias = tuple[float, float, float, float]
"""Left, top, right and bottom, where the picture goes from 0 to 1 across and down."""

_PICTURE: Final[Box] = (0.0, 0.0, 1.0, 1.0)
_EVERYWHERE: Final[Box] = (-2.0, -2.0, 3.0, 3.0)
"""A layer reaches no farther than two pictures beyond the picture."""

_INHERITED: Final = (
    "fill",
    "fill-opacity",
    "stroke",
    "stroke-dasharray",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-miterlimit",
    "stroke-opacity",
    "stroke-width",
)
_DRAWN_ELSEWHERE: Final = frozenset(
    ("clipPath", "defs", "filter", "linearGradient", "mask", "pattern", "radialGradient", "style", "symbol")
)
# Dashes of which it is not known how many there are.
_UNCOUNTED: Final = 1_000_000
_URL: Final = re.compile(r"""url\(\s*+["']?#([^"'()\s\\]++)""", re.IGNORECASE)
_CURVED: Final = frozenset(("circle", "ellipse"))


class _Outline(NamedTuple):
    """An outline in its own coordinates: its edges, how far they go in all across and down, and its box."""

    edges: int
    across: float
    down: float
    box: Box | None


LEAST_SIDE: Final = 256
"""Pixels of the longer side that a logo can be drawn at within `DRAWING_SECONDS`, whatever it is enlarged to."""


def check_cost(root: Element, pictures: Mapping[Element, int], aspect: float) -> tuple[Cost, int]:
    """Compute what it costs to draw a document, and the layers that the pictures of its filters are worth.

    One that takes too long even when it is small is refused.

    Parameters
    ----------
    pictures
        The pixels of each picture inside.
    aspect
        Width divided by height.
    """
    width, height = LEAST_SIDE * min(1.0, aspect), LEAST_SIDE / max(1.0, aspect)
    walk = _walked(root, pictures)
    found = walk.costs()
    whole = Cost(*map(sum, zip(Cost(), *found.values(), strict=True)))
    most = round(DRAWING_SECONDS * 1000)
    if whole.seconds(width, height) > DRAWING_SECONDS:
        kind = max(found, key=lambda each: found[each].seconds(width, height))
        refuse(
            f"An SVG logo takes at most {most} ms to draw at {LEAST_SIDE} pixels; this one takes about "
            f"{1000 * whole.seconds(width, height):.0f}, most of it for its {kind}.",
            limit={"max": most},
        )
    return whole, ceil(walk.filter_layers)


def costs(root: Element, pictures: Mapping[Element, int]) -> dict[str, Cost]:
    """Compute what it costs to draw a document with a ``viewBox`` whose styles are attributes, by what costs it.

    Parameters
    ----------
    pictures
        The pixels of each picture inside.
    """
    return _walked(root, pictures).costs()


def _walked(root: Element, pictures: Mapping[Element, int]) -> _Walk:
    left, top, width, height = parse_numbers(root.get("viewBox", "").replace(",", " "))
    walk = _Walk(root, pictures, (width, height))
    matrix = (1 / width, 0.0, 0.0, 1 / height, -left / width, -top / height)
    walk.children(root, matrix, _styled(root, {}), _PICTURE)
    return walk


class _Walk:
    """The sums so far, and what is known of elements that are drawn again."""

    def __init__(self, root: Element, pictures: Mapping[Element, int], size: tuple[float, float]) -> None:
        self.sums: dict[str, list[float]] = {}
        self._pictures = pictures
        # Of the pictures that what is drawn lies in, in their own units; None where it is not known.
        self._sizes: list[tuple[float, float] | None] = [size]
        self._by_id = {element.get("id", ""): element for element in root.iter()}
        self._outlines: dict[Element, _Outline] = {}
        self._parents = {child: parent for parent in root.iter() for child in parent}
        self._drawn = 0
        self._open: set[Element] = set()
        self.filter_layers = 0.0

    def costs(self) -> dict[str, Cost]:
        """Give the sums, by what costs it."""
        return {kind: Cost(*sums) for kind, sums in self.sums.items()}

    def _add(self, kind: str, fixed: float = 0.0, row: float = 0.0, pixel: float = 0.0) -> None:
        sums = self.sums.setdefault(kind, [0.0, 0.0, 0.0])
        sums[0] += fixed
        sums[1] += row
        sums[2] += pixel

    def children(self, element: Element, matrix: Matrix | None, above: Mapping[str, str], bounds: Box) -> Box | None:
        """Add what is in an element; give the box of it."""
        boxes = [self._draw(child, matrix, above, bounds) for child in element if child.tag not in _DRAWN_ELSEWHERE]
        return _united(boxes)

    def _draw(self, element: Element, matrix: Matrix | None, above: Mapping[str, str], bounds: Box) -> Box | None:
        self._drawn += 1
        # What is painted with a pattern draws that again.
        if self._drawn > MAX_DRAWN:
            refuse(f"An SVG logo draws at most {MAX_DRAWN} elements.", limit={"max": MAX_DRAWN})
        self._add("elements", NANOSECONDS["element"])
        style = _styled(element, above)
        matrix = _transformed(matrix, element)
        apart = _is_apart(element)
        within = _EVERYWHERE if apart else bounds
        match element.tag:
            case "use":
                box = self._used(element, matrix, style, within)
            case "image":
                box = self._picture(element, matrix, style, within)
            case "g":
                box = self.children(element, matrix, style, within)
            case "svg":
                box = self._viewed(element, _moved(matrix, element), element, style)
            case _:
                box = self._shape(element, matrix, style, within)
        if apart and (box is not None or "filter" in element.attrib):
            # A filter fills its region even where there is nothing to filter.
            self._apart(element, matrix, box or _PICTURE, bounds)
        return box

    def _used(self, element: Element, matrix: Matrix | None, style: Mapping[str, str], bounds: Box) -> Box | None:
        target = self._by_id.get(element.get("href", "#")[1:])
        if target is None:
            return None
        matrix = _moved(matrix, element)
        if target.tag != "symbol":
            return self._draw(target, matrix, style, bounds)
        self._add("elements", NANOSECONDS["element"])
        matrix = _transformed(matrix, target)
        box = self._viewed(target, matrix, element, _styled(target, style))
        # What reaches beyond it is cut off, in a layer.
        if box is not None:
            self._apart(target, matrix, box, bounds)
        return box

    def _viewed(self, element: Element, matrix: Matrix | None, sized: Element, style: Mapping[str, str]) -> Box | None:
        """Add a picture of its own, an ``svg`` or a ``symbol``; `sized` says how large it is shown."""
        inner, size = _within(matrix, element, sized, self._sizes[-1])
        self._sizes.append(size)
        box = self.children(element, inner, style, _EVERYWHERE)
        self._sizes.pop()
        return box

    def _shape(self, element: Element, matrix: Matrix | None, style: Mapping[str, str], bounds: Box) -> Box | None:
        if element not in self._outlines:
            self._outlines[element] = _outline(element)
        outline = self._outlines[element]
        if not outline.edges:
            return None
        box = _mapped(matrix, outline.box)
        fill = self._paint(style, "fill", "black", matrix, box)
        if fill:
            self._edges(outline.edges, _lengths(matrix, outline), box, bounds)
            self._add("fills and strokes", pixel=fill * _area(box, bounds))
        stroke = self._paint(style, "stroke", "none", matrix, box)
        if stroke:
            box, length, edges = _stroked(outline, matrix, box, style)
            self._edges(edges, length, box, bounds)
            self._add("fills and strokes", pixel=stroke * _area(box, bounds))
        return box

    def _edges(self, edges: int, length: float, box: Box, bounds: Box) -> None:
        """Add edges that go so far down in all, within a box."""
        high = max(box[3] - box[1], box[2] - box[0], 1e-9)
        beside = min(length / high, edges)
        self._add(
            "outlines",
            edges * (NANOSECONDS["edge"] + beside * NANOSECONDS["crossing"]),
            min(length, edges * (bounds[3] - bounds[1])) * NANOSECONDS["row"],
        )

    def _paint(self, style: Mapping[str, str], name: str, default: str, matrix: Matrix | None, box: Box) -> float:
        """What a pixel costs in the paint of a fill or stroke; 0 for none."""
        value = style.get(name, default).strip()
        if value == "none":
            return 0.0
        found = _URL.search(value)
        if found and (server := self._by_id.get(found[1])) is not None and server.tag == "pattern":
            self._pattern(server, matrix, box)
            return NANOSECONDS["pattern"]
        if found:
            stops = len(list(self._stops(found[1])))
            self._add("fills and strokes", NANOSECONDS["stop"] * stops)
            return NANOSECONDS["gradient"] + NANOSECONDS["shade"] * stops
        named = value.isalpha() and value.lower() not in ("currentcolor", "transparent")
        plain = named or (value.startswith("#") and len(value) in (4, 7))
        solid = plain and style.get(f"{name}-opacity", "1").strip() in ("1", "1.0", "100%")
        return NANOSECONDS["opaque" if solid else "translucent"]

    def _pattern(self, pattern: Element, matrix: Matrix | None, box: Box) -> None:
        """Add one tile of a pattern, which is drawn each time that something is painted with it."""
        if pattern in self._open:
            refuse("An element of the SVG refers to itself.")
        tile = tile_of(pattern, self._by_id, matrix, box)
        self._add("layers", pixel=NANOSECONDS["layer"] * _area(tile.box, _EVERYWHERE))
        self._open.add(pattern)
        self.children(tile.content, tile.matrix, self._style_around(tile.content), tile.box)
        self._open.discard(pattern)

    def _style_around(self, element: Element) -> dict[str, str]:
        """The paint that holds within an element where it stands, and not where it is used."""
        chain = [element]
        while (parent := self._parents.get(chain[-1])) is not None:
            chain.append(parent)
        style: dict[str, str] = {}
        for each in reversed(chain):
            style = _styled(each, style)
        return style

    def _stops(self, name: str) -> Iterator[Element]:
        """The stops of a gradient, or of those that it refers to."""
        seen = set()
        gradient = self._by_id.get(name)
        while gradient is not None and gradient not in seen:
            seen.add(gradient)
            yield from gradient.iter("stop")
            gradient = self._by_id.get(gradient.get("href", "#")[1:])

    def _picture(self, element: Element, matrix: Matrix | None, style: Mapping[str, str], bounds: Box) -> Box | None:
        if element not in self._pictures:
            # An SVG may use another element as a picture.
            return self._used(element, matrix, style, bounds)
        box = _mapped(matrix, _rectangle(element))
        shown = (NANOSECONDS["resampled"] + NANOSECONDS["layer"]) * _area(box, bounds)
        self._add("pictures", self._pictures[element] * NANOSECONDS["decoded"], pixel=shown)
        return box

    def _apart(self, element: Element, matrix: Matrix | None, box: Box, bounds: Box) -> None:
        """Add what it takes to draw `box` apart, cut it, and lay it on what is below."""
        area = _area(box, _EVERYWHERE)
        if element.tag in ("svg", "symbol"):
            area *= 1 + NANOSECONDS["clip"] / NANOSECONDS["layer"]
        self._add("layers", pixel=NANOSECONDS["layer"] * area + NANOSECONDS["composite"] * _area(box, bounds))
        self._filtered(element, matrix, box)
        for name in ("clip-path", "mask"):
            self._cut(element, name, matrix, box, NANOSECONDS["clip" if name == "clip-path" else "mask"])

    def _filtered(self, element: Element, matrix: Matrix | None, box: Box) -> None:
        """Add the filter of an element, which goes over its region once for each primitive."""
        found = _URL.search(element.get("filter", ""))
        chosen = self._by_id.get(found[1]) if found else None
        if chosen is None or chosen.tag != "filter":
            return
        size = None if matrix is None else (1 / max(1e-9, hypot(*matrix[:2])), 1 / max(1e-9, hypot(*matrix[2:4])))
        area = _area(region(chosen, box, size) or _EVERYWHERE, _EVERYWHERE)
        in_boxes = chosen.get("primitiveUnits") == "objectBoundingBox"
        enlarged = 1.0 if matrix is None or in_boxes else max(map(abs, matrix[:4]))
        self._add("filters", pixel=price(chosen, area, enlarged) * area)
        self.filter_layers = max(self.filter_layers, held_layers(chosen, area))

    def _cut(self, element: Element, name: str, matrix: Matrix | None, box: Box, price: float) -> None:
        """Add the clip path or the mask of an element, drawn over all of `box`."""
        found = _URL.search(element.get(name, ""))
        cutter = self._by_id.get(found[1]) if found else None
        if cutter is None or cutter.tag not in ("clipPath", "mask"):
            return
        area = _area(box, _EVERYWHERE)
        self._add("layers", pixel=price * area)
        units = cutter.get("clipPathUnits") or cutter.get("maskContentUnits")
        inner = None if units == "objectBoundingBox" else _transformed(matrix, cutter)
        for child in cutter:
            if child.tag not in _DRAWN_ELSEWHERE:
                self._draw(child, inner, {}, box)
                if cutter.tag == "clipPath" and "url(" in child.get("clip-path", "").lower():
                    self._add("layers", pixel=NANOSECONDS["nested clip"] * area)
        for again in ("clip-path", "mask"):
            self._cut(cutter, again, matrix, box, price)


def _styled(element: Element, above: Mapping[str, str]) -> dict[str, str]:
    """The paint that holds within an element."""
    own = {name: element.attrib[name] for name in _INHERITED if name in element.attrib}
    return {**above, **{name: value for name, value in own.items() if value.strip() != "inherit"}}


def _is_apart(element: Element) -> bool:
    return (
        element.tag == "svg"
        or element.get("opacity", "1").strip() not in ("", "1", "1.0", "100%")
        or any(element.get(name, "none").strip() != "none" for name in ("clip-path", "mask", "filter"))
        or "style" in element.attrib
    )


def _outline(element: Element) -> _Outline:
    """What is known of the outline of a path or basic shape."""
    unknown: Box | None = None
    if element.tag in ("path", "polyline", "polygon"):
        text = element.get("d", "") if element.tag == "path" else f"M{element.get('points', '')}"
        try:
            commands = parse_path(text)
        except (ValueError, OverflowError):
            # A renderer draws what comes before the mistake.
            count = len(text) // 2
            return _Outline(count, 0.0, 0.0, unknown) if count else _Outline(0, 0, 0, unknown)
        return _followed(commands)
    try:
        box = _bounds(element)
    except ValueError:
        return _Outline(16, 0.0, 0.0, unknown)
    left, top, right, bottom = box
    edges = 16 if element.tag in _CURVED or element.get("rx") or element.get("ry") else 4
    return _Outline(edges, 2 * (right - left), 2 * (bottom - top), box)


def _followed(commands: tuple[tuple[str | float, ...], ...]) -> _Outline:
    x = y = 0.0
    edges, across, down = 0, 0.0, 0.0
    left = top = float("inf")
    right = bottom = float("-inf")
    for _, *values in commands:
        edges += 2 if len(values) == 6 else 1
        for index in range(0, len(values), 2):
            to_x, to_y = float(values[index]), float(values[index + 1])
            across += abs(to_x - x)
            down += abs(to_y - y)
            x, y = to_x, to_y
            left, right, top, bottom = min(left, x), max(right, x), min(top, y), max(bottom, y)
    if not edges or left > right:
        return _Outline(0, 0.0, 0.0, None)
    # Back to where they began, which fills do.
    return _Outline(edges, across + right - left, down + bottom - top, (left, top, right, bottom))


def _bounds(element: Element) -> Box:
    def read(*names: str) -> list[float]:
        return [parse_number(element.get(name, "0")) for name in names]

    match element.tag:
        case "line":
            x, y, to_x, to_y = read("x1", "y1", "x2", "y2")
            return min(x, to_x), min(y, to_y), max(x, to_x), max(y, to_y)
        case "circle":
            x, y, r = read("cx", "cy", "r")
            return x - r, y - r, x + r, y + r
        case "ellipse":
            x, y, rx, ry = read("cx", "cy", "rx", "ry")
            longer = max(rx, ry)
            return x - (rx or longer), y - (ry or longer), x + (rx or longer), y + (ry or longer)
    x, y, width, height = read("x", "y", "width", "height")
    return x, y, x + width, y + height


def _rectangle(element: Element) -> Box | None:
    try:
        return _bounds(element) if element.get("width") and element.get("height") else None
    except ValueError:
        return None


def _transformed(matrix: Matrix | None, element: Element) -> Matrix | None:
    """The transformation within an element; None where it is not known."""
    text = element.get("transform", "")
    if matrix is None or not text.strip():
        return matrix
    try:
        return multiply(matrix, parse_transform(text))
    except ValueError:
        return None


def _moved(matrix: Matrix | None, element: Element) -> Matrix | None:
    if matrix is None:
        return None
    try:
        x, y = parse_number(element.get("x", "0")), parse_number(element.get("y", "0"))
    except ValueError:
        return None
    return multiply(matrix, (1, 0, 0, 1, x, y))


def _within(
    matrix: Matrix | None, element: Element, sized: Element, whole: tuple[float, float] | None
) -> tuple[Matrix | None, tuple[float, float] | None]:
    """The transformation within a picture of its own, and its width and height there; None where they are not known.

    Parameters
    ----------
    whole
        Width and height that it has where nothing is said of them.
    """
    fit = element.get("preserveAspectRatio", "xMidYMid").removesuffix("meet").strip()
    if matrix is None or whole is None or fit not in ("xMidYMid", "none"):
        return None, None
    try:
        given = [sized.get(name) or element.get(name) for name in ("width", "height")]
        width, height = [parse_number(text) if text else side for text, side in zip(given, whole, strict=True)]
        if "viewBox" not in element.attrib:
            return matrix, (width, height)
        left, top, across, down = parse_numbers(element.attrib["viewBox"].replace(",", " "))
        scales = width / across, height / down
    except (ValueError, ZeroDivisionError):
        return None, None
    if fit != "none":
        scales = (min(scales), min(scales))
    x = (width - across * scales[0]) / 2 - left * scales[0]
    y = (height - down * scales[1]) / 2 - top * scales[1]
    return multiply(matrix, (scales[0], 0, 0, scales[1], x, y)), (across, down)


def _mapped(matrix: Matrix | None, box: Box | None) -> Box:
    if matrix is None or box is None:
        return _EVERYWHERE
    a, b, c, d, e, f = matrix
    left, top, right, bottom = box
    across = [a * x + c * y + e for x in (left, right) for y in (top, bottom)]
    down = [b * x + d * y + f for x in (left, right) for y in (top, bottom)]
    return min(across), min(down), max(across), max(down)


def _united(boxes: list[Box | None]) -> Box | None:
    known = [box for box in boxes if box is not None]
    if not known:
        return None
    left, top, right, bottom = zip(*known, strict=True)
    return min(left), min(top), max(right), max(bottom)


def _area(box: Box, bounds: Box) -> float:
    """The area of a box, of which no more counts than fits into the bounds; where it lies does not matter."""
    return min(box[2] - box[0], bounds[2] - bounds[0]) * min(box[3] - box[1], bounds[3] - bounds[1])


def _lengths(matrix: Matrix | None, outline: _Outline) -> float:
    """How far the edges go down in all, in heights of the picture."""
    if matrix is None or outline.box is None:
        return float("inf")
    return abs(matrix[1]) * outline.across + abs(matrix[3]) * outline.down


def _stroked(outline: _Outline, matrix: Matrix | None, box: Box, style: Mapping[str, str]) -> tuple[Box, float, int]:
    """The box of a stroke, how far its edges go down, and their number."""
    smooth = "round" in (style.get("stroke-linejoin", ""), style.get("stroke-linecap", ""))
    parts = outline.edges + _dashes(outline, style)
    # Two sides and what joins them.
    edges = parts * (8 if smooth else 4)
    if matrix is None or outline.box is None:
        return _EVERYWHERE, float("inf"), edges
    try:
        width = abs(parse_number(style.get("stroke-width", "1")))
        limit = (
            1.0
            if style.get("stroke-linejoin", "miter") != "miter"
            else parse_number(style.get("stroke-miterlimit", "4"))
        )
    except ValueError:
        return _EVERYWHERE, float("inf"), edges
    a, b, c, d, _, _ = matrix
    across, down = hypot(a, c) * width, hypot(b, d) * width
    reach = max(limit, sqrt(2)) / 2
    left, top, right, bottom = box
    grown = left - reach * across, top - reach * down, right + reach * across, bottom + reach * down
    return grown, 2 * _lengths(matrix, outline) + 2 * parts * down, edges


def _dashes(outline: _Outline, style: Mapping[str, str]) -> int:
    """The dashes of a stroke, each of which is an outline of its own."""
    given = style.get("stroke-dasharray", "none").strip()
    if given in ("", "none", "0"):
        return 0
    try:
        period = sum(parse_numbers(given)) / len(parse_numbers(given))
        return min(int((outline.across + outline.down) / period), _UNCOUNTED)
    except (ValueError, ZeroDivisionError, OverflowError):
        return _UNCOUNTED
