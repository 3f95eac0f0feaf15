"""PNG, JPEG and WebP logos, opened under bounds and written anew."""

from __future__ import annotations

import struct
import warnings
import zlib
from io import BytesIO
from typing import Final

from PIL import Image, ImageOps

from .model import MAX_PIXELS, Logo, check_aspect, refuse

__all__ = ["MAX_SCANS", "read_raster", "read_within", "size_of"]

MAX_SCANS: Final = 100
"""Of a JPEG, each of which goes over the whole picture; encoders write about ten (libjpeg-turbo's LJT-01-003)."""

_START_OF_SCAN: Final = b"\xff\xda"

# A logo takes at most about half of the largest picture's side, and is embedded in every SVG.
_KEPT_PIXELS: Final = 1024
_JPEG_QUALITY: Final = 90
# What Pillow's readers raise on files that end early or contradict themselves.
_BROKEN: Final = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, struct.error, zlib.error)


def read_raster(body: bytes, digest: str) -> Logo:
    """Give a raster logo upright, in sRGB, without metadata, at most 1,024 pixels a side.

    JPEGs stay JPEGs, which is smaller for photographs; everything else becomes a PNG.

    Raises
    ------
    InvalidRequest
        It is truncated, animated, too large or wholly transparent.
    """
    image = _opened(body)
    source = image.format
    try:
        image.draft("RGB", (_KEPT_PIXELS, _KEPT_PIXELS))
        image = ImageOps.exif_transpose(image)
        if image.mode.startswith("I"):
            # Sixteen bits a channel, which a conversion would cut off and not scale.
            image = image.point(lambda value: value * (1 / 256)).convert("L")
        image = _in_srgb(image)
    except _BROKEN:
        refuse("The picture is truncated or damaged.")
    if image.mode == "RGBA" and image.getchannel("A").getextrema()[1] == 0:
        refuse("The picture is wholly transparent.")
    image.info.clear()
    out = BytesIO()
    if source in ("JPEG", "MPO"):
        image.save(out, "JPEG", quality=_JPEG_QUALITY, optimize=True)
        return Logo("raster", image.width, image.height, out.getvalue(), "image/jpeg", digest)
    image.save(out, "PNG", optimize=True)
    return Logo("raster", image.width, image.height, out.getvalue(), "image/png", digest)


def _in_srgb(image: Image.Image) -> Image.Image:
    """Give the picture in RGB or RGBA, no larger than it is kept; colours are converted once it is small."""
    profile, clear = image.info.get("icc_profile"), image.has_transparency_data
    mode = image.mode.removesuffix("A") if image.mode in ("L", "LA", "CMYK") and profile else "RGB"
    image = image.convert({"L": "LA", "RGB": "RGBA"}[mode] if clear else mode)
    image.thumbnail((_KEPT_PIXELS, _KEPT_PIXELS), Image.Resampling.LANCZOS)
    if profile:
        # A tenth of a second of code that few logos need.
        from .color_profile import to_srgb

        image = to_srgb(image, profile)
    return image.convert("RGBA" if clear else "RGB")


def size_of(body: bytes) -> int:
    """Give the pixels that `read_within` leaves of a PNG or JPEG, from its header; raises as `read_raster` does."""
    width, height = _opened(body).size
    reduced = min(1.0, _KEPT_PIXELS / max(width, height))
    return round(width * reduced) * round(height * reduced)


def read_within(body: bytes) -> tuple[str, bytes]:
    """Give the media type and the bytes of a PNG or JPEG inside an SVG.

    They are the same unless it is larger than is kept, or programs might show its colours differently.

    Raises
    ------
    InvalidRequest
        As `read_raster`.
    """
    image = _opened(body)
    kind = "image/jpeg" if image.format in ("JPEG", "MPO") else "image/png"
    if max(image.size) > _KEPT_PIXELS or image.mode == "CMYK" or "icc_profile" in image.info:
        logo = read_raster(body, "")
        return logo.content_type, logo.body
    try:
        image.load()
    except _BROKEN:
        refuse("A picture inside the SVG is truncated or damaged.")
    return kind, body


def _opened(body: bytes) -> Image.Image:
    """Read the header, and nothing that takes memory before the size is known to be in bounds."""
    # Within a scan, a byte of 255 is followed by a zero (ITU T.81, B.1.1.5).
    if body.startswith(b"\xff\xd8") and (scans := body.count(_START_OF_SCAN)) > MAX_SCANS:
        refuse(f"A JPEG has at most {MAX_SCANS} scans; this one has {scans}.", limit={"max": MAX_SCANS})
    try:
        with warnings.catch_warnings():
            # The bound below is far under the one that Pillow warns at.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(BytesIO(body), formats=("PNG", "JPEG", "WEBP"))
        # A phone's JPEG may carry a second picture, which Pillow counts as a frame.
        frames = 1 if image.format == "MPO" else getattr(image, "n_frames", 1)
    except Image.DecompressionBombError:
        refuse(f"A logo has at most {MAX_PIXELS} pixels a side.", limit={"max": MAX_PIXELS})
    except _BROKEN:
        refuse("The picture is truncated or damaged.")
    if max(image.size) > MAX_PIXELS:
        message = f"A logo has at most {MAX_PIXELS} pixels a side; this one has {image.width} × {image.height}."
        refuse(message, limit={"max": MAX_PIXELS})
    check_aspect(*image.size)
    if frames > 1:
        refuse(f"The picture is animated, with {frames} frames; a logo is a still picture.")
    return image
