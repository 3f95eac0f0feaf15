"""The canonical form of requests that only other services' addresses allow; no other request loads this module."""

from __future__ import annotations

from ..symbol.model import Charset
from .canonical import CanonicalRequest

__all__ = ["LEAST_SIZE", "ExtendedRequest"]


class ExtendedRequest(CanonicalRequest, frozen=True, array_like=True):
    """A plain code with an option that only other services' addresses have; without one it is a `CanonicalRequest`.

    Attributes
    ----------
    charset
        The character set of the encoded text.
    padding
        Pixels on each side, within `size`, that modules and quiet zone stay clear of; raster formats only.
    scale
        Pixels per module if `size` is less than one pixel per module; the picture then becomes larger. 0 refuses such a
        size. A size below `LEAST_SIZE` is always too small.
    faint
        Whether to draw the code however little contrast there is.
    """

    charset: Charset = "utf-8"
    padding: int = 0
    scale: int = 0
    faint: bool = False


LEAST_SIZE = 10
"""Pixels of the smallest picture that any other service makes."""
