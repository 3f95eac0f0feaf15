"""Turn the styles of an SVG logo into attributes of its elements, which all programs read in the same way.

Programs differ in the selectors and properties that they support, and style sheets of two documents on one page would
mix. The cascade decides between styles, as in any document (CSS Cascading and Inheritance 3, 6).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from ..model import refuse
from .allowlist import GEOMETRY, PROPERTIES, REFUSED_PROPERTIES, STYLED
from .dashes import is_dashes
from .paints import COLORS, OPACITIES, is_paint, opacity_of, settle_paints
from .style_sheet import is_for_screen, read_rules

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

__all__ = ["settle"]

_MAX_SELECTORS: Final = 2000
# The most comparisons of an element with a part of a selector, and of values; they take a third of a second.
_MAX_TRIED: Final = 200_000
_COMPOUND: Final = re.compile(r"(:root|\*|[a-zA-Z][\w-]*+)?((?>(?:[.#][\w-]++)*))")
# Selectors that never match in a still picture.
_NEVER: Final = re.compile(r"::|:(?:hover|focus|focus-visible|focus-within|active|visited|link|target)(?![\w-])")

_OF_EVERY_PROPERTY: Final = ("inherit", "initial", "unset", "revert", "revert-layer")
_LOCAL_URL: Final = re.compile(r"""url\(\s*+(["']?)#([^"'()\s\\]++)\1\s*+\)""", re.IGNORECASE)
_MARKERS: Final = ("marker-start", "marker-mid", "marker-end")
_SHORT: Final = {"marker": _MARKERS}
_KEYWORDS: Final = {
    "fill-rule": "nonzero evenodd",
    "clip-rule": "nonzero evenodd",
    "stroke-linecap": "butt round square",
    "stroke-linejoin": "miter round bevel",
    "visibility": "visible hidden collapse",
    "mask-type": "luminance alpha",
    "isolation": "auto isolate",
    "vector-effect": "none non-scaling-stroke",
    "color-interpolation-filters": "auto sRGB linearRGB",
    "mix-blend-mode": "normal multiply screen overlay darken lighten color-dodge color-burn hard-light soft-light"
    " difference exclusion hue saturation color luminosity plus-lighter",
}

Values: TypeAlias = dict[str, tuple[bool, str]]
"""For each property, whether it is important, and its value; ``!`` precedes the names of dropped properties."""

Rank: TypeAlias = tuple[bool, bool, tuple[int, int, int], int]
"""Whether a value is important, whether it is in a style attribute, the specificity of its selector, and its order."""


class _Step(NamedTuple):
    """One element that a selector names: how, and whether the step before must be its parent or any ancestor."""

    bit: int
    tag: str
    classes: frozenset[str]
    identifiers: frozenset[str]
    before: int
    child: bool


class _Selector(NamedTuple):
    last: int
    specificity: tuple[int, int, int]
    order: int
    values: Values


class _Sheet:
    """All rules of a document: the steps of their selectors by the name to look up, and the values by the last step."""

    def __init__(self) -> None:
        self.steps: dict[str, list[_Step]] = {}
        self.selectors: dict[int, _Selector] = {}
        self.count = 0
        self.tried = 0

    def add(self, selector: str, values: Values) -> None:
        if _NEVER.search(selector):
            return
        compounds = " >".join([part.strip() for part in selector.split(">")]).split()
        before, specificity = 0, (0, 0, 0)
        for text in compounds:
            named = _COMPOUND.fullmatch(text.removeprefix(">"))
            if named is None or text == ">":
                refuse(
                    f"Style sheets in an SVG can only select elements, classes and ids, not {selector.strip()[:40]!r}."
                )
            names = re.findall(r"[.#][\w-]+", named[2])
            classes = frozenset([name for name in names if name[0] == "."])
            identifiers = frozenset(names) - classes
            tag = named[1] or "*"
            step = _Step(1 << self.count, tag, classes, identifiers, before, text.startswith(">"))
            self.steps.setdefault(min(identifiers or classes or {tag}), []).append(step)
            specificity = (
                specificity[0] + len(identifiers),
                specificity[1] + len(classes) + (tag == ":root"),
                specificity[2] + (tag not in ("*", ":root")),
            )
            before = step.bit
            self.count += 1
            if self.count > _MAX_SELECTORS:
                refuse(f"The style sheets of an SVG logo can have at most {_MAX_SELECTORS} selectors.")
        if before:
            self.selectors[before] = _Selector(before, specificity, len(self.selectors), values)

    def matched(self, element: Element, parent: int, above: int, *, root: bool) -> int:
        """Return the bits of the steps that the element matches, given those of its parent and of all ancestors."""
        classes = {f".{name}" for name in element.get("class", "").split()}
        identifier = f"#{element.get('id', '')}"
        found = 0
        for key in (*classes, identifier, element.tag, "*", *([":root"] if root else [])):
            for step in self.steps.get(key, ()):
                self.spend(1)
                if (
                    step.classes <= classes
                    and step.identifiers <= {identifier}
                    and step.tag in ("*", element.tag, ":root" if root else "*")
                    and (not step.before or step.before & (parent if step.child else above))
                ):
                    found |= step.bit
        return found

    def spend(self, count: int) -> None:
        self.tried += count
        if self.tried > _MAX_TRIED:
            refuse("The style sheets of the SVG take too long to apply.")


def settle(root: Element) -> None:
    """Write the values from style sheets and style attributes into other attributes, and remove the styles.

    Raises
    ------
    InvalidRequest
        Programs read a kind of selector differently, or a property changes what only attributes may change.
    """
    sheet = _Sheet()
    for style in list(root.iter("style")):
        if is_for_screen(style.get("media", "")):
            for selectors, declarations in read_rules(style.text or ""):
                values = _values(declarations)
                for selector in selectors.split(","):
                    sheet.add(selector, values)
    for element in root.iter():
        for style in element.findall("style"):
            element.remove(style)
    _settle(root, sheet, 0, 0, frozenset(), root=True)
    _settle_filters(root)
    settle_paints(root)


def _settle_filters(root: Element) -> None:
    """Keep references to single filters; programs differ in references to missing filters and in filter functions."""
    filters = {element.get("id", "") for element in root.iter("filter")}
    for element in root.iter():
        value = element.attrib.pop("filter", "none").strip()
        found = _LOCAL_URL.fullmatch(value)
        if found is None and value.lower() not in ("none", *_OF_EVERY_PROPERTY):
            refuse(
                "An SVG logo can only have filters that are elements, one for each filtered element: filter:url(#…)."
            )
        if found is not None and found[2] in filters:
            element.set("filter", f"url(#{found[2]})")


def _values(text: str) -> Values:
    found: Values = {}
    for declaration in text.split(";"):
        name, _, value = declaration.partition(":")
        name, value = name.strip().lower(), value.strip()
        if name in REFUSED_PROPERTIES and value.lower() != "none":
            refuse(f"A style in the SVG must not {REFUSED_PROPERTIES[name]}.")
        before, mark, word = value.rpartition("!")
        important = bool(mark) and word.strip().lower() == "important"
        bare = before.rstrip() if important else value
        for each in _SHORT.get(name, (name,)):
            if not bare or each not in PROPERTIES:
                continue
            if not _is_valid(each, bare):
                found[f"!{each}"] = False, bare
            elif important or not found.get(each, (False,))[0]:
                found[each] = important, bare
    return found


def _settle(
    element: Element, sheet: _Sheet, parent: int, above: int, colored: frozenset[str], *, root: bool = False
) -> None:
    matched = sheet.matched(element, parent, above, root=root)
    own = _values(element.attrib.pop("style", ""))
    element.attrib.pop("class", None)
    chosen: dict[str, tuple[Rank, str]] = {}
    for selector in _selected(sheet, matched):
        sheet.spend(len(selector.values))
        _choose(chosen, selector.values, False, selector.specificity, selector.order)
    _choose(chosen, own, True, (0, 0, 0), 0)
    for name in COLORS:
        # CSS drops a value that it cannot parse. The previous value then holds, and without one, black.
        if f"!{name}" in chosen and name not in chosen and name not in element.attrib and name not in colored:
            refuse(f"A style in the SVG has {name}:{chosen[f'!{name}'][1][:60]}, which is not a CSS Color 4 colour.")
    for name, (_, value) in chosen.items():
        # On an svg element, geometry properties set the size of a box on a page, not of the picture.
        if name in PROPERTIES and name not in STYLED and not (element.tag == "svg" and name in GEOMETRY):
            element.set(name, value)
    kept = [f"{name}:{chosen[name][1].lower()}" for name in STYLED if name in chosen]
    if kept:
        element.set("style", ";".join(kept))
    colored = colored.union([name for name in COLORS[:3] if name in element.attrib])
    for child in element:
        _settle(child, sheet, matched, above | matched, colored)


def _is_valid(name: str, value: str) -> bool:
    """Return whether the value is valid CSS for the property, as far as this module knows the property."""
    if name in COLORS:
        return is_paint(name, value)
    if value.lower() in _OF_EVERY_PROPERTY:
        return True
    if name in OPACITIES:
        return opacity_of(value) is not None
    if name in _MARKERS:
        return value.lower() == "none" or _LOCAL_URL.fullmatch(value) is not None
    if name in ("stroke-dasharray", "stroke-dashoffset"):
        return is_dashes(name, value)
    return name not in _KEYWORDS or value.lower() in _KEYWORDS[name].lower().split()


def _selected(sheet: _Sheet, matched: int) -> Iterator[_Selector]:
    while matched:
        bit = matched & -matched
        if bit in sheet.selectors:
            yield sheet.selectors[bit]
        matched ^= bit


def _choose(
    chosen: dict[str, tuple[Rank, str]], values: Values, own: bool, specificity: tuple[int, int, int], order: int
) -> None:
    for name, (important, value) in values.items():
        rank = important, own, specificity, order
        if name not in chosen or chosen[name][0] <= rank:
            chosen[name] = rank, value
