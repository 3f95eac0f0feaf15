"""Scalable Vector Graphics: a background, and one path for all dark modules (SVG 1.1, 8.3 and 11.3).

The path is filled, not stroked. A stroke would take half the bytes, but its modules are no longer square once an editor
scales shapes without their strokes (Illustrator's default), and a cutter or plotter follows its middle line. Each run
of dark modules in a row is one closed rectangle. The rectangles touch within a single path, whose coverage every
rasteriser adds up before it paints, so no seams show at fractional scales. Merged outlines would take about two
fifths of the bytes, half at version 40, and three to eight times as long to print; compressed, either may be smaller,
by up to a quarter.
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

    Only a title and a description get identifiers.
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
    # Editors and printers do not read an alpha channel inside the colour, which is CSS Color 4.
    red_green_blue = color.hex[:7]
    if color.opaque:
        return f'fill="{red_green_blue}"'
    return f'fill="{red_green_blue}" fill-opacity="{color.alpha / 255:.3g}"'


def _print_path(symbol: Symbol, margin: int) -> str:
    """Print one closed rectangle for each horizontal run of dark modules, in modules from the top left corner."""
    # "/" begins a row. A light module is added after each row, so that every dark run ends in "10", where it is cut.
    *pieces, _ = ("/" + "0/".join(rows(symbol)) + "0").split("10")
    if not pieces:
        return ""
    first, *others = pieces
    _, down, right, dark = _measure(first)
    start = f"M{margin + right} {margin + down - 1}h-{dark}v1h{dark}z"
    return start + "".join(map(_moves(symbol.size).__getitem__, others))


def _measure(piece: str) -> tuple[int, int, int, int]:
    """Measure the way from the end of one dark run to the end of the next.

    Returns
    -------
    tuple
        The light modules left in the row of the first run, if the next run is in another row; the rows down; the
        modules from the first run, or in another row from its left end, to the end of the next run; and how many of
        these are dark.
    """
    *above, here = piece.split("/")
    dark = here.count("1") + 1
    # The cut removed the last dark module of this run, and the light one after it, which counts for the next piece if
    # that stays in the same row.
    light = here.count("0") + (0 if above else 1)
    return len(above[0]) if above else 0, len(above), light + dark, dark


class _Moves(dict[str, str]):
    """The path commands of every piece so far, so that drawing a run takes one look-up and no loop.

    Each rectangle begins and ends at its top right corner, and its move is relative to the rectangle before.
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


# There are few sizes and few different pieces, since masks break up long runs (ISO/IEC 18004:2015, 7.8.3).
_moves = lru_cache(maxsize=44)(_Moves)
