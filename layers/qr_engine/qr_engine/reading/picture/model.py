"""A picture to search for symbols."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NoReturn

import msgspec

from ...errors import InvalidRequest, Issue

if TYPE_CHECKING:
    from PIL import Image

__all__ = ["KEPT_PIXELS", "MAX_BYTES", "MAX_PIXELS", "MAX_SIDE", "PATH", "Picture", "refuse", "refuse_damaged"]

PATH: Final = "image"
"""The field that all problems of a picture are reported for."""

MAX_BYTES: Final = 4 * 1024 * 1024
"""Bytes of a picture: in base64 it just fits into Lambda's limit of 6 MB."""

MAX_PIXELS: Final = 4096 * 4096
"""Pixels of a picture: the most that generate draws, and the default of phones."""

MAX_SIDE: Final = 16_384
"""Pixels of the longer side, for long strips."""

KEPT_PIXELS: Final = 2048 * 2048
"""Pixels to which a larger picture is reduced: a camera's pixels are finer than its lens can resolve."""


class Picture(msgspec.Struct, frozen=True):
    """A picture in grey.

    Attributes
    ----------
    grey
        Mode ``L``, upright, on white where it is not opaque, at most `KEPT_PIXELS`.
    on_dark
        The same on black where it is not opaque; None for an opaque picture.
    width, height
        Pixels of the displayed picture, before it was reduced.
    """

    grey: Image.Image
    on_dark: Image.Image | None
    width: float
    height: float


def refuse(message: str, *, limit: dict[str, float] | None = None, allowed: tuple[str, ...] | None = None) -> NoReturn:
    """Raise the `InvalidRequest` that says in one sentence why a picture cannot be read."""
    raise InvalidRequest.of(Issue(PATH, message, limit=limit, allowed=allowed))


def refuse_damaged() -> NoReturn:
    """Refuse a file that ends early, or contradicts itself."""
    refuse("The picture is truncated or damaged.")
