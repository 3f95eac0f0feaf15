"""Every golden picture, as a request."""

from __future__ import annotations

from itertools import cycle
from typing import Any, get_args

from qr_engine.request.plain_schema import FormatName

from .looks import looks
from .symbols import pages, symbols

__all__ = ["requests"]

Request = dict[str, Any]

# Small pictures, which cost little to draw, but with enough pixels for each module to have four.
_SHARED: Request = {"data": "https://example.com", "size": 160}
_STYLED = ("svg", "png", "pdf")
"""The formats of every look; the other ones that show it take turns."""

_TURNS = ("webp", "eps", "jpeg", "avif")


def requests() -> dict[str, Request]:
    """Return the requests by name, such as ``eye shapes/leaf.svg``, in the order of the golden file."""
    catalogue: dict[str, Request] = {}
    for name, request in symbols().items():
        for form in ("json", "svg"):
            catalogue[f"{name}.{form}"] = {**request, "format": form}
    for name, request in pages().items():
        for form in get_args(FormatName):
            catalogue[f"{name}.{form}"] = {**_SHARED, **request, "format": form}
    turns = cycle(_TURNS)
    for name, request in looks().items():
        for form in (*_STYLED, next(turns)):
            # What a reader makes of a look is the same in every format: it is read in one with pixels and one without.
            catalogue[f"{name}.{form}"] = {**_SHARED, **request, "format": form, "verify": form in ("svg", "png")}
    return catalogue
