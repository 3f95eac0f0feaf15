"""Plain text for terminals and logs. A character cell is about twice as high as wide, so it shows two modules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..artwork import rows

if TYPE_CHECKING:
    from ..artwork import Artwork

__all__ = ["draw"]

# By the upper module and the lower one, 1 for dark: space, ▄ (lower half), ▀ (upper half), █ (full block).
_GLYPHS: Final = {("0", "0"): " ", ("0", "1"): "\u2584", ("1", "0"): "\u2580", ("1", "1"): "\u2588"}


def draw(artwork: Artwork) -> bytes:
    """Print the artwork as UTF-8 lines of equal width, quiet zone included, each ended by a line feed.

    Dark modules are printed in the colour of the text, so the code reads where text is darker than its background. A
    line holds two rows of modules; below an odd last row, a light one is added. Colours and `Artwork.size` are ignored.
    """
    side = "0" * artwork.margin
    quiet = ["0" * artwork.modules] * artwork.margin
    modules = [*quiet, *[f"{side}{row}{side}" for row in rows(artwork.symbol)], *quiet]
    if len(modules) % 2:
        modules.append("0" * artwork.modules)
    pairs = zip(modules[::2], modules[1::2], strict=True)
    lines = ["".join([_GLYPHS[pair] for pair in zip(upper, lower, strict=True)]) for upper, lower in pairs]
    return ("\n".join(lines) + "\n").encode()
