"""SVG, drawn from the parts of it that are known to be harmless."""

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
"""Pixels of the longer side of a drawing when it is searched: more than five per module of version 40."""


def open_drawing(body: bytes) -> Picture:
    """Draw an SVG in grey.

    Raises
    ------
    InvalidRequest
        It would be refused as a logo: it is not well-formed, takes too long to draw, or contains anything that could
        run, load something, or look different elsewhere.
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
