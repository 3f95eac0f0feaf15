"""The logo, after it has been checked."""

from __future__ import annotations

from typing import Literal, NoReturn

import msgspec

from ..errors import InvalidRequest, Issue

__all__ = ["MAX_ASPECT", "MAX_BYTES", "MAX_PIXELS", "PATH", "Logo", "check_aspect", "refuse"]

PATH = "logo.data"
"""The field that all issues with a logo name."""

MAX_BYTES = 2 * 1024 * 1024
"""The most bytes of a logo as given, after base64."""

MAX_PIXELS = 4096
"""The most pixels of each side of a logo as given; for an SVG, the most units."""


MAX_ASPECT = 20
"""The largest ratio of the longer side to the shorter side."""


class Logo(msgspec.Struct, frozen=True):
    """A picture that is known to be whole and harmless.

    Attributes
    ----------
    kind
        ``raster``, or ``svg``.
    width, height
        Size of `body`, in pixels or in the units of the SVG.
    body
        PNG or JPEG bytes without metadata, or a sanitised SVG document in UTF-8 with a ``viewBox``.
    content_type
        Media type of `body`.
    digest
        SHA-256 of the decoded bytes of the logo as given, in hexadecimal.
    layers, cost
        As for `EmbeddedImage`.
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
    """Raise an `InvalidRequest` that says in one sentence why a logo cannot be used."""
    raise InvalidRequest.of(Issue(PATH, message, limit=limit, allowed=allowed))


def check_aspect(width: float, height: float) -> None:
    """Refuse a logo that is so narrow a strip that nothing of it could be seen."""
    if not 1 / MAX_ASPECT <= width / height <= MAX_ASPECT:
        refuse(f"A logo can be at most {MAX_ASPECT} times as long as it is wide.", limit={"max": MAX_ASPECT})
