"""Read colours, lay one over another, and measure their contrast."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from .color_names import COLOR_NAMES

__all__ = ["BLACK", "TRANSPARENT", "WHITE", "Color", "ColorError", "contrast", "luminance", "over", "parse_color"]


class Color(msgspec.Struct, frozen=True):
    """A colour in sRGB, each channel and the alpha from 0 to 255; the channels are not premultiplied."""

    red: int
    green: int
    blue: int
    alpha: int = 255

    @property
    def opaque(self) -> bool:
        """Whether the colour is fully opaque."""
        return self.alpha == 255

    @property
    def hex(self) -> str:
        """``#rrggbb`` in lower case, ``#rrggbbaa`` when not opaque."""
        if self.alpha == 255:
            return f"#{self.red << 16 | self.green << 8 | self.blue:06x}"
        return f"#{self.red:02x}{self.green:02x}{self.blue:02x}{self.alpha:02x}"


BLACK = Color(0, 0, 0)
WHITE = Color(255, 255, 255)
TRANSPARENT = Color(0, 0, 0, 0)


class ColorError(ValueError):
    """A text that is not a colour; `suggestion` is the colour most likely meant, or None."""

    def __init__(self, message: str, suggestion: str | None) -> None:
        super().__init__(message)
        self.suggestion = suggestion


@lru_cache(maxsize=1024)
def parse_color(text: str) -> Color:
    """Read ``#rgb``, ``#rgba``, ``#rrggbb``, ``#rrggbbaa``, a CSS colour name or ``transparent``, in any case.

    Raises
    ------
    ColorError
        The text is not a colour; the suggestion is the nearest name or the right spelling, if there is one.

    Examples
    --------
    >>> parse_color("RebeccaPurple").hex
    '#663399'
    >>> parse_color("#0008").hex
    '#00000088'
    """
    if text.startswith("#"):
        color = _parse_digits(text[1:])
        if color is not None:
            return color
    else:
        name = text.lower()
        if name in COLOR_NAMES:
            channels = COLOR_NAMES[name]
            return Color(channels >> 16, channels >> 8 & 255, channels & 255)
        if name == "transparent":
            return TRANSPARENT
    quoted = text if len(text) <= 40 else f"{text[:37]}..."
    suggestion = _guess_color(text) if len(text) <= 40 else None
    hint = f" Did you mean {suggestion}?" if suggestion else ""
    message = f"Must be #rgb, #rrggbb, #rrggbbaa, a CSS colour name or transparent, not {quoted!r}.{hint}"
    raise ColorError(message, suggestion)


def _parse_digits(digits: str) -> Color | None:
    if len(digits) in (3, 4):
        digits = "".join([digit * 2 for digit in digits])
    # bytes.fromhex would pass over spaces, int() would take signs and underscores.
    if len(digits) not in (6, 8) or not digits.isalnum():
        return None
    try:
        return Color(*bytes.fromhex(digits))
    except ValueError:
        return None


def _guess_color(text: str) -> str | None:
    """Guess the colour meant by a slip of one letter, by separators, or by digits without their ``#``."""
    if _parse_digits(text) is not None:
        return f"#{text.lower()}"
    letters = "".join([character for character in text.lower() if character.isalpha()])
    slips = _names_by_slip()
    names = {name for key in _without_one_letter(letters) for name in slips.get(key, ())}
    return min(names, key=lambda name: (name != letters, abs(len(name) - len(letters)), name), default=None)


@lru_cache(maxsize=1)
def _names_by_slip() -> dict[str, tuple[str, ...]]:
    # Two words that are one slip apart (a letter more, less, wrong, or out of place) share a word with one letter taken
    # out. So a look-up is enough, without the distance to every name: a rejected request has to stay cheap.
    slips: dict[str, tuple[str, ...]] = {}
    for name in (*COLOR_NAMES, "transparent"):
        for key in _without_one_letter(name):
            slips[key] = (*slips.get(key, ()), name)
    return slips


def _without_one_letter(word: str) -> set[str]:
    return {word, *(word[:index] + word[index + 1 :] for index in range(len(word)))}


def over(top: Color, bottom: Color) -> Color:
    """Lay `top` on `bottom` and return the visible colour (source over, Porter and Duff; in sRGB, as browsers do)."""
    if top.alpha == 255 or bottom.alpha == 0:
        return top
    if top.alpha == 0:
        return bottom
    kept = bottom.alpha * (255 - top.alpha)
    alpha = top.alpha * 255 + kept

    def blend(upper: int, lower: int) -> int:
        return round((upper * top.alpha * 255 + lower * kept) / alpha)

    return Color(
        blend(top.red, bottom.red),
        blend(top.green, bottom.green),
        blend(top.blue, bottom.blue),
        round(alpha / 255),
    )


@lru_cache(maxsize=1024)
def luminance(color: Color) -> float:
    """Return the relative luminance, 0 for black to 1 for white, of the colour as if it were opaque (WCAG 2.2)."""
    red, green, blue = (_linear(channel / 255) for channel in (color.red, color.green, color.blue))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    # 0.04045 is the threshold of IEC 61966-2-1; for 8-bit channels WCAG's older 0.03928 gives the same.
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def contrast(first: Color, second: Color) -> float:
    """Return the contrast ratio of two opaque colours, 1 for none to 21 for black and white (WCAG 2.2)."""
    lighter, darker = luminance(first), luminance(second)
    if lighter < darker:
        lighter, darker = darker, lighter
    return (lighter + 0.05) / (darker + 0.05)
