"""Convert pictures with a colour profile (ICC.1:2022) to sRGB, in which pictures without a profile are shown."""

from __future__ import annotations

from io import BytesIO
from typing import Final

from PIL import Image, ImageChops, ImageCms

__all__ = ["MAX_PROFILE_BYTES", "to_srgb"]

MAX_PROFILE_BYTES: Final = 2 * 1024 * 1024
"""The most bytes of a profile; larger ones are ignored. Those of printing presses have about half as many."""

_HEADER: Final = 128
_TAG: Final = 12
_SPACES: Final = {"RGB": "RGB", "L": "GRAY", "CMYK": "CMYK"}
# A profile that differs from sRGB by at most this many levels is sRGB under another name, and changes nothing.
_SAME: Final = 2


def to_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """Convert a picture in ``RGB``, ``L`` or ``CMYK``, or with alpha, by its profile.

    Like browsers, this ignores a profile that is broken or for another kind of picture.
    """
    alpha = image.getchannel("A") if image.mode in ("RGBA", "LA") else None
    bare = image.convert(image.mode.removesuffix("A")) if alpha is not None else image
    transform = _transform(bare.mode, profile)
    if transform is None:
        return image
    converted = bare.copy() if _changes_nothing(transform, bare.mode) else transform.apply(bare)
    if alpha is not None:
        converted = converted.convert("RGB")
        converted.putalpha(alpha)
    return converted


def _transform(mode: str, profile: bytes) -> ImageCms.ImageCmsTransform | None:
    if len(profile) > MAX_PROFILE_BYTES:
        return None
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(_without_pipelines(profile)))
        if source.profile.xcolor_space.strip() != _SPACES[mode]:
            return None
        return ImageCms.buildTransform(source, ImageCms.createProfile("sRGB"), mode, "RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return None


def _without_pipelines(profile: bytes) -> bytes:
    """Hide the tags that may have any number of steps for each colour, so that converting has a bounded cost.

    Profiles with these tags (ICC.1:2022, 9.2.17) also have the tags that older programs read.
    """
    entries = bytearray(profile)
    count = int.from_bytes(profile[_HEADER : _HEADER + 4], "big")
    for start in range(_HEADER + 4, min(_HEADER + 4 + _TAG * count, len(profile)), _TAG):
        if profile[start : start + 3] in (b"D2B", b"B2D"):
            entries[start : start + 3] = b"x2x"
    return bytes(entries)


def _changes_nothing(transform: ImageCms.ImageCmsTransform, mode: str) -> bool:
    if mode == "CMYK":
        return False
    levels = range(0, 256, 15)
    colors = [(red, green, blue) for red in levels for green in levels for blue in levels]
    probe = Image.new("RGB", (len(colors), 1))
    probe.putdata(colors if mode == "RGB" else [(level % 256,) * 3 for level in range(len(colors))])
    probe = probe.convert(mode)
    difference = ImageChops.difference(transform.apply(probe), probe.convert("RGB")).tobytes()
    return max(difference) <= _SAME
