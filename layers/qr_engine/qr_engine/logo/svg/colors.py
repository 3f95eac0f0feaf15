"""Convert the colours of CSS Color 4 to sRGB and an opacity, which every program reads.

A value is read once, from left to right. Colours that browsers compute and this module does not (``calc()``,
``color-mix()``, relative colours) count as invalid.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from math import pi
from typing import Final, NamedTuple

from ...artwork.color_names import COLOR_NAMES
from .color_spaces import PREDEFINED, Channels, hsl, hwb, lab, lch, oklab, oklch

__all__ = ["BLACK", "Color", "parse_color"]


class Color(NamedTuple):
    """A colour as ``#rrggbb``, and its opacity from 0 to 1."""

    hex: str
    opacity: float = 1.0


BLACK: Final = Color("#000000")

_HEX: Final = re.compile(r"#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})", re.IGNORECASE)
# At the end of a text, CSS closes a bracket that is still open.
_FUNCTION: Final = re.compile(r"([a-z]++)\(([^()]*+)\)?+", re.IGNORECASE)
_TOKEN: Final = re.compile(
    r"\s*+(?:([-+]?(?:\d++(?>(?:\.\d++)?)|\.\d++)(?>(?:e[-+]?\d++)?))(%|[a-z]++)?+|([a-z][\w-]*+)|([,/]))",
    re.IGNORECASE,
)
_TURNS: Final = {"": 1 / 360, "deg": 1 / 360, "grad": 1 / 400, "rad": 1 / (2 * pi), "turn": 1.0}
# No colour has a larger number, and powers of it do not overflow.
_LARGEST: Final = 1e9

# The light colour scheme of Chromium; a user's settings would change these colours in browsers, and not here.
_SYSTEM: Final = {
    "#000000": "buttonborder buttontext canvastext fieldtext marktext activeborder captiontext inactiveborder infotext"
    " menutext threeddarkshadow threedhighlight threedlightshadow threedshadow windowframe windowtext",
    "#ffffff": "accentcolortext canvas field highlighttext selecteditemtext activecaption appworkspace background"
    " inactivecaption infobackground menu scrollbar window",
    "#efefef": "buttonface buttonhighlight buttonshadow threedface",
    "#808080": "graytext inactivecaptiontext",
    "#0075ff": "accentcolor",
    "#ff0000": "activetext",
    "#0000ee": "linktext",
    "#ffff00": "mark",
    "#1967d2": "selecteditem",
    "#551a8b": "visitedtext",
}
_NAMED: Final = {
    **{name: Color(f"#{packed:06x}") for name, packed in COLOR_NAMES.items()},
    **{name: Color(color) for color, names in _SYSTEM.items() for name in names.split()},
    "highlight": Color("#0041c6", 0.8),
    "transparent": Color("#000000", 0.0),
}


class _Value(NamedTuple):
    """A number and its unit in lower case; ``none`` is zero in any unit."""

    number: float
    unit: str


_NONE: Final = _Value(0.0, "none")


@lru_cache(maxsize=1024)
def parse_color(text: str) -> Color | None:
    """Read any colour of CSS Color 4, without comments; None for ``currentColor`` and for invalid text.

    Examples
    --------
    >>> parse_color("color(display-p3 1 0 0 / 50%)")
    Color(hex='#ff0000', opacity=0.5)
    """
    text = text.strip()
    name = text.lower()
    if name in _NAMED:
        return _NAMED[name]
    if _HEX.fullmatch(text):
        return _from_digits(name[1:])
    found = _FUNCTION.fullmatch(text)
    if found is None:
        return None
    try:
        return _from_function(found[1].lower(), found[2])
    except (ValueError, OverflowError):
        return None


def _from_digits(digits: str) -> Color:
    if len(digits) < 6:
        digits = "".join([digit * 2 for digit in digits])
    return Color(f"#{digits[:6]}", int(digits[6:] or "ff", 16) / 255)


def _from_function(name: str, arguments: str) -> Color:
    """Read a colour function; raise ``ValueError`` for an unknown function or invalid arguments."""
    tokens = _tokens(arguments)
    space = ""
    if name == "color":
        space, tokens = str(tokens[0] if tokens else "").lower(), tokens[1:]
        if space not in PREDEFINED:
            raise ValueError(name)
    values, legacy = _values(tokens)
    if len(values) not in (3, 4) or (legacy and name not in ("rgb", "rgba", "hsl", "hsla")):
        raise ValueError(name)
    opacity = min(max(_amount(values[3], 1.0), 0.0), 1.0) if len(values) == 4 else 1.0
    return Color(_hex(_channels(name, space, values[:3], legacy)), opacity)


def _channels(name: str, space: str, values: list[_Value], legacy: bool) -> Channels:
    first, second, third = values
    if legacy and len({each.unit for each in (values if name.startswith("rgb") else values[1:])}) > 1:
        raise ValueError("with commas, all are percentages or none is")
    if name in ("rgb", "rgba"):
        red, green, blue = (_amount(value, 255.0) / 255 for value in values)
        return red, green, blue
    if name in ("hsl", "hsla"):
        if legacy and second.unit != "%":
            raise ValueError("with commas, saturation and lightness are percentages")
        saturation, lightness = _amount(second, 100.0) / 100, _amount(third, 100.0) / 100
        return hsl(_degrees(first), min(max(saturation, 0.0), 1.0), min(max(lightness, 0.0), 1.0))
    if name == "hwb":
        return hwb(_degrees(first), *[min(max(_amount(value, 100.0) / 100, 0.0), 1.0) for value in (second, third)])
    if name == "color":
        one, two, three = (_amount(value, 1.0) for value in values)
        return PREDEFINED[space]((one, two, three))
    if name not in _PERCEPTUAL:
        raise ValueError(name)
    lightest, widest, polar, converted = _PERCEPTUAL[name]
    lightness = min(max(_amount(first, lightest), 0.0), lightest)
    if polar:
        return converted(lightness, max(_amount(second, widest), 0.0), _degrees(third))
    return converted(lightness, _amount(second, widest), _amount(third, widest))


# The number for 100 % of the lightness, and of the other axes; whether these are chroma and hue; and the conversion.
_PERCEPTUAL: Final[dict[str, tuple[float, float, bool, Callable[[float, float, float], Channels]]]] = {
    "lab": (100.0, 125.0, False, lab),
    "lch": (100.0, 150.0, True, lch),
    "oklab": (1.0, 0.4, False, oklab),
    "oklch": (1.0, 0.4, True, oklch),
}


def _tokens(text: str) -> list[_Value | str]:
    """Split arguments into values, words, commas and slashes; raise ``ValueError`` for anything else."""
    found: list[_Value | str] = []
    position, text = 0, text.rstrip()
    while position < len(text):
        token = _TOKEN.match(text, position)
        # No colour has more than a colour space, three values, an opacity, and their separators.
        if token is None or len(found) > 8:
            raise ValueError(text[:40])
        number, unit, word, mark = token.groups()
        if number is not None:
            found.append(_Value(min(max(float(number), -_LARGEST), _LARGEST), (unit or "").lower()))
        else:
            found.append(mark or (_NONE if word.lower() == "none" else word))
        position = token.end()
    return found


def _values(tokens: list[_Value | str]) -> tuple[list[_Value], bool]:
    """Return three values and an optional opacity, and whether commas separate them, as only in older functions."""
    if "," in tokens:
        values, marks = tokens[::2], tokens[1::2]
        if set(marks) != {","} or _NONE in values:
            raise ValueError("with commas, there are commas everywhere, and nothing is left out")
    else:
        values, marks = [*tokens[:3], *tokens[4:]], tokens[3:4]
        if marks not in ([], ["/"]) or len(tokens) == 4:
            raise ValueError("an opacity follows a slash")
    found = [value for value in values if isinstance(value, _Value)]
    if len(found) != len(values) or len(values) == len(marks):
        raise ValueError("a value is missing")
    return found, "," in tokens


def _amount(value: _Value, whole: float) -> float:
    """Return a number as it is, or a percentage as a part of `whole`."""
    if value.unit not in ("", "%", "none"):
        raise ValueError(value.unit)
    return value.number / 100 * whole if value.unit == "%" else value.number


def _degrees(value: _Value) -> float:
    if value.unit == "none":
        return 0.0
    if value.unit not in _TURNS:
        raise ValueError(value.unit)
    return value.number * _TURNS[value.unit] * 360 % 360


def _hex(color: Channels) -> str:
    red, green, blue = (int(min(max(channel, 0.0), 1.0) * 255 + 0.5) for channel in color)
    return f"#{red:02x}{green:02x}{blue:02x}"
