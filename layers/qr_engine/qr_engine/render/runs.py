"""Rectangles of a plain code: the horizontal runs of dark modules."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ..artwork import rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..artwork import Artwork

__all__ = ["runs"]

_DARK: Final = re.compile("1+")


def runs(artwork: Artwork) -> Iterator[tuple[int, int, int]]:
    """Yield left, top and width of each horizontal run of dark modules, in modules; each is one module high."""
    margin = artwork.margin
    for top, row in enumerate(rows(artwork.symbol), margin):
        for run in _DARK.finditer(row):
            yield margin + run.start(), top, run.end() - run.start()
