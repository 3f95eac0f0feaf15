"""Styled codes as Scalable Vector Graphics: one path a paint, identifiers made from the content."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import msgspec

from ...artwork.color import Color
from ...artwork.model import Layer
from ..gradient.geometry import axis, center, end_radius
from .ids import accessible, identified
from .path_data import compact
from .tiles import layer_data

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...artwork import Artwork
    from ...artwork.model import Gradient, Paint, Stop
    from ..effects.bitmap import PaintItem

__all__ = ["draw"]


def draw(artwork: Artwork) -> bytes:
    """Print the artwork as a stand-alone SVG document, UTF-8, without scripts; its layers have no classes or styles."""
    (across, down), width, height = artwork.pixels, artwork.width, artwork.height
    definitions: dict[Gradient, str] = {}
    painted = []
    if artwork.background.alpha:
        painted.append(f'<path {_fill(artwork.background)} d="M0 0h{width}v{height}H0z"/>')
    below: Sequence[PaintItem] = artwork.layers
    above: Sequence[PaintItem] = ()
    if artwork.effects:
        from ..effects.paint_order import stacked

        below, above = stacked(artwork)
    painted += [_element(each, definitions) for each in below]
    if artwork.images:
        from .embed import embedded

        painted += [embedded(picture, artwork.size / artwork.modules) for picture in artwork.images]
    painted += [_element(each, definitions) for each in above]
    defined = "".join(definitions.values())
    role, names = accessible(artwork)
    return identified(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{across}" height="{down}" viewBox="0 0 {width} {height}"'
        f"{role}>{names}{f'<defs>{defined}</defs>' if defined else ''}{''.join(painted)}</svg>\n"
    ).encode()


def _fill(color: Color, name: str = "fill", opacity: str = "fill-opacity") -> str:
    # An alpha channel inside the colour is CSS Color 4, which editors and printers do not read.
    printed = f'{name}="{color.hex[:7]}"'
    return printed if color.opaque else f'{printed} {opacity}="{color.alpha / 255:.3g}"'


def _element(painted: PaintItem, definitions: dict[Gradient, str]) -> str:
    if isinstance(painted, Layer):
        return f'<path {_painted(painted, definitions)} d="{layer_data(painted.shape)}"/>'
    from .effect_image import svg_element

    return svg_element(painted)


def _painted(layer: Layer, definitions: dict[Gradient, str]) -> str:
    if not layer.outset or not isinstance(layer.paint, Color):
        return _paint(layer.paint, definitions)
    # A stroke goes as far inwards, where the shapes themselves cover it.
    line = f'stroke-width="{compact(2 * layer.outset)}" stroke-linejoin="round"'
    return f'fill="none" {_fill(layer.paint, "stroke", "stroke-opacity")} {line}'


def _paint(paint: Paint, definitions: dict[Gradient, str]) -> str:
    if isinstance(paint, Color):
        return _fill(paint)
    identifier = f"g{hashlib.sha256(msgspec.json.encode(paint)).hexdigest()[:12]}"
    if paint not in definitions:
        definitions[paint] = _DEFINED.get(paint.kind, _picture)(paint, identifier)
    return f'fill="url(#{identifier})"'


def _stops(stops: tuple[Stop, ...]) -> str:
    return "".join(
        [f'<stop offset="{compact(stop.offset)}" {_fill(stop.color, "stop-color", "stop-opacity")}/>' for stop in stops]
    )


def _linear(gradient: Gradient, identifier: str) -> str:
    x1, y1, x2, y2 = map(compact, axis(gradient))
    return (
        f'<linearGradient id="{identifier}" gradientUnits="userSpaceOnUse" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}">'
        f"{_stops(gradient.stops)}</linearGradient>"
    )


def _radial(gradient: Gradient, identifier: str) -> str:
    x, y, radius = map(compact, (*center(gradient), end_radius(gradient)))
    return (
        f'<radialGradient id="{identifier}" gradientUnits="userSpaceOnUse" cx="{x}" cy="{y}" r="{radius}">'
        f"{_stops(gradient.stops)}</radialGradient>"
    )


def _picture(gradient: Gradient, identifier: str) -> str:
    """A kind that SVG does not know, as a small picture, stretched over its box."""
    from .gradient_image import data_uri

    left, top, right, bottom = gradient.box
    x, y, width, height = map(compact, (left, top, right - left, bottom - top))
    return (
        f'<pattern id="{identifier}" patternUnits="userSpaceOnUse" x="{x}" y="{y}" width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" preserveAspectRatio="none" href="{data_uri(gradient)}"/></pattern>'
    )


_DEFINED = {"linear": _linear, "radial": _radial}
