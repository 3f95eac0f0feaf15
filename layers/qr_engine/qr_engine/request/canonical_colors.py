"""The two colours that every code has, as requests name them."""

from __future__ import annotations

from ..artwork.color import WHITE, Color, ColorError, contrast, luminance, over, parse_color
from ..errors import Issue
from .canonical import CanonicalStyle
from .plain_schema import PlainColors, RequestFields

__all__ = ["CONTRAST_REQUIRED", "parse_color_field", "parse_colors", "style_for_colors"]

_BLACK, _WHITE = Color(0, 0, 0, 255), Color(255, 255, 255, 255)
CONTRAST_REQUIRED = 3.0
"""The same as in `scan.contrast`, which no request loads before it has a symbol."""


def parse_colors(requested: PlainColors, issues: list[Issue]) -> tuple[Color, Color]:
    """Parse the foreground and the background; problems are added to `issues`."""
    foreground = parse_color_field(requested.foreground, "colors.foreground", issues)
    background = parse_color_field(requested.background, "colors.background", issues)
    return foreground or _BLACK, background or _WHITE


def style_for_colors(request: RequestFields, symbol_colors: tuple[Color, Color]) -> CanonicalStyle | None:
    """Return the canonical style of a code that is plain but for its colours; None if the colours need no style.

    They need one if there is too little contrast and the request still wants the code, and if the code is lighter than
    its background but should be read by all.
    """
    if request.contrast == "refuse" and request.readers == "phones":
        return None
    background = over(symbol_colors[1], WHITE)
    foreground = over(symbol_colors[0], background)
    faint = request.contrast == "warn" and contrast(foreground, background) < CONTRAST_REQUIRED
    inverted = request.readers == "all" and luminance(foreground) > luminance(background)
    if not faint and not inverted:
        return None
    return CanonicalStyle(verify=request.verify, faint=faint, readers="all" if inverted else "phones")


def parse_color_field(text: str, path: str, issues: list[Issue]) -> Color | None:
    """Parse the colour in the field at `path`; if it is not a colour, return None and add an issue."""
    try:
        return parse_color(text)
    except ColorError as error:
        issues.append(Issue(path, str(error), suggestion=error.suggestion))
        return None
