"""Codes for all readers: whether that changes the picture, and so has to be part of the key.

Only requests with ``readers: all`` and a style load this module, and with it the shapes of eyes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from ..artwork.color import WHITE, Color, luminance, over, parse_color
from ..artwork.robust_eyes import LOST_BORDERS, border_of, changes_when_robust
from ..errors import Issue, WouldNotScan

if TYPE_CHECKING:
    from .canonical import CanonicalStyle

__all__ = ["refuse_change", "with_readers"]


def with_readers(style: CanonicalStyle, symbol_colors: tuple[Color, Color]) -> CanonicalStyle:
    """Set `style` to all readers if that changes the eyes, or if the colours may be inverted.

    Parameters
    ----------
    symbol_colors
        The foreground and the background.
    """
    parts = style.eye_shape, style.eye_border_style, style.eye_center_style
    if not changes_when_robust(*parts) and not _may_be_inverted(style, symbol_colors):
        return style
    return msgspec.structs.replace(style, readers="all")


def refuse_change(style: CanonicalStyle) -> None:
    """Refuse a style for all readers whose eyes would get another border than the request names.

    Raises
    ------
    WouldNotScan
        The eyes would get another border.
    """
    if border_of(style.eye_shape, style.eye_border_style) not in LOST_BORDERS:
        return
    path = "eye_shape" if style.eye_shape else "eye_border_style"
    message = "Must be another one if readers is all: this one has no form that all scanners read"
    raise WouldNotScan.of(Issue(path, f"{message}, and repair is false.", suggestion="square"))


def _may_be_inverted(style: CanonicalStyle, symbol_colors: tuple[Color, Color]) -> bool:
    """Return whether anything may be lighter than what is under it; if in doubt, yes: the finished layers decide."""
    foreground, background = symbol_colors
    ground = over(background, WHITE)
    if style.background_gradient is not None:
        # Between two stops it may be darker than both, but no single channel is.
        stops = [over(parse_color(color), ground) for _, color in style.background_gradient.stops]
        ground = Color(*(min(channels) for channels in zip(*((c.red, c.green, c.blue) for c in stops), strict=True)))
    names = [style.eye_border, style.eye_center, *[color for eye in style.per_eye for color in eye]]
    names += [color for gradient in (style.gradient, style.eye_gradient) if gradient for _, color in gradient.stops]
    paints = [foreground, *[parse_color(name) for name in names if name]]
    return any(luminance(over(paint, ground)) > luminance(ground) for paint in paints)
