"""What is known of a bitmap before it is decoded."""

from __future__ import annotations

from typing import Final, Literal, NoReturn

import msgspec

from ..model import refuse

__all__ = ["MAX_PARTS", "MAX_PROFILE_BYTES", "Bitmap", "check_parts", "refuse_damaged"]

MAX_PARTS: Final = 4096
"""Chunks of a PNG or a WebP, or segments of a JPEG: 2 MiB in the smallest that encoders write are 512."""

MAX_PROFILE_BYTES: Final = 2 * 1024 * 1024
"""Of a colour profile; those of printing presses have about half of that."""


class Bitmap(msgspec.Struct, frozen=True):
    """A file by its headers.

    Attributes
    ----------
    body
        The file without what its picture does not need: texts, metadata, thumbnails, profiles, other pictures.
    width, height
        Pixels, as they are stored.
    nanoseconds
        What it takes to decode, by `cost.NANOSECONDS`.
    description
        What makes it take so long, for whoever has to make it smaller.
    orientation
        How it is to be turned, as Exif numbers it (CIPA DC-008, 4.6.5): 1 for not at all.
    profile
        The ICC profile that its colours are meant in; empty for none.
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
    """Refuse a file of more parts than it takes to hold a picture."""
    if count > MAX_PARTS:
        refuse(f"A {kind} can have at most {MAX_PARTS} {parts}; this one has more.", limit={"max": MAX_PARTS})


def refuse_damaged() -> NoReturn:
    """Refuse a file that ends early, or contradicts itself."""
    refuse("The picture is truncated or damaged.")
