"""Styled codes as Scalable Vector Graphics: one path for each paint, identifiers made from the content."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import msgspec

from ...artwork.color import Color
from ...artwork.model import Layer
from ..gradient.geometry import axis, center, end_radius
from ..stacking_order import stacking_order
from .ids import accessible_name, replace_marks
from .path_data import format_number
from .tiles import print_shape

if TYPE_CHECKING:
    from ...artwork import Artwork
    from ...artwork.model import Gradient, Paint, Stop
    from ..effects.bitmap import PaintItem

__all__ = ["draw"]


def draw(artwork: Artwork) -> bytes:
    """Print the artwork as a stand-alone SVG document, UTF-8, without scripts; its layers have no classes or styles."""
    (across, down), width, height = artwork.pixels, artwork.width, artwork.height
    definitions: dict[Gradient, str] = {}
    elements = []
    if artwork.background.alpha:
        elements.append(f'<path {_print_fill(artwork.background)} d="M0 0h{width}v{height}H0z"/>')
    below, above = stacking_order(artwork)
    elements += [_print_item(item, definitions) for item in below]
    if artwork.images:
        from .embed import embed

        elements += [embed(picture, artwork.size / artwork.modules) for picture in artwork.images]
    elements += [_print_item(item, definitions) for item in above]
    gradients = "".join(definitions.values())
    role, names = accessible_name(artwork)
    return replace_marks(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{across}" height="{down}" viewBox="0 0 {width} {height}"'
        f"{role}>{names}{f'<defs>{gradients}</defs>' if gradients else ''}{''.join(elements)}</svg>\n"
    ).encode()


def _print_fill(color: Color, name: str = "fill", opacity: str = "fill-opacity") -> str:
    # Editors and printers do not read an alpha channel inside the colour, which is CSS Color 4.
    attributes = f'{name}="{color.hex[:7]}"'
    return attributes if color.opaque else f'{attributes} {opacity}="{color.alpha / 255:.3g}"'


def _print_item(item: PaintItem, definitions: dict[Gradient, str]) -> str:
    if isinstance(item, Layer):
        return f'<path {_layer_attributes(item, definitions)} d="{print_shape(item.shape)}"/>'
    from .effect_image import image_element

    return image_element(item)


def _layer_attributes(layer: Layer, definitions: dict[Gradient, str]) -> str:
    if not layer.outset or not isinstance(layer.paint, Color):
        return _paint_attributes(layer.paint, definitions)
    # Half of the stroke lies inwards, where the shapes cover it.
    line = f'stroke-width="{format_number(2 * layer.outset)}" stroke-linejoin="round"'
    return f'fill="none" {_print_fill(layer.paint, "stroke", "stroke-opacity")} {line}'


def _paint_attributes(paint: Paint, definitions: dict[Gradient, str]) -> str:
    if isinstance(paint, Color):
        return _print_fill(paint)
    identifier = f"g{hashlib.sha256(msgspec.json.encode(paint)).hexdigest()[:12]}"
    if paint not in definitions:
        definitions[paint] = _PRINTERS.get(paint.kind, _print_pattern)(paint, identifier)
    return f'fill="url(#{identifier})"'


def _print_stops(stops: tuple[Stop, ...]) -> str:
    return "".join(
        [
            f'<stop offset="{format_number(stop.offset)}" {_print_fill(stop.color, "stop-color", "stop-opacity")}/>'
            for stop in stops
        ]
    )


def _print_linear(gradient: Gradient, identifier: str) -> str:
    x1, y1, x2, y2 = map(format_number, axis(gradient))
    return (
        f'<linearGradient id="{identifier}" gradientUnits="userSpaceOnUse" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}">'
        f"{_print_stops(gradient.stops)}</linearGradient>"
    )


def _print_radial(gradient: Gradient, identifier: str) -> str:
    x, y, radius = map(format_number, (*center(gradient), end_radius(gradient)))
    return (
        f'<radialGradient id="{identifier}" gradientUnits="userSpaceOnUse" cx="{x}" cy="{y}" r="{radius}">'
        f"{_print_stops(gradient.stops)}</radialGradient>"
    )


def _print_pattern(gradient: Gradient, identifier: str) -> str:
    """Print a kind of gradient that SVG lacks as a small bitmap, stretched over its box."""
    from .gradient_image import encode_data_uri

    left, top, right, bottom = gradient.box
    x, y, width, height = map(format_number, (left, top, right - left, bottom - top))
    return (
        f'<pattern id="{identifier}" patternUnits="userSpaceOnUse" x="{x}" y="{y}" width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" preserveAspectRatio="none" href="{encode_data_uri(gradient)}"/>'
        "</pattern>"
    )


_PRINTERS = {"linear": _print_linear, "radial": _print_radial}
