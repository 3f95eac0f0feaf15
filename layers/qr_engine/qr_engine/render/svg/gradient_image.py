"""A gradient as a small picture, for a kind that SVG lacks."""

from __future__ import annotations

from base64 import b64encode
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Final

from ..gradient.pixels import draw_indices, palette

if TYPE_CHECKING:
    from ...artwork.model import Gradient

__all__ = ["encode_data_uri"]

# A screen scales the picture up smoothly, so fewer pixels are enough than on paper.
_SIDE: Final = 192


@lru_cache(maxsize=32)
def encode_data_uri(gradient: Gradient) -> str:
    """Encode the gradient's box as a palette PNG, in base64."""
    image = draw_indices(gradient, gradient.box, _SIDE, _SIDE)
    colors = palette(gradient)
    image.putpalette(bytes([channel for color in colors for channel in color[:3]]))
    alphas = bytes([color[3] for color in colors])
    options = {} if set(alphas) == {255} else {"transparency": alphas}
    output = BytesIO()
    image.save(output, "PNG", compress_level=9, **options)
    return f"data:image/png;base64,{b64encode(output.getvalue()).decode()}"
