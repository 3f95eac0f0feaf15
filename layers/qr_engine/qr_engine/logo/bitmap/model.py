"""A bitmap as its headers describe it, before it is decoded."""

from __future__ import annotations

from typing import Final, Literal, NoReturn

import msgspec

from ..model import refuse

__all__ = ["MAX_PARTS", "MAX_PROFILE_BYTES", "Bitmap", "check_parts", "refuse_damaged"]

MAX_PARTS: Final = 4096
"""The most chunks of a PNG or WebP, or segments of a JPEG; 2 MiB in the smallest parts that encoders write are 512."""

MAX_PROFILE_BYTES: Final = 2 * 1024 * 1024
"""The most bytes of a colour profile; the profiles of printing presses have about half as many."""


class Bitmap(msgspec.Struct, frozen=True):
    """A bitmap file, and the properties in its headers.

    Attributes
    ----------
    body
        The file without the parts that its picture does not need: texts, metadata, thumbnails, profiles, more pictures.
    width, height
        Pixels as stored, before any turn.
    nanoseconds
        Time to decode the file, by `cost.NANOSECONDS`.
    description
        What makes decoding slow, for a person who has to make the file smaller.
    orientation
        How to turn the picture, as a number of Exif (CIPA DC-008, 4.6.5); 1 for not at all.
    profile
        The ICC profile of its colours; empty for none.
    """

    format: Literal["PNG", "JPEG", "WEBP"]
    body: bytes
    width: int
    height: int
    nanoseconds: float
    description: str
    frames: int = 1
    orientation: int = 1
    profile: bytes = b""


def check_parts(count: int, kind: str, parts: str) -> None:
    """Refuse a file with more parts than any picture needs."""
    if count > MAX_PARTS:
        refuse(f"A {kind} can have at most {MAX_PARTS} {parts}; this one has more.", limit={"max": MAX_PARTS})


def refuse_damaged() -> NoReturn:
    """Refuse a file that ends early or contradicts itself."""
    refuse("The picture is truncated or damaged.")
