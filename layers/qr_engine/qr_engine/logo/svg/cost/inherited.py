"""The paint that elements of an SVG inherit, as far as it decides what they cost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.etree.ElementTree import Element

__all__ = ["style_around", "styled"]

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


def styled(element: Element, above: Mapping[str, str]) -> dict[str, str]:
    """Return the paint that applies within an element: its own attributes over the inherited ones."""
    own = {name: element.attrib[name] for name in _INHERITED if name in element.attrib}
    return {**above, **{name: value for name, value in own.items() if value.strip() != "inherit"}}


def style_around(element: Element, parents: Mapping[Element, Element]) -> dict[str, str]:
    """Return the paint that an element inherits from its parents in the document, not from where it is used."""
    chain = [element]
    while (parent := parents.get(chain[-1])) is not None:
        chain.append(parent)
    style: dict[str, str] = {}
    for each in reversed(chain):
        style = styled(each, style)
    return style
