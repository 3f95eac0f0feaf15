"""Styled codes: from a canonical style to layers, and the finished picture read back.

Only a request that asks for a style loads this, and with it the shapes, Pillow and the decoder.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from ..artwork.color import Color, parse_color
from ..artwork.model import Effect, Stop
from ..artwork.style import EyeColors, GradientStyle, StrokeStyle, Style
from ..artwork.styled import compose_styled
from ..errors import WouldNotScan
from ..render import FORMATS
from ..render.raster.compose import draw_pixels
from ..request.canonical import CanonicalStyle
from ..scan.checks import CONTRAST_REQUIRED
from ..scan.read_back import read_back, read_back_issues

if TYPE_CHECKING:
    from ..artwork import Artwork
    from ..request import CanonicalRequest
    from ..request.canonical import CanonicalGradient
    from ..scan import ScanReport
    from ..symbol import Symbol

__all__ = ["styled", "verified"]

GRAIN_CELLS = (64, 512)
"""Specks of grain along a side, at least and at most; in between one a pixel."""

VECTOR_MODULE_PIXELS = 10
"""At which a picture without pixels of its own is read back: it has no size that it will be seen at.

Not 8, since the decoder looks for its thresholds in squares of 8 pixels: each would be a module and show no contrast.
"""


def styled(request: CanonicalRequest, style: CanonicalStyle, symbol: Symbol) -> Artwork:
    """The artwork of `symbol` in the `style` of `request`.

    Raises
    ------
    CannotBeDrawn
        The caption has characters that the font has not, or is too wide for its frame; or the format cannot carry the
        effects.
    """
    look = Style(
        data_pattern=style.data_pattern,
        eye_shape=style.eye_shape,
        eye_border_style=style.eye_border_style,
        eye_center_style=style.eye_center_style,
        foreground=parse_color(request.foreground or "black"),
        background=parse_color(request.background or "white"),
        eye_border=_color(style.eye_border),
        eye_center=_color(style.eye_center),
        per_eye=tuple(EyeColors(_color(border), _color(center)) for border, center in style.per_eye),
        gradient=_gradient(style.gradient),
        eye_gradient=_gradient(style.eye_gradient),
        background_gradient=_gradient(style.background_gradient),
        stroke=StrokeStyle(parse_color(style.stroke.color), style.stroke.width) if style.stroke else None,
        seed=_seed(request),
    )
    measures = {"margin": request.margin, "size": request.size or 300, "dpi": request.dpi}
    if style.frame is None:
        artwork = compose_styled(symbol, look, **measures)
    else:
        from .frame import composed

        artwork = composed(symbol, look, style, request.foreground, measures)
    artwork = msgspec.structs.replace(artwork, title=request.title, description=request.description)
    if not style.effects:
        return artwork
    artwork = msgspec.structs.replace(artwork, effects=_effects(request, style))
    if request.format == "eps":
        from ..render.page.eps import refuse_effects

        refuse_effects(artwork)
    return artwork


def _seed(request: CanonicalRequest) -> bytes:
    """What looks thrown depends on the text alone, so that it is the same in every format and at every size."""
    return request.text.encode()


def _effects(request: CanonicalRequest, style: CanonicalStyle) -> tuple[Effect, ...]:
    seed = _seed(request)
    cells = min(max(GRAIN_CELLS), max(min(GRAIN_CELLS), request.size))
    return tuple(
        [
            Effect(each.type, round(each.intensity / 100, 4), _color(each.color), seed=seed, cells=cells)
            for each in style.effects
        ]
    )


def verified(artwork: Artwork, text: str, form: str, style: CanonicalStyle, scan: ScanReport) -> ScanReport:
    """`scan`, with what a decoder made of the finished picture.

    Raises
    ------
    WouldNotScan
        It cannot be read as it is or reduced; the issue names the field that is most likely to blame.
    """
    vector = msgspec.structs.replace(artwork, size=artwork.modules * VECTOR_MODULE_PIXELS)
    shown = artwork if FORMATS[form].raster else vector
    outcome = read_back(
        draw_pixels(shown), text, module_pixels=shown.module_pixels, faint=scan.contrast < CONTRAST_REQUIRED
    )
    issues = read_back_issues(outcome, _asked(style), logo_size=style.logo.size if style.logo else None)
    if issues:
        raise WouldNotScan(f"{issues[0].path}: {issues[0].message}", issues=issues)
    return msgspec.structs.replace(scan, score=outcome.score, conditions=outcome.conditions)


def _asked(style: CanonicalStyle) -> list[str]:
    """The fields that make `style` differ from a plain code."""
    plain = CanonicalStyle(verify=style.verify)
    named = [name for name in style.__struct_fields__ if getattr(style, name) != getattr(plain, name)]
    return [_FIELDS.get(name, name) for name in named]


_FIELDS = {"logo": "logo.size", "faint": "contrast"}


def _color(text: str | None) -> Color | None:
    return None if text is None else parse_color(text)


def _gradient(asked: CanonicalGradient | None) -> GradientStyle | None:
    if asked is None:
        return None
    return GradientStyle(
        type=asked.type,
        stops=tuple(Stop(offset, parse_color(color)) for offset, color in asked.stops),
        angle=asked.angle,
        center=asked.center,
        apply_to_data=asked.apply_to_data,
        apply_to_eyes=asked.apply_to_eyes,
    )
