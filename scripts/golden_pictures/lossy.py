"""What lossy encoders are given, since what they make of it depends on their build."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from PIL import Image, ImageChops, ImageStat

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["FARTHEST", "Sources", "of_pixels", "record_sources"]

Sources = dict[bytes, str]
"""The SHA-256 of a lossy file that was encoded here, and the digest of the pixels and parameters it was made of."""

FARTHEST = 4.0
"""Mean difference of a channel, of 255 levels, that a lossy file may have from the pixels it was made of."""


def of_pixels(image: Image.Image) -> str:
    """Name the picture's colours and alpha, pixel by pixel, however they are stored."""
    return f"{image.width}x{image.height} {hashlib.sha256(image.convert('RGBA').tobytes()).hexdigest()}"


@contextmanager
def record_sources(sources: Sources) -> Iterator[None]:
    """Note in `sources` what each lossy file is made of that Pillow writes meanwhile.

    The file is read again at once: an encoder that was given the right pixels, and lost them, is no encoder.
    """
    save = Image.Image.save

    def noting(image: Image.Image, written: Any, form: str | None = None, **parameters: Any) -> None:
        save(image, written, form, **parameters)
        if isinstance(written, BytesIO) and _lossy(form, parameters):
            body = written.getvalue()
            _compare(image, body)
            sources[hashlib.sha256(body).digest()] = (
                f"{form} of {of_pixels(image)} with {_print_parameters(parameters)}"
            )

    with patch.object(Image.Image, "save", noting):
        yield


def _lossy(form: str | None, parameters: dict[str, Any]) -> bool:
    return form in ("JPEG", "AVIF") or (form == "WEBP" and not parameters.get("lossless"))


def _print_parameters(parameters: dict[str, Any]) -> str:
    plain = {
        name: {tag: float(entry) for tag, entry in value.items()} if isinstance(value, Image.Exif) else value
        for name, value in parameters.items()
    }
    return ", ".join(f"{name}={plain[name]}" for name in sorted(plain))


def _compare(image: Image.Image, body: bytes) -> None:
    with Image.open(BytesIO(body)) as read:
        back = read.convert(image.mode)
    if back.size != image.size:
        raise ValueError(f"{image.size} were encoded, and {back.size} come back")
    means = ImageStat.Stat(ImageChops.difference(image, back)).mean
    apart = sum(means) / len(means)
    if apart > FARTHEST:
        raise ValueError(f"what was encoded comes back {apart:.1f} levels apart")
