"""Styled codes: from a canonical style to an artwork of layers, and the check that the finished picture reads back.

Only requests with a style load this module, and with it the shapes, Pillow and the decoder.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import msgspec

from ..artwork.color import Color, parse_color
from ..artwork.model import Effect, Stop
from ..artwork.robust_eyes import SQUARER_CENTERS, border_of, robust_styles
from ..artwork.style import EyeColors, GradientStyle, StrokeStyle, Style
from ..artwork.styled import compose_styled
from ..errors import WouldNotScan
from ..render import FORMATS
from ..render.raster.compose import draw_pixels
from ..request.canonical import CanonicalStyle
from ..scan.outline import with_eyes, with_squarer_center
from ..scan.read_back import read_back, read_back_issues

if TYPE_CHECKING:
    from PIL import Image

    from ..artwork import Artwork
    from ..request import CanonicalRequest
    from ..request.canonical import CanonicalGradient
    from ..scan import ScanReport
    from ..symbol import Symbol

__all__ = ["compose_in_style", "tell_of_eyes", "verify"]

GRAIN_CELLS = (64, 512)
"""Fewest and most specks of grain along a side; in between there is one speck for each pixel."""

VECTOR_MODULE_PIXELS = 10
"""Pixels per module when a vector picture, whose size on a screen is unknown, is read back.

Not 8: the decoder computes thresholds in squares of 8 pixels, so each module would be one square without contrast.
"""


def compose_in_style(request: CanonicalRequest, style: CanonicalStyle, symbol: Symbol) -> Artwork:
    """Compose the artwork of `symbol` in the `style` of `request`.

    Raises
    ------
    CannotBeDrawn
        The font lacks a character of the caption, the caption is too wide for its frame, or the format cannot carry
        the effects.
    """
    artwork_style = Style(
        data_pattern=style.data_pattern,
        eye_shape=style.eye_shape,
        eye_border_style=style.eye_border_style,
        eye_center_style=style.eye_center_style,
        foreground=parse_color(request.foreground or "black"),
        background=parse_color(request.background or "white"),
        eye_border=_color_or_none(style.eye_border),
        eye_center=_color_or_none(style.eye_center),
        per_eye=tuple(EyeColors(_color_or_none(border), _color_or_none(center)) for border, center in style.per_eye),
        gradient=_gradient_style(style.gradient),
        eye_gradient=_gradient_style(style.eye_gradient),
        background_gradient=_gradient_style(style.background_gradient),
        stroke=StrokeStyle(parse_color(style.stroke.color), style.stroke.width) if style.stroke else None,
        seed=_seed(request),
        robust=style.readers == "all",
    )
    compose = partial(compose_styled, symbol, margin=request.margin, size=request.size or 300, dpi=request.dpi)
    if style.frame is None:
        artwork = compose(artwork_style)
    else:
        from .frame import compose_framed

        gradient = style.gradient
        color = request.foreground if gradient is None or not gradient.apply_to_data else gradient.stops[0][1]
        artwork = compose_framed(compose, artwork_style, style.frame, color)
    artwork = msgspec.structs.replace(artwork, title=request.title, description=request.description)
    if not style.effects:
        return artwork
    artwork = msgspec.structs.replace(artwork, effects=_effects(request, style))
    if request.format == "eps":
        from ..render.page.eps import refuse_effects

        refuse_effects(artwork)
    return artwork


def tell_of_eyes(scan: ScanReport, style: CanonicalStyle, *, micro: bool) -> ScanReport:
    """Add to the report which scanners miss the eyes of a style, or what was changed for them."""
    robust = style.readers == "all"
    path, name = ("eye_shape", style.eye_shape) if style.eye_shape else ("eye_border_style", style.eye_border_style)
    border = border_of(style.eye_shape, style.eye_border_style)
    scan = with_eyes(scan, border, path, name, robust=robust, micro=micro)
    if not robust:
        return scan
    _, center = robust_styles(style.eye_shape, style.eye_border_style, style.eye_center_style)
    if center not in SQUARER_CENTERS:
        return scan
    if style.eye_shape:
        return with_squarer_center(scan, "eye_shape", style.eye_shape)
    return with_squarer_center(scan, "eye_center_style", style.eye_center_style)


def _seed(request: CanonicalRequest) -> bytes:
    """Derive the seed of random shapes from the text alone: they look the same in every format and at every size."""
    return request.text.encode()


def _effects(request: CanonicalRequest, style: CanonicalStyle) -> tuple[Effect, ...]:
    seed = _seed(request)
    cells = min(max(GRAIN_CELLS), max(min(GRAIN_CELLS), request.size))
    return tuple(
        [
            Effect(effect.type, round(effect.intensity / 100, 4), _color_or_none(effect.color), seed=seed, cells=cells)
            for effect in style.effects
        ]
    )


def paint(artwork: Artwork, format_name: str) -> Image.Image | None:
    """Paint the pixels of a raster format, for `verify` and `render.draw`; None for other formats."""
    if not FORMATS[format_name].raster:
        return None
    if format_name in ("png", "gif"):
        from ..render.raster import png_styled

        return png_styled.paint(artwork)
    return draw_pixels(artwork)


def verify(
    artwork: Artwork, text: str, pixels: Image.Image | None, style: CanonicalStyle, scan: ScanReport
) -> ScanReport:
    """Read the finished picture back with a decoder, and add the score and the conditions to `scan`.

    Parameters
    ----------
    pixels
        The pixels of a raster picture; None for a vector picture, which is painted for the check.

    Raises
    ------
    WouldNotScan
        The decoder cannot read the picture as it is or reduced; the issue names the field most likely to blame.
    """
    if pixels is None:
        artwork = msgspec.structs.replace(artwork, size=artwork.modules * VECTOR_MODULE_PIXELS)
        pixels = draw_pixels(artwork)
    outcome = read_back(pixels, text, module_pixels=artwork.module_pixels)
    issues = read_back_issues(outcome, _styled_fields(style), logo_size=style.logo.size if style.logo else None)
    if issues:
        raise WouldNotScan(f"{issues[0].path}: {issues[0].message}", issues=issues)
    return msgspec.structs.replace(
        scan, score=outcome.score, worst_condition=outcome.worst_condition, conditions=outcome.conditions
    )


def _styled_fields(style: CanonicalStyle) -> list[str]:
    """List the fields in which `style` differs from a plain code."""
    plain = CanonicalStyle(verify=style.verify)
    names = [name for name in style.__struct_fields__ if getattr(style, name) != getattr(plain, name)]
    return [_FIELDS.get(name, name) for name in names]


_FIELDS = {"logo": "logo.size", "faint": "contrast"}


def _color_or_none(text: str | None) -> Color | None:
    return None if text is None else parse_color(text)


def _gradient_style(gradient: CanonicalGradient | None) -> GradientStyle | None:
    if gradient is None:
        return None
    return GradientStyle(
        kind=gradient.type,
        stops=tuple(Stop(offset, parse_color(color)) for offset, color in gradient.stops),
        angle=gradient.angle,
        center=gradient.center,
        apply_to_data=gradient.apply_to_data,
        apply_to_eyes=gradient.apply_to_eyes,
    )
