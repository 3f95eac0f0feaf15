"""The tiles of patterns in an SVG: how large they are, and what is drawn in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from ....render.page.logo_path_data import Matrix, multiply, parse_number, parse_transform
from ...model import refuse
from ..allowlist import MAX_CHAIN

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.etree.ElementTree import Element

__all__ = ["Tile", "tile_of"]

# The largest area of a tile; 1 is the area of the picture. A layer has the same limit.
_MOST_AREA: Final = 25.0

_Box = tuple[float, float, float, float]


class Tile(msgspec.Struct, frozen=True):
    """One tile of a pattern.

    Attributes
    ----------
    content
        The element whose children are drawn in it.
    matrix
        Maps the children's coordinates to the picture, which goes from 0 to 1; None where it is not known.
    box
        A box from (0, 0) with the size of the tile.
    """

    content: Element
    matrix: Matrix | None
    box: _Box


def tile_of(pattern: Element, by_id: Mapping[str, Element], matrix: Matrix | None, box: _Box) -> Tile:
    """Return the tile with which a pattern paints `box`; refuse one of unknown size or far larger than the picture."""
    given, content = _inherited(pattern, by_id)
    try:
        turned = (
            parse_transform(given["patternTransform"])
            if "patternTransform" in given
            else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        )
        width, height = (_length(given.get(side, "0")) for side in ("width", "height"))
    except ValueError:
        refuse("A pattern in the SVG must have a width and a height, as numbers.")
    grown = max(1e-9, *[abs(value) for value in turned[:4]])
    inner = multiply(matrix, turned) if matrix is not None else None
    if given.get("patternUnits", "objectBoundingBox") == "userSpaceOnUse":
        if inner is None:
            refuse("A pattern in the SVG is used where its size is unknown.")
        a, b, c, d, _, _ = inner
        across, down = abs(a) * width + abs(c) * height, abs(b) * width + abs(d) * height
    else:
        across, down = width * grown * (box[2] - box[0]), height * grown * (box[3] - box[1])
    if across * down > _MOST_AREA:
        refuse(f"A pattern tile in the SVG can be at most {_MOST_AREA:g} times as large as the picture.")
    known = given.get("patternContentUnits", "userSpaceOnUse") == "userSpaceOnUse" and "viewBox" not in given
    return Tile(content, inner if known else None, (0.0, 0.0, across, down))


def _inherited(pattern: Element, by_id: Mapping[str, Element]) -> tuple[dict[str, str], Element]:
    """Return the attributes of a pattern and of those that it refers to, and the first of them that has children."""
    given: dict[str, str] = {}
    content, each = pattern, pattern
    for _ in range(MAX_CHAIN):
        given = {**each.attrib, **given}
        if not len(content):
            content = each
        target = by_id.get(each.get("href", "#")[1:])
        if target is None or target.tag != "pattern":
            break
        each = target
    return given, content


def _length(text: str) -> float:
    text = text.strip()
    return abs(
        parse_number(text.removesuffix("%")) / 100 if text.endswith("%") else parse_number(text.removesuffix("px"))
    )
