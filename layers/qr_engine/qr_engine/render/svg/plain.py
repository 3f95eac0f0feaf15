"""Scalable Vector Graphics: a background, and one path for all dark modules (SVG 1.1, 8.3 and 11.3).

The path is filled, not stroked: a stroke would be half the bytes, but it stops being square modules where an editor
scales shapes without their strokes (Illustrator's default), and a cutter or plotter follows its middle line. Each run
of dark modules in a row is one closed rectangle; the rectangles touch within a single path, whose coverage every
rasteriser adds up before it paints, so no seams show at fractional scales. Merged outlines would take about two
fifths of the bytes, half at version 40, and three to eight times as long; compressed, the two are within a quarter of
each other, either way.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from ...artwork import rows

if TYPE_CHECKING:
    from ...artwork import Artwork
    from ...artwork.color import Color
    from ...symbol.model import Symbol

__all__ = ["draw"]


def draw(artwork: Artwork) -> bytes:
    """Print the artwork as a stand-alone SVG document, UTF-8, without classes, styles or scripts.

    Only a title and a description have identifiers.
    """
    if artwork.layers:
        from .styled import draw as draw_layers

        return draw_layers(artwork)
    size, modules = artwork.size, artwork.modules
    role = names = background = ""
    if artwork.title or artwork.description:
        from .ids import accessible_name

        role, names = accessible_name(artwork)
    if artwork.background.alpha:
        background = f'<path {_print_fill(artwork.background)} d="M0 0h{modules}v{modules}H0z"/>'
    document = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}" viewBox="0 0 {modules} {modules}"'
        f' shape-rendering="crispEdges"{role}>{names}{background}'
        f'<path {_print_fill(artwork.foreground)} d="{_print_path(artwork.symbol, artwork.margin)}"/></svg>\n'
    )
    if names:
        from .ids import replace_marks

        document = replace_marks(document)
    return document.encode()


@lru_cache(maxsize=256)
def _print_fill(color: Color) -> str:
    # An alpha channel inside the colour is CSS Color 4, which editors and printers do not read.
    red_green_blue = color.hex[:7]
    if color.opaque:
        return f'fill="{red_green_blue}"'
    return f'fill="{red_green_blue}" fill-opacity="{color.alpha / 255:.3g}"'


def _print_path(symbol: Symbol, margin: int) -> str:
    """Print one closed rectangle for each horizontal run of dark modules, in modules from the top left corner."""
    # Cut after each dark run; a cut piece is light modules and then dark ones, with "/" in front at the start of a row.
    pieces = ("/" + " /".join(rows(symbol))).replace("10", "1 0").split(" ")
    commands = "".join(map(_commands(margin).__getitem__, pieces))
    return commands % tuple(range(margin, margin + symbol.size))


class _Commands(dict[str, str]):
    """The path commands of each piece that was ever met, so that drawing is one look-up per run, without a loop.

    The first rectangle of a row starts at an absolute position, with its y left open; the others at a distance from the
    one before. Each begins and ends at its top right corner, from where that distance is known without a look back.
    """

    def __init__(self, margin: int) -> None:
        super().__init__()
        self.margin = margin

    def __missing__(self, piece: str) -> str:
        first = piece.startswith("/")
        dark = piece.count("1")
        right = len(piece) - first
        if dark:
            start = f"M{self.margin + right} %d" if first else f"m{right} 0"
            commands = f"{start}h-{dark}v1h{dark}z"
        else:
            # A row without dark modules still has to use up its y.
            commands = "%.0s" if first else ""
        self[piece] = commands
        return commands


# Margins are few, and so are the pieces: a mask is chosen to break up long runs (ISO/IEC 18004:2015, 7.8.3).
_commands = lru_cache(maxsize=32)(_Commands)
