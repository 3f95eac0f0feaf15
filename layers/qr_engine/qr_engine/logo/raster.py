"""Decode PNG, JPEG and WebP logos within limits, and write them anew."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import Final, Literal

from PIL import Image

from .bitmap import Bitmap, read_bitmap
from .bitmap.cost import KEPT_PIXELS, check_cost
from .model import Logo, refuse

__all__ = ["DECODER_ERRORS", "TURNS", "read_raster", "read_within", "reduce_depth", "reduced_pixels"]

_JPEG_QUALITY: Final = 90
# Level of zlib, 1 to 9. Above it, random pixels of two shades take seconds, and drawn logos become hardly smaller.
_COMPRESSION: Final = 4
DECODER_ERRORS: Final = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, struct.error, zlib.error)
"""The exceptions that Pillow's readers raise on files that end early or contradict themselves."""

TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""The turns by the orientation in Exif (CIPA DC-008, 4.6.5)."""


def read_raster(body: bytes, digest: str) -> Logo:
    """Read a bitmap logo, upright, in sRGB, without metadata, and with at most 1,024 pixels a side.

    JPEGs stay JPEGs, which are smaller for photographs; everything else becomes a PNG.

    Raises
    ------
    InvalidRequest
        The logo is truncated, animated, too large or wholly transparent, or takes too long to read.
    """
    bitmap = read_bitmap(body)
    check_cost(bitmap)
    width, height, content_type, written = _reduce(bitmap)
    return Logo("raster", width, height, written, content_type, digest)


def reduced_pixels(bitmap: Bitmap) -> int:
    """Return the number of pixels that `read_within` keeps of a bitmap."""
    scale = min(1.0, KEPT_PIXELS / max(bitmap.width, bitmap.height))
    return round(bitmap.width * scale) * round(bitmap.height * scale)


def read_within(bitmap: Bitmap) -> tuple[str, bytes]:
    """Read a bitmap inside an SVG, and return the media type and the bytes of a PNG or JPEG.

    The picture stays the same unless it is too large, or programs might show its colours differently.

    Raises
    ------
    InvalidRequest
        The bitmap is damaged or wholly transparent.
    """
    try:
        image = _open(bitmap)
        if max(image.size) > KEPT_PIXELS or image.mode == "CMYK" or bitmap.profile:
            _, _, content_type, written = _reduce(bitmap)
            return content_type, written
        image.load()
    except DECODER_ERRORS:
        refuse("A picture inside the SVG is truncated or damaged.")
    return "image/jpeg" if bitmap.format == "JPEG" else "image/png", bitmap.body


def _open(bitmap: Bitmap) -> Image.Image:
    return Image.open(BytesIO(bitmap.body), formats=(bitmap.format,))


def _reduce(bitmap: Bitmap) -> tuple[int, int, Literal["image/png", "image/jpeg"], bytes]:
    """Decode a bitmap and write it anew; return its width, height, media type and bytes."""
    try:
        image = _open(bitmap)
        image.draft("RGB", (KEPT_PIXELS, KEPT_PIXELS))
        image.load()
        image = _in_srgb(reduce_depth(image), bitmap.profile)
    except DECODER_ERRORS:
        refuse("The picture is truncated or damaged.")
    if image.mode == "RGBA" and image.getchannel("A").getextrema()[1] == 0:
        refuse("The picture is fully transparent.")
    if bitmap.orientation in TURNS:
        image = image.transpose(TURNS[bitmap.orientation])
    image.info.clear()
    out = BytesIO()
    if bitmap.format == "JPEG":
        image.save(out, "JPEG", quality=_JPEG_QUALITY, optimize=True)
        return image.width, image.height, "image/jpeg", out.getvalue()
    image.save(out, "PNG", compress_level=_COMPRESSION)
    return image.width, image.height, "image/png", out.getvalue()


def reduce_depth(image: Image.Image) -> Image.Image:
    """Scale sixteen bits a channel to eight, where a conversion would clip them; return other pictures unchanged."""
    if not image.mode.startswith("I"):
        return image
    return image.point(lambda value: value * (1 / 256)).convert("L")


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """Convert the picture to sRGB, in ``RGB`` or ``RGBA``, after reducing it to the size that is kept."""
    clear = image.has_transparency_data
    mode = image.mode.removesuffix("A") if image.mode in ("L", "LA", "CMYK") and profile else "RGB"
    image = image.convert({"L": "LA", "RGB": "RGBA"}[mode] if clear else mode)
    image.thumbnail((KEPT_PIXELS, KEPT_PIXELS), Image.Resampling.LANCZOS)
    if profile:
        # Few logos need this code, and loading it takes a tenth of a second.
        from .color_profile import to_srgb

        image = to_srgb(image, profile)
    return image.convert("RGBA" if clear else "RGB")
