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
    # "/" begins a row. A light module is put behind each row, so that one follows every dark run, where the cut is.
    *pieces, _ = ("/" + "0/".join(rows(symbol)) + "0").split("10")
    if not pieces:
        return ""
    first, *others = pieces
    _, down, right, dark = _measure(first)
    start = f"M{margin + right} {margin + down - 1}h-{dark}v1h{dark}z"
    return start + "".join(map(_moves(symbol.size).__getitem__, others))


def _measure(piece: str) -> tuple[int, int, int, int]:
    """Count what lies between the last dark run and the end of the next one.

    Returns
    -------
    tuple
        The light modules at the end of the row above, the rows down, the modules from the left end of the row or from
        the last dark run to the right end of the next one, and how many of those are dark.
    """
    *above, here = piece.split("/")
    dark = here.count("1") + 1
    # Cutting took the last dark module, and the light one behind it, which is the next piece's own within a row.
    light = here.count("0") + (0 if above else 1)
    return len(above[0]) if above else 0, len(above), light + dark, dark


class _Moves(dict[str, str]):
    """The path commands of each piece that was ever met, so that drawing is one look-up per run, without a loop.

    Each rectangle begins and ends at its top right corner, and starts at a distance from the one before.
    """

    def __init__(self, size: int) -> None:
        super().__init__()
        self.size = size

    def __missing__(self, piece: str) -> str:
        light_above, down, right, dark = _measure(piece)
        across = right + light_above - self.size if down else right
        commands = f"m{across} {down}h-{dark}v1h{dark}z"
        self[piece] = commands
        return commands


# Sizes are few, and so are the pieces: a mask is chosen to break up long runs (ISO/IEC 18004:2015, 7.8.3).
_moves = lru_cache(maxsize=44)(_Moves)
