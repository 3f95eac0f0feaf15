"""A logo that may be drawn."""

from __future__ import annotations

from typing import Literal, NoReturn

import msgspec

from ..errors import InvalidRequest, Issue

__all__ = ["MAX_ASPECT", "MAX_BYTES", "MAX_PIXELS", "PATH", "Logo", "check_aspect", "refuse"]

PATH = "logo.data"
"""The field that every fault of a logo is laid to."""

MAX_BYTES = 2 * 1024 * 1024
"""Of a logo as it is given, after base64."""

MAX_PIXELS = 4096
"""Of each side of a logo as it is given; for an SVG its units."""


MAX_ASPECT = 20
"""Of the longer side to the shorter one."""


class Logo(msgspec.Struct, frozen=True):
    """A picture that is known to be whole and harmless.

    Attributes
    ----------
    kind
        ``raster``, or ``svg``.
    width, height
        Of `body`: pixels, or the units of the SVG.
    body
        PNG or JPEG bytes without metadata, or a sanitised SVG document in UTF-8 with a ``viewBox``.
    content_type
        Of `body`.
    digest
        SHA-256 of the logo as it was given, in hexadecimal: the same however it was wrapped.
    layers, cost
        As those of `EmbeddedImage`.
    """

    kind: Literal["raster", "svg"]
    width: float
    height: float
    body: bytes
    content_type: Literal["image/png", "image/jpeg", "image/svg+xml"]
    digest: str
    layers: tuple[int, int] = (0, 0)
    cost: tuple[float, float, float] = (0.0, 0.0, 0.0)

    @property
    def aspect(self) -> float:
        """Width divided by height."""
        return self.width / self.height


def refuse(message: str, *, limit: dict[str, float] | None = None, allowed: tuple[str, ...] | None = None) -> NoReturn:
    """Raise the `InvalidRequest` that says in one sentence why a logo cannot be taken."""
    raise InvalidRequest.of(Issue(PATH, message, limit=limit, allowed=allowed))


def check_aspect(width: float, height: float) -> None:
    """Refuse a strip, of which nothing could be seen."""
    if not 1 / MAX_ASPECT <= width / height <= MAX_ASPECT:
        refuse(f"A logo can be at most {MAX_ASPECT} times as long as it is wide.", limit={"max": MAX_ASPECT})
