"""SVG, drawn from what is known to be harmless in it."""

from __future__ import annotations

from typing import Final

import msgspec

from ...artwork.model import EmbeddedImage
from ...errors import InvalidRequest
from ...logo.svg.parse import read_svg
from ...render.raster.images import draw_uncut
from .bitmap import place_on_page
from .model import PATH, Picture

__all__ = ["open_drawing"]

_DRAWN_SIDE: Final = 1024
"""Pixels of the longer side at which a drawing is searched: more than five for each module of version 40."""


def open_drawing(body: bytes) -> Picture:
    """Draw an SVG in grey.

    Raises
    ------
    InvalidRequest
        As a logo would be refused: it is not well-formed, takes too long to draw, or has anything that could run, reach
        out, or look different elsewhere.
    """
    try:
        logo = read_svg(body, "")
    except InvalidRequest as problem:
        issues = [
            msgspec.structs.replace(
                issue,
                path=PATH,
                message=issue.message.replace("An SVG logo", "An SVG")
                .replace("A logo", "A picture")
                .replace("a logo", "a picture"),
            )
            for issue in problem.issues
        ]
        raise InvalidRequest.of(*issues) from None
    scale = _DRAWN_SIDE / max(logo.width, logo.height)
    embedded = EmbeddedImage(
        body=logo.body,
        content_type=logo.content_type,
        box=(0, 0, logo.width, logo.height),
        layers=logo.layers,
        cost=logo.cost,
    )
    image = draw_uncut(embedded, max(1, round(logo.width * scale)), max(1, round(logo.height * scale)))
    return Picture(place_on_page(image, 255), place_on_page(image, 0), logo.width, logo.height)
