"""Turn a symbol and a style into layers: the data, the eye borders and the eye centres, one layer for each paint.

A stroke is painted before all of them, so that no lines show between shapes that join.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import compress
from typing import TYPE_CHECKING

import msgspec

from . import eyes, robust_eyes
from .color import TRANSPARENT
from .grid import Grid, eye_corners, split_cells
from .model import Artwork, Insets, Layer, Paint, Part, Path, Tiles
from .paths import rectangle, translate
from .patterns import ALIGNMENT, FREE_STANDING, PATTERNS, Pattern
from .style import EyeColors, GradientStyle, StrokeStyle, Style, place_gradient

if TYPE_CHECKING:
    from ..symbol.model import Symbol
    from .color import Color

__all__ = ["compose_styled"]

_EYE_QUARTERS = (0, 1, 3)
"""Clockwise quarter turns that bring the outer corner of the first eye to the outer corner of each eye."""


def compose_styled(symbol: Symbol, style: Style, *, margin: int, size: int, dpi: int = 96) -> Artwork:
    """Lay out a styled code.

    Parameters
    ----------
    symbol
        The symbol to draw.
    style
        The look of the code.
    margin
        Quiet zone on each side, in modules.
    size
        Side of the picture, in pixels.
    dpi
        Pixels per inch.

    Returns
    -------
    Artwork
        One layer for each paint, the data first and then the eyes; eye parts with the same paint share a layer. A
        stroke and a background gradient lie under them. A frame adds layers under and over all of these, and makes the
        picture larger.

    Raises
    ------
    TooWide
        The text of the frame does not fit.
    """
    if style.frame is not None:
        from .frames import draw_frame

        frame = draw_frame(style, style.frame, symbol.size + 2 * margin)
        insets, background = frame.insets, TRANSPARENT
    else:
        frame, insets, background = None, Insets(), style.background
    artwork = Artwork(
        symbol=symbol,
        margin=margin,
        size=size,
        foreground=style.foreground,
        background=background,
        dpi=dpi,
        insets=insets,
    )
    x, y = artwork.corner
    box = (x, y, x + symbol.size, y + symbol.size)
    border, center = _eye_styles(style, artwork.module_pixels)
    layers = [
        Layer("data", _data_tiles(symbol, style, border, artwork.corner), _data_paint(style, box)),
        *_eye_layers(symbol, style, border, center, box),
    ]
    if style.stroke is not None:
        layers = [*_stroke_layers(layers, style.stroke), *layers]
    if frame is not None:
        layers = [*frame.below, *layers, *frame.above]
    elif style.background_gradient is not None:
        whole = (0, 0, symbol.size + 2 * margin, symbol.size + 2 * margin)
        layers.insert(0, Layer("background", rectangle(*whole), place_gradient(style.background_gradient, whole)))
    return msgspec.structs.replace(artwork, layers=tuple(layers))


def _data_tiles(symbol: Symbol, style: Style, border: str, corner: tuple[int, int]) -> Tiles:
    data, alignment = split_cells(symbol)
    apart = style.data_pattern in FREE_STANDING
    if not apart:
        data = (int.from_bytes(data, "big") | int.from_bytes(alignment, "big")).to_bytes(len(data), "big")
    tiles = _place_tiles(Grid(symbol.size, data, style.seed), PATTERNS[style.data_pattern], corner)
    if not apart or not any(alignment):
        return tiles
    over = _place_tiles(Grid(symbol.size, alignment), ALIGNMENT[border in eyes.ROUND_BORDERS], corner)
    first = len(tiles.shapes)
    return Tiles(tiles.shapes + over.shapes, tiles.positions + tuple([(x, y, first + i) for x, y, i in over.positions]))


def _place_tiles(grid: Grid, pattern: Pattern, corner: tuple[int, int]) -> Tiles:
    """Place the dark cells of `grid`, and keep only the shapes that occur."""
    shapes, indices = pattern(grid)
    cell_shapes = bytes(compress(indices, grid.cells))
    used = bytes(sorted(set(cell_shapes)))
    places = compress(_cell_positions(grid.size, *corner), grid.cells)
    indices_used = cell_shapes.translate(bytes.maketrans(used, bytes(range(len(used)))))
    return Tiles(
        tuple([shapes[index] for index in used]),
        tuple([(x, y, number) for (x, y), number in zip(places, indices_used, strict=True)]),
    )


@lru_cache(maxsize=16)
def _cell_positions(size: int, left: int, top: int) -> list[tuple[int, int]]:
    return [(x + left, y + top) for y in range(size) for x in range(size + 4)]


def _data_paint(style: Style, box: tuple[int, int, int, int]) -> Paint:
    if style.gradient is not None and style.gradient.apply_to_data:
        return place_gradient(style.gradient, box)
    return style.foreground


def _eye_layers(symbol: Symbol, style: Style, border: str, center: str, box: tuple[int, int, int, int]) -> list[Layer]:
    """Return the eyes, a layer for each of their paints, in the order in which the paints first occur."""
    draw_border, draw_center = eyes.draw_border, eyes.draw_center
    if style.robust:
        draw_border, draw_center = robust_eyes.draw_robust_border, robust_eyes.draw_robust_center
    own = (*style.per_eye, EyeColors(), EyeColors(), EyeColors())
    merged: dict[Paint, tuple[Part, Path]] = {}
    for (x, y), quarters, colors in zip(eye_corners(symbol), _EYE_QUARTERS, own, strict=False):
        parts: list[tuple[Part, Path, Paint]] = [
            (
                "eye_border",
                draw_border(border, quarters),
                colors.border or _eye_paint(style, style.eye_border, box),
            ),
            (
                "eye_center",
                draw_center(center, quarters),
                colors.center or _eye_paint(style, style.eye_center, box),
            ),
        ]
        for part, shape, paint in parts:
            first, path = merged.get(paint, (part, ()))
            merged[paint] = first, path + translate(shape, x + box[0], y + box[1])
    return [Layer(part, path, paint) for paint, (part, path) in merged.items()]


def _eye_styles(style: Style, module_pixels: int) -> tuple[str, str]:
    """Return the styles of the border and the centre of every eye."""
    if style.robust:
        return robust_eyes.robust_styles(style.eye_shape, style.eye_border_style, style.eye_center_style)
    if style.eye_shape is not None:
        return eyes.EYES[style.eye_shape]
    border, center = eyes.matching_styles(style.eye_border_style, style.eye_center_style)
    return eyes.coarse_styles(border, center, module_pixels)


def _stroke_layers(layers: list[Layer], stroke: StrokeStyle) -> list[Layer]:
    """Return one stroke layer for all tiles, and one for all paths."""
    tiles = [layer.shape for layer in layers if isinstance(layer.shape, Tiles)]
    path = tuple([command for layer in layers if not isinstance(layer.shape, Tiles) for command in layer.shape])
    shapes: list[Path | Tiles] = [*tiles, path]
    return [Layer("stroke", shape, stroke.color, outset=stroke.width) for shape in shapes]


def _eye_paint(style: Style, color: Color | None, box: tuple[int, int, int, int]) -> Paint:
    if color is not None:
        return color
    gradient: GradientStyle | None = style.eye_gradient
    if gradient is None and style.gradient is not None and style.gradient.apply_to_eyes:
        gradient = style.gradient
    return style.foreground if gradient is None else place_gradient(gradient, box)
