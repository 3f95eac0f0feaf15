"""Write all colours of an SVG logo as ``#rrggbb`` and a separate opacity.

Programs support different notations, and draw a colour that they cannot read in black. So this module resolves the
current colour, fallbacks of references to missing elements, and the opacity within a colour, which multiplies the
separate opacity.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from ..model import refuse
from .colors import BLACK, Color, parse_color

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

__all__ = ["COLORS", "OPACITIES", "is_paint", "opacity_of", "settle_paints"]

COLORS: Final = ("fill", "stroke", "color", "stop-color", "flood-color", "lighting-color")
"""Properties that are colours; the first two may also be references."""

OPACITIES: Final = ("opacity", "fill-opacity", "stroke-opacity", "stop-opacity", "flood-opacity")

_PAINTS: Final = ("fill", "stroke")
_INITIAL: Final = {"stroke": "none", "lighting-color": "#ffffff"}
_PAINT_SERVERS: Final = ("linearGradient", "radialGradient", "pattern")
_INHERITING: Final = ("inherit", "unset", "revert", "revert-layer")
_REFERENCE: Final = re.compile(r"""url\(\s*+(["']?)#([^"'()\s\\]++)\1\s*+\)""", re.IGNORECASE)
_OPACITY: Final = re.compile(r"([-+]?(?:\d++(?>(?:\.\d++)?)|\.\d++)(?>(?:e[-+]?\d{1,3}+)?))(%?)", re.IGNORECASE)


class _Inherited(NamedTuple):
    """The values that an element inherits."""

    color: Color = BLACK
    current: frozenset[str] = frozenset()
    within: tuple[float, ...] = (1.0, 1.0)
    beside: tuple[float, ...] = (1.0, 1.0)


def is_paint(name: str, value: str) -> bool:
    """Return whether the value is valid CSS for a property of `COLORS`."""
    word = value.lower()
    if word in (*_INHERITING, "initial", "currentcolor"):
        return True
    if name in _PAINTS:
        if word == "none":
            return True
        if reference := _REFERENCE.match(value):
            fallback = value[reference.end() :].strip()
            return not fallback or fallback.lower() in ("none", "currentcolor") or parse_color(fallback) is not None
    return parse_color(value) is not None


def opacity_of(text: str) -> float | None:
    """Read a number or a percentage, and clip it to 0 to 1; None for anything else."""
    found = _OPACITY.fullmatch(text.strip())
    return min(max(float(found[1]) / (100 if found[2] else 1), 0.0), 1.0) if found else None


def settle_paints(root: Element) -> None:
    """Write every colour as ``#rrggbb``, with its opacity in the matching property.

    Raises
    ------
    InvalidRequest
        The value of a colour attribute is not a colour.
    """
    servers = {element.get("id", "") for element in root.iter() if element.tag in _PAINT_SERVERS}
    # An element drawn by `use` takes the current colour from the `use`, so `currentColor` has to stay.
    kept = any(True for _ in root.iter("use")) and any("color" in element.attrib for element in root.iter())
    # It also inherits paint there. If elements set a separate opacity, the opacity within that paint has to stay in it.
    beside = [f"{name}-opacity" for name in _PAINTS]
    within = any(True for _ in root.iter("use")) and any(name in each.attrib for each in root.iter() for name in beside)
    if kept and "color" not in root.attrib:
        root.set("color", BLACK.hex)
    _Settling(servers, kept, within).settle(root, _Inherited(), {})


class _Settling(NamedTuple):
    """The properties of the whole document that matter for its colours.

    Attributes
    ----------
    kept
        Whether ``currentColor`` stays.
    within
        Whether the opacity within a colour stays there, as ``#rrggbbaa``.
    """

    servers: set[str]
    kept: bool
    within: bool

    def settle(self, element: Element, above: _Inherited, around: dict[str, str]) -> None:
        """Settle the colours of an element and its descendants; `around` has the attributes of its parent."""
        for name in COLORS:
            value = element.get(name)
            if value is not None and not is_paint(name, value.strip()):
                refuse(f'The SVG has {name}="{value[:60]}", which is not a CSS Color 4 colour.')
        color = self._current(element, above.color)
        below, current = [], set(above.current)
        for index, name in enumerate(_PAINTS):
            within = self._paint(element, name, above, color, current)
            within = above.within[index] if within is None else within
            beside = _own_opacity(element, f"{name}-opacity", above.beside[index])
            before = above.within[index] * above.beside[index]
            _write_opacity(element, f"{name}-opacity", within * beside, before)
            below.append((within, beside))
        for name, opacity_name in (("stop", "stop-opacity"), ("flood", "flood-opacity"), ("lighting", "")):
            self._plain(element, f"{name}-color", opacity_name, color, around)
        opacity = _own_opacity(element, "opacity", float(around.get("opacity", 1)), 1.0)
        _write_opacity(element, "opacity", opacity, 1.0)
        inherited = _Inherited(color, frozenset(current), *map(tuple, zip(*below, strict=True)))
        for child in element:
            self.settle(child, inherited, element.attrib)

    def _current(self, element: Element, above: Color) -> Color:
        given = element.attrib.pop("color", None)
        value = (given or "").strip()
        color = BLACK if value.lower() == "initial" else parse_color(value) or above
        if self.kept and given is not None:
            element.set("color", _with_opacity(color) if color.opacity < 1 else color.hex)
        return color

    def _paint(self, element: Element, name: str, above: _Inherited, color: Color, current: set[str]) -> float | None:
        """Settle a fill or a stroke, and return the opacity within it; None if the element inherits that."""
        value = element.attrib.pop(name, "inherit").strip()
        if value.lower() in _INHERITING:
            if name not in current or color == above.color or self.kept:
                return None
            value = "currentcolor"
        if value.lower() == "initial":
            value = _INITIAL.get(name, BLACK.hex)
        if reference := _REFERENCE.match(value):
            if reference[2] in self.servers:
                element.set(name, f"url(#{reference[2]})")
                current.discard(name)
                return 1.0
            value = value[reference.end() :].strip() or "none"
        current.discard(name)
        if value.lower() == "currentcolor":
            current.add(name)
            if self.kept:
                element.set(name, "currentColor")
                return 1.0
        settled = color if value.lower() == "currentcolor" else parse_color(value)
        if self.within and settled and settled.opacity < 1:
            element.set(name, _with_opacity(settled))
            return 1.0
        element.set(name, settled.hex if settled else "none")
        return settled.opacity if settled else 1.0

    def _plain(self, element: Element, name: str, beside: str, color: Color, around: dict[str, str]) -> None:
        """Settle a colour of a property that is not inherited."""
        given = element.get(name)
        initial = _INITIAL.get(name, BLACK.hex)
        value = (given or initial).strip().lower()
        if value in ("initial", "unset", "revert", "revert-layer"):
            value = initial
        if value == "inherit":
            value = around.get(name, initial)
        settled = color if value == "currentcolor" else parse_color(value) or BLACK
        if given is not None and not (self.kept and value == "currentcolor"):
            element.set(name, settled.hex)
        if beside:
            opacity = _own_opacity(element, beside, float(around.get(beside, 1)), 1.0)
            _write_opacity(element, beside, opacity * (settled.opacity if given is not None else 1.0), 1.0)


def _with_opacity(color: Color) -> str:
    return f"{color.hex}{round(color.opacity * 255):02x}"


def _own_opacity(element: Element, name: str, inherited: float, initial: float | None = None) -> float:
    """Read the opacity that an element sets; ignore an invalid one, as browsers do."""
    value = element.attrib.pop(name, "").strip().lower()
    if value == "inherit" or (initial is None and value in _INHERITING):
        return inherited
    if value == "initial":
        return 1.0
    own = opacity_of(value)
    return own if own is not None else inherited if initial is None else initial


def _write_opacity(element: Element, name: str, opacity: float, inherited: float) -> None:
    if opacity != inherited:
        element.set(name, f"{opacity:.6f}".rstrip("0").rstrip(".") or "0")
