"""The shapes of a simple SVG logo, for formats that draw paths themselves.

A simple logo consists of paths and basic shapes in plain colours. Any other logo has no shapes, and the caller shows a
bitmap: an SVG is drawn exactly, or not at all.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree

import msgspec

from ...artwork.color import Color, parse_color
from .logo_path_data import Matrix, ellipse, multiply, parse_number, parse_numbers, parse_path, parse_transform

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from ...artwork.model import Path

__all__ = ["VectorShape", "parse_outline", "parse_shapes"]


class VectorShape(msgspec.Struct, frozen=True):
    """Outlines and how they are painted.

    Attributes
    ----------
    matrix
        Maps the outlines to the picture, whose box goes from 0 to 1 across and down.
    fill, stroke
        Colours; None for none.
    even
        Whether to fill by the even-odd rule.
    pen
        Width of the stroke, its cap and join as PDF and PostScript number them, and its limit for mitres.
    dashes
        The lengths of dashes and gaps, empty for a solid line, and how far into them the line begins.
    """

    path: Path
    matrix: Matrix
    fill: Color | None
    even: bool
    stroke: Color | None
    pen: tuple[float, int, int, float]
    dashes: tuple[tuple[float, ...], float]


_INHERITED: Final = {
    "fill": "black",
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
    "color": "black",
}
_GEOMETRY: Final = {
    "path": ("d",),
    "rect": ("x", "y", "width", "height", "rx", "ry"),
    "circle": ("cx", "cy", "r"),
    "ellipse": ("cx", "cy", "rx", "ry"),
    "line": ("x1", "y1", "x2", "y2"),
    "polyline": ("points",),
    "polygon": ("points",),
    "g": (),
    "svg": (),
}
# Attributes without effect here: names, hints, and attributes for clip paths.
_IGNORED: Final = frozenset({"id", "clip-rule", "shape-rendering", "viewBox"})
_CAPS: Final = {"butt": 0, "round": 1, "square": 2}
_JOINS: Final = {"miter": 0, "round": 1, "bevel": 2}


@lru_cache(maxsize=8)
def parse_shapes(body: bytes) -> tuple[VectorShape, ...] | None:
    """Parse the shapes of a sanitised SVG document, the lowest first; None where paths alone cannot draw it."""
    root = ElementTree.fromstring(body.decode())  # noqa: S314 - what was sanitised has no entities
    try:
        left, top, width, height = parse_numbers(root.get("viewBox", ""))
        matrix = (1 / width, 0.0, 0.0, 1 / height, -left / width, -top / height)
        return tuple(_parse_element(root, matrix, _INHERITED, root=True))
    except (KeyError, ValueError, ZeroDivisionError):
        return None


def _parse_element(
    element: Element, matrix: Matrix, inherited: dict[str, str], *, root: bool = False
) -> Iterator[VectorShape]:
    tag = element.tag.rpartition("}")[2]
    if tag == "defs" and not len(element):
        return
    geometry = _GEOMETRY[tag]
    if tag == "svg" and not root:
        raise ValueError("a picture within the picture is clipped")
    style = dict(inherited)
    opacity = 1.0
    for name, value in element.attrib.items():
        if name == "opacity" and tag not in ("g", "svg"):
            opacity = min(max(parse_number(value), 0.0), 1.0)
        elif name in _INHERITED:
            style[name] = inherited[name] if value == "inherit" else value.strip()
        elif name == "transform":
            matrix = multiply(matrix, parse_transform(value))
        elif name not in geometry and name not in _IGNORED:
            raise ValueError(f"{name} is more than a shape")
    if tag in ("g", "svg"):
        for child in element:
            yield from _parse_element(child, matrix, style)
        return
    outline = parse_outline(tag, element)
    fill, stroke = (_parse_paint(style, name, opacity) for name in ("fill", "stroke"))
    if fill and stroke and opacity < 1:
        raise ValueError("a fill would show through the stroke")
    width = parse_number(style["stroke-width"])
    if outline and (fill or stroke):
        pen = (
            width,
            _CAPS[style["stroke-linecap"]],
            _JOINS[style["stroke-linejoin"]],
            parse_number(style["stroke-miterlimit"]),
        )
        even = {"nonzero": False, "evenodd": True}[style["fill-rule"]]
        yield VectorShape(outline, matrix, fill, even, stroke if width > 0 else None, pen, _parse_dashes(style))


def _parse_dashes(style: dict[str, str]) -> tuple[tuple[float, ...], float]:
    if style["stroke-dasharray"] == "none":
        return (), 0.0
    lengths = tuple(parse_numbers(style["stroke-dasharray"]))
    # PDF has no negative offset of dashes.
    return lengths, parse_number(style["stroke-dashoffset"]) % sum(lengths)


def _parse_paint(style: dict[str, str], name: str, opacity: float) -> Color | None:
    value = style["color"] if style[name].lower() == "currentcolor" else style[name]
    if value == "none":
        return None
    color = parse_color(value)
    opacity *= min(max(parse_number(style[f"{name}-opacity"]), 0.0), 1.0)
    return msgspec.structs.replace(color, alpha=round(color.alpha * opacity)) if opacity * color.alpha else None


def parse_outline(tag: str, element: Element) -> Path:
    """Parse the outline of a path or basic shape named `tag`; raise ``ValueError`` if it has none."""
    if tag == "path":
        return parse_path(element.get("d", ""))
    if tag in ("polyline", "polygon"):
        points = parse_numbers(element.get("points", ""))
        pairs = list(zip(points[::2], points[1::2], strict=True))
        if not pairs:
            return ()
        closed: Path = (("Z",),) if tag == "polygon" else ()
        return ("M", *pairs[0]), *[("L", x, y) for x, y in pairs[1:]], *closed
    if tag == "rect":
        return _parse_rectangle(element)
    values = [parse_number(element.get(name, "0")) for name in _GEOMETRY[tag]]
    if tag == "line":
        x, y, end_x, end_y = values
        return ("M", x, y), ("L", end_x, end_y)
    x, y, *sides = values
    if min(sides) <= 0:
        return ()
    return ellipse(x, y, sides[0], sides[-1])


def _parse_rectangle(element: Element) -> Path:
    x, y, width, height = (parse_number(element.get(name, "0")) for name in _GEOMETRY["rect"][:4])
    if min(width, height) <= 0:
        return ()
    # A single radius counts for both, and a radius is at most half of its side (SVG 2, 10.2).
    across, down = element.get("rx") or element.get("ry") or "0", element.get("ry") or element.get("rx") or "0"
    rx, ry = min(parse_number(across), width / 2), min(parse_number(down), height / 2)
    right, bottom = x + width, y + height
    if min(rx, ry) <= 0:
        return ("M", x, y), ("L", right, y), ("L", right, bottom), ("L", x, bottom), ("Z",)
    arc = f"A{rx} {ry} 0 0 1"
    return parse_path(
        f"M{x + rx} {y}H{right - rx}{arc} {right} {y + ry}V{bottom - ry}{arc} {right - rx} {bottom}"
        f"H{x + rx}{arc} {x} {bottom - ry}V{y + ry}{arc} {x + rx} {y}Z"
    )
