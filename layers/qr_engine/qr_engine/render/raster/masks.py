"""The pixels of a layer: how much of each its shape covers."""

from __future__ import annotations

from functools import lru_cache
from math import ceil, floor
from typing import TYPE_CHECKING, Final, TypeAlias

from PIL import Image, ImageChops

from ...artwork.model import Insets, Tiles
from ...artwork.paths import bounds
from .rasterizer import rasterize

if TYPE_CHECKING:
    from ...artwork import Artwork
    from ...artwork.model import Layer, Path

__all__ = ["Mask", "draw_mask", "pixel_origin"]

Mask: TypeAlias = tuple[Image.Image, int, int]
"""A grey picture, 255 where the layer is, and the column and row where it begins in the whole picture."""


def pixel_origin(artwork: Artwork) -> tuple[int, int]:
    """Return x and y of the pixel where module (0, 0) begins.

    Modules have whole pixels, so some pixels are left over. They are divided so that the symbol's centre keeps its
    place in the picture; without a frame, half of them are on each side.
    """
    longer, left_over = artwork.modules, artwork.size - artwork.module_pixels * artwork.modules
    centers = (2 * corner + artwork.symbol.size for corner in artwork.corner)
    x, y = (left_over * center // (2 * longer) for center in centers)
    return x, y


def draw_mask(artwork: Artwork, layer: Layer) -> Mask:
    """Draw the mask of `layer`; one that reaches to all edges of the picture also covers the pixels left over."""
    if isinstance(layer.shape, Tiles):
        return _draw_tiles(artwork, layer.shape, layer.outset)
    outset = layer.outset
    left, top, right, bottom = (
        edge + beyond for edge, beyond in zip(bounds(layer.shape), (-outset, -outset, outset, outset), strict=True)
    )
    across, down = artwork.pixels
    fills_picture = (left, top, right, bottom) == (0, 0, artwork.width, artwork.height) and len(layer.shape) == 5
    if fills_picture and layer.part in _WHOLE_PICTURE_PARTS:
        return Image.new("L", (across, down), 255), 0, 0
    scale, (start_x, start_y) = _scale_and_origin(artwork, layer)
    x, y = max(floor(left * scale), -start_x), max(floor(top * scale), -start_y)
    width = max(1, min(ceil(right * scale), across - start_x) - x)
    height = max(1, min(ceil(bottom * scale), down - start_y) - y)
    rows = rasterize(layer.shape, scale, x, y, width, height, outset * scale)
    return Image.frombytes("L", (width, height), b"".join(rows)), start_x + x, start_y + y


_WHOLE_PICTURE_PARTS: Final = frozenset({"background", "frame", "caption", "tone"})
"""The parts that fill the picture's edges: those of a frame, and those that lie over everything."""


def _scale_and_origin(artwork: Artwork, layer: Layer) -> tuple[float, tuple[int, int]]:
    """Return the pixels of a module, and the origin; a frame fills the picture, and the code lies inside it."""
    if layer.part in _WHOLE_PICTURE_PARTS and artwork.insets != _NO_INSETS:
        return artwork.size / artwork.modules, (0, 0)
    return artwork.module_pixels, pixel_origin(artwork)


_NO_INSETS: Final = Insets()


def _draw_tiles(artwork: Artwork, tiles: Tiles, outset: float) -> Mask:
    """Draw each shape once, and join the rows of pixels of neighbouring tiles."""
    pixels = artwork.module_pixels
    # The mask covers the symbol and one module around it, for shapes that reach beyond their module.
    first_column, first_row = (max(0, corner - 1) for corner in artwork.corner)
    width = min(artwork.width, artwork.corner[0] + artwork.symbol.size + 1) - first_column
    height = min(artwork.height, artwork.corner[1] + artwork.symbol.size + 1) - first_row
    tile_rows = [_draw_tile(shape, pixels, outset) for shape in tiles.shapes]
    empty = [bytes(pixels)] * pixels
    grid = [[empty] * width for _ in range(height)]
    larger = []
    for column, row, index in tiles.positions:
        rows = tile_rows[index]
        if len(rows) == pixels:
            grid[row - first_row][column - first_column] = rows
        else:
            larger.append((column, row, rows))
    pieces = [b"".join(line) for row in grid for line in zip(*row, strict=True)]
    mask = Image.frombytes("L", (width * pixels, height * pixels), b"".join(pieces))
    for column, row, rows in larger:
        overhang = (len(rows) - pixels) // 2
        tile = Image.frombytes("L", (len(rows), len(rows)), b"".join(rows))
        left, top = (column - first_column) * pixels - overhang, (row - first_row) * pixels - overhang
        if outset:
            # Where two strokes meet along a line, both cover the same part of a pixel: take the larger coverage.
            tile = ImageChops.lighter(tile, mask.crop((left, top, left + len(rows), top + len(rows))))
            mask.paste(tile, (left, top))
        else:
            mask.paste(255, (left, top), tile)
    x, y = pixel_origin(artwork)
    return mask, x + first_column * pixels, y + first_row * pixels


@lru_cache(maxsize=512)
def _draw_tile(shape: Path, pixels: int, outset: float) -> list[bytes]:
    """Draw the rows of pixels of a shape: those of its module, and as many more on every side as the shape needs."""
    left, top, right, bottom = bounds(shape)
    farthest = max(-left, -top, right - 1, bottom - 1) + outset
    overhang = ceil(farthest * pixels) if farthest > 0 else 0
    side = pixels + 2 * overhang
    return rasterize(shape, pixels, -overhang, -overhang, side, side, outset * pixels)
