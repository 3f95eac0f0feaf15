"""The pixels of a layer: how much of each its shape covers."""

from __future__ import annotations

from functools import lru_cache
from math import ceil, floor
from typing import TYPE_CHECKING, TypeAlias

from PIL import Image

from ..artwork.model import Tiles
from .coverage import bounds, covered

if TYPE_CHECKING:
    from ..artwork import Artwork
    from ..artwork.model import Layer, Path

__all__ = ["Mask", "mask_of", "origin"]

Mask: TypeAlias = tuple[Image.Image, int, int]
"""A picture in grey, 255 where the layer is, and the column and row of the whole picture where it begins."""


def origin(artwork: Artwork) -> int:
    """Pixels to the left of and above the artwork: half of what whole pixels for each module leave over."""
    return (artwork.size - artwork.module_pixels * artwork.modules) // 2


def mask_of(artwork: Artwork, layer: Layer) -> Mask:
    """What `layer` covers of the picture; a background that reaches to all its edges also covers what is left over."""
    if isinstance(layer.shape, Tiles):
        return _tiled(artwork, layer.shape)
    left, top, right, bottom = bounds(layer.shape)
    side, pixels, start = artwork.modules, artwork.module_pixels, origin(artwork)
    if layer.part == "background" and (left, top, right, bottom) == (0, 0, side, side) and len(layer.shape) == 5:
        return Image.new("L", (artwork.size, artwork.size), 255), 0, 0
    x, y = max(floor(left * pixels), -start), max(floor(top * pixels), -start)
    width = max(1, min(ceil(right * pixels), artwork.size - start) - x)
    height = max(1, min(ceil(bottom * pixels), artwork.size - start) - y)
    rows = covered(layer.shape, pixels, x, y, width, height)
    return Image.frombytes("L", (width, height), b"".join(rows)), start + x, start + y


def _tiled(artwork: Artwork, tiles: Tiles) -> Mask:
    """Each shape is drawn once, and its rows of pixels are strung together with those of its neighbours."""
    side, pixels = artwork.modules, artwork.module_pixels
    drawn = [_tile(shape, pixels) for shape in tiles.shapes]
    empty = [bytes(pixels)] * pixels
    grid = [[empty] * side for _ in range(side)]
    larger = []
    for column, row, index in tiles.places:
        rows = drawn[index]
        if len(rows) == pixels:
            grid[row][column] = rows
        else:
            larger.append((column, row, rows))
    pieces = [b"".join(line) for row in grid for line in zip(*row, strict=True)]
    mask = Image.frombytes("L", (side * pixels, side * pixels), b"".join(pieces))
    for column, row, rows in larger:
        tile = Image.frombytes("L", (2 * pixels, 2 * pixels), b"".join(rows))
        half = pixels // 2
        mask.paste(255, (column * pixels - half, row * pixels - half), tile)
    start = origin(artwork)
    return mask, start, start


@lru_cache(maxsize=512)
def _tile(shape: Path, pixels: int) -> list[bytes]:
    """Rows of a module's pixels; of two modules' for a shape that reaches beyond its own, which lies in the middle."""
    left, top, right, bottom = bounds(shape)
    if min(left, top) >= 0 and max(right, bottom) <= 1:
        return covered(shape, pixels, 0, 0, pixels, pixels)
    half = pixels // 2
    return covered(shape, pixels, -half, -half, 2 * pixels, 2 * pixels)
