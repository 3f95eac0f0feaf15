"""Plain codes beyond the API: other character sets, margins in pixels, and pictures enlarged to fit their modules.

Only the addresses of other services load this module.
"""

from __future__ import annotations

import msgspec

from ..artwork import Artwork
from ..artwork.color import parse_color
from ..render import FORMATS
from ..request.canonical_extended import LEAST_SIZE, ExtendedRequest
from ..symbol import Symbol
from ..symbol.legacy_charsets import encode_in

__all__ = ["compose_extended", "encode_extended"]


def encode_extended(request: ExtendedRequest) -> Symbol:
    """Encode the text of `request` in its character set.

    Raises
    ------
    InvalidRequest
        The character set lacks a character.
    TooMuchData
        The text does not fit.
    """
    return encode_in(request.text, request.charset, error_correction=request.error_correction, boost=request.boost)


def compose_extended(request: ExtendedRequest, symbol: Symbol) -> Artwork:
    """Compose the artwork of `symbol`, larger than `request` says if it has fewer pixels than modules."""
    padding = request.padding if FORMATS[request.format].raster else 0
    artwork = Artwork(
        symbol,
        margin=request.margin,
        size=request.size,
        foreground=parse_color(request.foreground),
        background=parse_color(request.background),
        dpi=request.dpi,
        padding=padding,
    )
    if not request.scale or _fits(artwork, request):
        return artwork
    return msgspec.structs.replace(artwork, size=artwork.modules * request.scale + 2 * padding)


def _fits(artwork: Artwork, request: ExtendedRequest) -> bool:
    if not FORMATS[request.format].raster:
        return request.size >= LEAST_SIZE
    return artwork.module_pixels >= 1 and request.size >= LEAST_SIZE
