"""PNG, JPEG, WebP, GIF and AVIF, decoded to grey."""

from __future__ import annotations

from io import BytesIO
from math import sqrt
from typing import Final

import msgspec
from PIL import Image

from ...errors import InvalidRequest
from ...logo.bitmap import is_bitmap as is_known_to_logos
from ...logo.bitmap import read_headers
from ...logo.raster import DECODER_ERRORS, TURNS, reduce_depth
from .avif import is_avif, read_avif
from .gif import SIGNATURES, read_gif
from .model import KEPT_PIXELS, MAX_PIXELS, MAX_SIDE, PATH, Picture, refuse, refuse_damaged

__all__ = ["DECODING_SECONDS", "is_bitmap", "open_bitmap", "place_on_page"]

DECODING_SECONDS: Final = 0.7
"""Seconds of one vCPU to decode and reduce a picture."""

_GIF_NANOSECONDS: Final = 12.0
"""Decoding time per pixel of a GIF."""

_AVIF_NANOSECONDS, _AVIF_BYTE_NANOSECONDS = 26.0, 60.0
"""Decoding time per pixel of an AVIF, and per byte of the file."""

_KEEPING_NANOSECONDS: Final = 6.0
"""Time per pixel to convert a picture to grey and to reduce it."""

# AVIF decoding raises RuntimeError.
_DECODER_ERRORS: Final = (*DECODER_ERRORS, TypeError, RuntimeError)
_EXIF_ORIENTATION: Final = 0x0112


class _File(msgspec.Struct, frozen=True):
    """A file, described by its headers.

    Attributes
    ----------
    body
        The file without the parts that its first picture does not need.
    width, height
        Pixels as stored.
    nanoseconds
        Estimated time to decode it.
    orientation
        The number in its Exif data; 0 if the decoder has to be asked.
    """

    format: str
    body: bytes
    width: int
    height: int
    nanoseconds: float
    orientation: int = 1


def is_bitmap(body: bytes) -> bool:
    """Return whether a file begins like a bitmap of a supported format."""
    return is_known_to_logos(body) or body.startswith(SIGNATURES) or is_avif(body)


def open_bitmap(body: bytes) -> Picture:
    """Open a bitmap upright, in grey, with at most `KEPT_PIXELS`; only the first frame of an animation.

    Raises
    ------
    InvalidRequest
        It is truncated, too large, or takes too long to decode.
    """
    file = _read_headers(body)
    _check(file)
    try:
        image, orientation = _decode(file)
        clear = image.has_transparency_data
        grey = place_on_page(image, 255) if clear else image.convert("L")
        dark = place_on_page(image, 0) if clear else None
    except _DECODER_ERRORS:
        refuse_damaged()
    del image
    turned = orientation >= 5
    width, height = (file.height, file.width) if turned else (file.width, file.height)
    return Picture(_settle(grey, orientation), None if dark is None else _settle(dark, orientation), width, height)


def _read_headers(body: bytes) -> _File:
    if body.startswith(SIGNATURES):
        first, width, height = read_gif(body)
        return _File("GIF", first, width, height, width * height * _GIF_NANOSECONDS)
    if is_avif(body):
        width, height, decoded = read_avif(body)
        pixels = max(width * height, decoded)
        return _File("AVIF", body, width, height, pixels * _AVIF_NANOSECONDS + len(body) * _AVIF_BYTE_NANOSECONDS, 0)
    try:
        # No JPEG has a side of that many pixels, so none is reduced while it is decoded.
        bitmap = read_headers(body, kept_pixels=1 << 16)
    except InvalidRequest as problem:
        raise InvalidRequest.of(*[msgspec.structs.replace(issue, path=PATH) for issue in problem.issues]) from None
    return _File(
        bitmap.format, bitmap.body, bitmap.width, bitmap.height, bitmap.nanoseconds, orientation=bitmap.orientation
    )


def _check(file: _File) -> None:
    width, height = file.width, file.height
    if width * height > MAX_PIXELS:
        message = (
            f"A picture can have at most {MAX_PIXELS} pixels, such as 4096 × 4096; this one has {width} × {height}."
        )
        refuse(message, limit={"max_pixels": MAX_PIXELS})
    if max(width, height) > MAX_SIDE:
        message = f"A picture can have at most {MAX_SIDE} pixels a side; this one has {width} × {height}."
        refuse(message, limit={"max": MAX_SIDE})
    if not width or not height:
        refuse_damaged()
    taken = (file.nanoseconds + width * height * _KEEPING_NANOSECONDS) / 1e6
    most = round(1000 * DECODING_SECONDS)
    if taken > most:
        side = 10 * int(max(width, height) * sqrt(most / taken) / 10)
        refuse(
            f"A picture can take at most {most} ms to decode; this {file.format} of {width} × {height} pixels takes "
            f"about {taken:.0f} ms. Make it smaller, about {side} pixels a side, or save it as a baseline JPEG.",
            limit={"max": most},
        )


def _decode(file: _File) -> tuple[Image.Image, int]:
    """Decode a file and return it with its orientation."""
    image: Image.Image = Image.open(BytesIO(file.body), formats=(file.format,))
    if image.width * image.height > MAX_PIXELS:
        # The headers are ambiguous.
        refuse_damaged()
    # Only the grey channel of a JPEG is decoded.
    image.draft("L", image.size)
    image.load()
    orientation = file.orientation or int(image.getexif().get(_EXIF_ORIENTATION, 1))
    return reduce_depth(image), orientation


def place_on_page(image: Image.Image, page: int) -> Image.Image:
    """Lay a grey picture on a page of one grey, which shows through where the picture is not opaque."""
    layered = image if image.mode in ("LA", "RGBA") else image.convert("RGBA")
    paper = Image.new("L", image.size, page)
    paper.paste(layered.convert("L"), mask=layered.getchannel("A"))
    return paper


def _settle(grey: Image.Image, orientation: int) -> Image.Image:
    """Reduce a picture to `KEPT_PIXELS`, and turn it upright."""
    scale = sqrt(KEPT_PIXELS / (grey.width * grey.height))
    if scale < 1:
        size = max(1, round(grey.width * scale)), max(1, round(grey.height * scale))
        grey = grey.resize(size, Image.Resampling.BOX)
    return grey.transpose(TURNS[orientation]) if orientation in TURNS else grey
