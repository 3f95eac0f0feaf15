"""A picture that may be searched for symbols."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NoReturn

import msgspec

from ...errors import InvalidRequest, Issue

if TYPE_CHECKING:
    from PIL import Image

__all__ = ["KEPT_PIXELS", "MAX_BYTES", "MAX_PIXELS", "MAX_SIDE", "PATH", "Picture", "refuse", "refuse_damaged"]

PATH: Final = "image"
"""The field that every fault of a picture is laid to."""

MAX_BYTES: Final = 4 * 1024 * 1024
"""Of a picture: with base64 around it, it just fits into the 6 MB that Lambda takes."""

MAX_PIXELS: Final = 4096 * 4096
"""Of a picture: the largest that generate draws, and what phones take by default."""

MAX_SIDE: Final = 16_384
"""Pixels of the longer side, for strips."""

KEPT_PIXELS: Final = 2048 * 2048
"""To which a larger picture is reduced: a camera's pixels are finer than what its lens shows."""


class Picture(msgspec.Struct, frozen=True):
    """A picture in grey.

    Attributes
    ----------
    grey
        Of mode ``L``, upright, on white where it is not opaque, at most `KEPT_PIXELS`.
    on_dark
        The same on black where it is not opaque; None for an opaque picture.
    width, height
        Pixels of the picture as it is shown, before it was reduced.
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
