"""The canonical form of what only the addresses of other services ask for; no other request loads this module."""

from __future__ import annotations

from ..symbol.model import Charset
from .canonical import CanonicalRequest

__all__ = ["LEAST_SIZE", "ExtendedRequest"]


class ExtendedRequest(CanonicalRequest, frozen=True, array_like=True):
    """A plain code with something that only the addresses of other services ask for; else it is a `CanonicalRequest`.

    Attributes
    ----------
    charset
        The character set in which the text is written.
    padding
        Pixels on each side, within `size`, that modules keep away from, quiet zone aside; raster formats only.
    scale
        Pixels a module where `size` has less than one for each, the picture becoming as large as they need; 0 to
        refuse that. A size below `LEAST_SIZE` never has enough.
    faint
        Whether the code is drawn however little contrast there is.
    """

    charset: Charset = "utf-8"
    padding: int = 0
    scale: int = 0
    faint: bool = False


LEAST_SIZE = 10
"""Pixels of the smallest picture that any other service makes."""
