"""Artwork to bytes: one module for each format, with a function `draw`, loaded when the format is first requested."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable

    from PIL import Image

    from ..artwork import Artwork

__all__ = ["FORMATS", "Format", "draw"]


class Format(msgspec.Struct, frozen=True):
    """An output format and its media type.

    Attributes
    ----------
    name
        The name in requests.
    content_type
        The media type, with its character set if it has one.
    extension
        The extension of file names, without the dot.
    binary
        Whether the bytes are something other than UTF-8 text.
    raster
        Whether the picture is made of pixels, so that `Artwork.size` limits what it can show.
    """

    name: str
    content_type: str
    extension: str
    binary: bool
    raster: bool


FORMATS: Final[dict[str, Format]] = {
    "svg": Format("svg", "image/svg+xml", "svg", binary=False, raster=False),
    "png": Format("png", "image/png", "png", binary=True, raster=True),
    "webp": Format("webp", "image/webp", "webp", binary=True, raster=True),
    "jpeg": Format("jpeg", "image/jpeg", "jpg", binary=True, raster=True),
    "avif": Format("avif", "image/avif", "avif", binary=True, raster=True),
    "gif": Format("gif", "image/gif", "gif", binary=True, raster=True),
    "pdf": Format("pdf", "application/pdf", "pdf", binary=True, raster=False),
    "eps": Format("eps", "application/postscript", "eps", binary=False, raster=False),
    "txt": Format("txt", "text/plain; charset=utf-8", "txt", binary=False, raster=False),
    "json": Format("json", "application/json", "json", binary=False, raster=False),
}

_MODULES: Final = {
    "svg": "svg.plain",
    "png": "raster.png_plain",
    "webp": "raster.webp",
    "jpeg": "raster.jpeg",
    "avif": "raster.avif",
    "gif": "raster.gif",
    "pdf": "page.pdf",
    "eps": "page.eps",
    "txt": "text",
    "json": "module_json",
}


def draw(artwork: Artwork, format_name: str, pixels: Image.Image | None = None) -> bytes:
    """Print the artwork in one of `FORMATS`; the same artwork always gives the same bytes.

    Parameters
    ----------
    pixels
        The pixels of a styled artwork in a raster format, if they are already painted: see `pipeline.style.paint`.

    Raises
    ------
    KeyError
        For a name that is not in `FORMATS`.
    """
    renderer = _load_renderer(FORMATS[format_name].name)
    return renderer(artwork) if pixels is None else renderer(artwork, pixels)


@cache
def _load_renderer(format_name: str) -> Callable[..., bytes]:
    module = import_module(f"{__name__}.{_MODULES[format_name]}")
    renderer: Callable[..., bytes] = module.draw
    return renderer
