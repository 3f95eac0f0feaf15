"""Count how much an SVG draws once all references of its elements are followed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple, NoReturn

from ..model import refuse
from .allowlist import MAX_CHAIN, MAX_DRAWN, MAX_DRAWN_DATA, MAX_LAYERS, MAX_NESTED_LAYERS
from .numbers import MOST_GROWTH, growth, longest_side

if TYPE_CHECKING:
    from collections.abc import Iterable
    from xml.etree.ElementTree import Element

__all__ = ["Layers", "check_references", "refuse_long_chain"]

# Gradients are not drawn again for each reference.
_GRADIENTS: Final = ("linearGradient", "radialGradient")
_LOCAL_URL: Final = re.compile(r"""url\(\s*+["']?#([^"'()\s\\]++)""", re.IGNORECASE)
_DATUM: Final = re.compile(r"[-+]?(?:\d++(?:\.\d*+)?|\.\d++)(?:[eE][-+]?\d++)?|[A-Za-z]")
# Data of a basic shape: as many as the path of a circle has.
_BASIC: Final = 16
# Elements that are drawn only where something refers to them.
_REFERRED: Final = ("clipPath", "defs", "filter", "mask", "pattern", "symbol")
_LAYERED: Final = "opacity, clip paths, masks, patterns, filters and blending"
_OPAQUE: Final = ("", "1", "1.0", "100%")


class Layers(NamedTuple):
    """The separate layers that a renderer draws and then composites: how many at once, and how many in all."""

    nested: int
    all: int
    grown: float = 1.0
    """How many times transformations enlarge anything, at most."""


class Drawn(NamedTuple):
    """How much an element draws: elements, and numbers and letters of path data."""

    elements: int
    data: int

    @classmethod
    def sum(cls, each: Iterable[Drawn]) -> Drawn:
        """Add up what several elements draw."""
        return cls(*map(sum, zip((0, 0), *each, strict=True)))


def check_references(root: Element) -> Layers:
    """Refuse a document whose references form a circle, or make it draw too much.

    Ten elements that each refer twice to the next one, with ``use``, clip paths or masks, draw a thousand.
    """
    walk = _Walk(root)
    drawn = walk.drawn(root, 0)
    if drawn.elements > MAX_DRAWN:
        refuse(f"An SVG logo can draw at most {MAX_DRAWN} elements.", limit={"max": MAX_DRAWN})
    if drawn.data > MAX_DRAWN_DATA:
        message = f"The elements of an SVG logo can have at most {MAX_DRAWN_DATA} numbers and letters of path data"
        refuse(f"{message}; these have {drawn.data}.", limit={"max": MAX_DRAWN_DATA})
    grown = max([walk.grown(child) for child in root], default=1.0)
    if grown > MOST_GROWTH:
        refuse(f"Transformations in an SVG logo can enlarge by at most {MOST_GROWTH:g}.", limit={"max": MOST_GROWTH})
    layers = walk.layers(root)
    if layers.nested > MAX_NESTED_LAYERS:
        message = f"An SVG logo can nest {_LAYERED} at most {MAX_NESTED_LAYERS} deep."
        refuse(message, limit={"max": MAX_NESTED_LAYERS})
    if layers.all > MAX_LAYERS:
        message = f"An SVG logo can have {_LAYERED} at most {MAX_LAYERS} times."
        refuse(message, limit={"max": MAX_LAYERS})
    return layers._replace(grown=grown)


def refuse_long_chain() -> NoReturn:
    """Refuse a chain of more than `MAX_CHAIN` references."""
    refuse(f"A chain of references in an SVG logo can have at most {MAX_CHAIN} elements.", limit={"max": MAX_CHAIN})


class _Walk:
    """The results so far while the references of one document are followed."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.by_id = {name: element for element in root.iter() if (name := element.get("id"))}
        self.known: dict[Element, Drawn] = {}
        self.factors: dict[Element, float] = {}
        self.layered: dict[Element, Layers] = {}
        self.longest = longest_side(root)
        self.open: set[Element] = set()

    def drawn(self, element: Element, chain: int) -> Drawn:
        """Count what this element draws, including its descendants and the elements that it refers to."""
        if element in self.known:
            return self.known[element]
        if element in self.open:
            refuse("An element of the SVG refers to itself.")
        self.open.add(element)
        drawn = [Drawn(1, _data(element))]
        for child in element:
            inner = self.drawn(child, chain)
            drawn.append(Drawn(inner.elements, 0) if child.tag in _REFERRED else inner)
        for target in self.targets(element):
            if chain == MAX_CHAIN:
                refuse_long_chain()
            drawn.append(self.drawn(target, chain + 1))
        self.open.discard(element)
        self.known[element] = Drawn.sum(drawn)
        return self.known[element]

    def grown(self, element: Element) -> float:
        """Return an upper bound of the factor by which anything in this element is enlarged; no circles are allowed."""
        if element not in self.factors:
            inner = [self.grown(each) for each in (*element, *self.targets(element))]
            self.factors[element] = growth(element, self.longest) * max(inner, default=1.0)
        return self.factors[element]

    def layers(self, element: Element) -> Layers:
        """Count the layers that this element needs; its references must not form a circle."""
        if element not in self.layered:
            inner = [self.layers(child) for child in element if child.tag not in _REFERRED]
            inner += [self.layers(target) for target in self.targets(element)]
            own = element is not self.root and _is_layer(element)
            nested = max([each.nested for each in inner], default=0)
            self.layered[element] = Layers(own + nested, own + sum([each.all for each in inner]))
        return self.layered[element]

    def targets(self, element: Element) -> list[Element]:
        """Find the elements that an element refers to, and that are drawn with it."""
        names = [name for value in element.attrib.values() for name in _LOCAL_URL.findall(value)]
        names.append(element.get("href", "#")[1:])
        found = [self.by_id[name] for name in names if name and name in self.by_id]
        return [target for target in found if target.tag not in _GRADIENTS]


def _data(element: Element) -> int:
    """Count the numbers and letters of an element's outline; a stroke counts as two more outlines."""
    given = element.get("d", "") or element.get("points", "")
    count = len(_DATUM.findall(given)) if given else _BASIC
    return count if element.get("stroke", "none") == "none" else 3 * count


def _is_layer(element: Element) -> bool:
    return (
        element.tag in ("clipPath", "mask", "pattern", "svg", "symbol")
        or element.get("opacity", "").strip() not in _OPAQUE
        or any(element.get(name, "none").strip() != "none" for name in ("clip-path", "filter", "mask"))
        or "style" in element.attrib
    )
