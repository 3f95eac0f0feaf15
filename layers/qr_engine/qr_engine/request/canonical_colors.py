"""The two colours that every code has, as requests name them."""

from __future__ import annotations

from ..artwork.color import WHITE, Color, ColorError, contrast, over, parse_color
from ..errors import Issue
from .plain_schema import PlainColors, RequestFields

__all__ = ["CONTRAST_REQUIRED", "is_faint", "parse_color_field", "parse_colors"]

_BLACK, _WHITE = Color(0, 0, 0, 255), Color(255, 255, 255, 255)
CONTRAST_REQUIRED = 3.0
"""As `scan.checks` has it, which no request loads before its symbol is known."""


def parse_colors(requested: PlainColors, issues: list[Issue]) -> tuple[Color, Color]:
    """Parse the foreground and the background; problems are added to `issues`."""
    foreground = parse_color_field(requested.foreground, "colors.foreground", issues)
    background = parse_color_field(requested.background, "colors.background", issues)
    return foreground or _BLACK, background or _WHITE


def is_faint(request: RequestFields, symbol_colors: tuple[Color, Color]) -> bool:
    """Tell whether a code of two colours has too little contrast, and the request wants it nevertheless."""
    if request.contrast != "warn":
        return False
    background = over(symbol_colors[1], WHITE)
    return contrast(over(symbol_colors[0], background), background) < CONTRAST_REQUIRED


def parse_color_field(text: str, path: str, issues: list[Issue]) -> Color | None:
    """Parse the colour in the field at `path`; None, and an issue more, if it is none."""
    try:
        return parse_color(text)
    except ColorError as error:
        issues.append(Issue(path, str(error), suggestion=error.suggestion))
        return None
