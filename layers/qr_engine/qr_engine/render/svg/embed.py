"""Logos within an SVG: a bitmap as one image, an SVG as vectors, isolated from everything around it.

A bitmap is cut to its outline in its alpha channel, without a clip path, because some editors lose clip paths. An SVG
gets a clip path only if a part of it lies outside the outline.
"""

from __future__ import annotations

import re
from base64 import b64encode
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree

from PIL import Image, ImageChops

from ..raster.images import draw_image, draw_uncut, outline_mask
from .ids import MARK
from .path_data import format_number, print_path

if TYPE_CHECKING:
    from ...artwork.model import EmbeddedImage

__all__ = ["embed"]

_SVG: Final = "http://www.w3.org/2000/svg"
# Pixels of a bitmap's longer side: at least the first, or twice as many as it is shown at, and at most the last.
_LEAST_SIDE, _OVERSAMPLING, _MOST_SIDE = 384, 2, 1024
_JPEG_QUALITY: Final = 90
# Pixels of the longer side of the picture that is searched outside an outline. At the edge of both, antialiasing leaves
# a quarter of the alpha, so only more than that is visible.
_PROBE_SIDE: Final = 128
_VISIBLE: Final = [int(level > 80) for level in range(256)]

_LOCAL_URL: Final = re.compile(r"""(url\(\s*["']?#)""", re.IGNORECASE)


def embed(embedded: EmbeddedImage, scale: float) -> str:
    """Print the elements that show the image.

    Parameters
    ----------
    scale
        Pixels of a module where the picture is shown.
    """
    if embedded.content_type == "image/svg+xml":
        return _nest_svg(embedded)
    left, top, right, bottom = embedded.box
    longer = max(right - left, bottom - top)
    side = min(max(_LEAST_SIDE, round(_OVERSAMPLING * longer * scale)), _MOST_SIDE)
    data = _encode_bitmap(embedded, side)
    return f'<image {_box_attributes(embedded)} preserveAspectRatio="none" href="{data}"/>'


def _box_attributes(embedded: EmbeddedImage) -> str:
    left, top, right, bottom = embedded.box
    x, y, width, height = map(format_number, (left, top, right - left, bottom - top))
    return f'x="{x}" y="{y}" width="{width}" height="{height}"'


@lru_cache(maxsize=8)
def _encode_bitmap(embedded: EmbeddedImage, side: int) -> str:
    """Encode the image as a data URI, its longer side `side` pixels or fewer."""
    with Image.open(BytesIO(embedded.body)) as image:
        width, height = image.size
    factor = min(1.0, side / max(width, height))
    body, kind = embedded.body, embedded.content_type
    if factor < 1 or embedded.outline is not None:
        size = max(1, round(width * factor)), max(1, round(height * factor))
        output = BytesIO()
        if kind == "image/jpeg" and embedded.outline is None:
            draw_image(embedded, *size).convert("RGB").save(output, "JPEG", quality=_JPEG_QUALITY)
        else:
            kind = "image/png"
            draw_image(embedded, *size).save(output, "PNG", compress_level=6)
        body = output.getvalue()
    return f"data:{kind};base64,{b64encode(body).decode()}"


def _nest_svg(embedded: EmbeddedImage) -> str:
    """Print the SVG as a nested element, with a clip path if it reaches beyond its outline."""
    nested = f"<svg {_box_attributes(embedded)} {_scope_ids(embedded.body)}"
    if embedded.outline is None or not _reaches_beyond_outline(embedded):
        return nested
    clip = f'<clipPath id="c{MARK}"><path d="{print_path(embedded.outline)}"/></clipPath>'
    return f'{clip}<g clip-path="url(#c{MARK})">{nested}</g>'


@lru_cache(maxsize=8)
def _reaches_beyond_outline(embedded: EmbeddedImage) -> bool:
    """Return whether anything of the whole image is visible outside its outline."""
    left, top, right, bottom = embedded.box
    longer = max(right - left, bottom - top)
    size = (
        max(1, round(_PROBE_SIDE * (right - left) / longer)),
        max(1, round(_PROBE_SIDE * (bottom - top) / longer)),
    )
    alpha = draw_uncut(embedded, *size).getchannel("A")
    outside = ImageChops.multiply(alpha, ImageChops.invert(outline_mask(embedded, *size))).point(_VISIBLE)
    return outside.getbbox() is not None


@lru_cache(maxsize=8)
def _scope_ids(body: bytes) -> str:
    """Return the document after ``<svg`` with unique identifiers; it has neither classes nor style sheets."""
    root = ElementTree.fromstring(body.decode())  # noqa: S314 - what was sanitised has no entities
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
        for name, value in element.attrib.items():
            element.set(name, _scope_attribute(name, value))
    text = ElementTree.tostring(root, encoding="unicode").removeprefix("<svg").lstrip()
    return f'preserveAspectRatio="none" {text}'


def _scope_attribute(name: str, value: str) -> str:
    if name == "id":
        return f"l{MARK}-{value}"
    if name == "href" and value.startswith("#"):
        return f"#l{MARK}-{value[1:]}"
    return _LOCAL_URL.sub(lambda match: f"{match[1]}l{MARK}-", value)
