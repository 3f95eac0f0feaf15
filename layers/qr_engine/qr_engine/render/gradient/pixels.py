"""Gradients as pixels: computed on a coarse grid, enlarged in floating point, and only then turned into colours.

Each kind is smooth, or even flat, on either side of its centre, so a grid of a few pixels a cell is as good as the
pixels themselves; the places where the colours jump are found at full size, and stay sharp.
"""

from __future__ import annotations

from array import array
from functools import lru_cache
from itertools import pairwise
from math import ceil, pi
from typing import TYPE_CHECKING, Final, TypeAlias

from PIL import Image

from .geometry import WRAPPING, center, fraction_function, is_opaque

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...artwork.model import Gradient, Stop
    from ...artwork.words import GradientKind

__all__ = ["BITMAP_SIDE", "PALETTE_SIZE", "draw_gradient", "draw_indices", "palette"]

Area: TypeAlias = tuple[float, float, float, float]
"""Left, top, right and bottom, in modules."""

BITMAP_SIDE: Final = 256
"""Pixels a side of a gradient that is a picture within a vector format."""

PALETTE_SIZE: Final = 128
"""Colours of a gradient where it has to be small."""

# Pixels of a cell and the most cells a side; one cell is enough for what is flat.
_GRIDS: Final[dict[GradientKind, tuple[int, int]]] = {"radial": (8, 64), "conic": (4, 128), "spiral": (4, 128)}
# Steps from the first stop to the last. Pillow's tables have 65,536 entries: eight times that on either side of 0.
_STEPS: Final = 4096
_ZERO: Final = 32768


def draw_gradient(gradient: Gradient, area: Area, width: int, height: int) -> Image.Image:
    """Draw `area` of the gradient, as ``RGB``, or as ``RGBA`` where a stop is not opaque."""
    mode = "RGB" if is_opaque(gradient) else "RGBA"
    tables = _channel_tables(gradient.stops, gradient.kind in WRAPPING)[: len(mode)]
    steps = _draw_steps(gradient, area, width, height)
    return Image.merge(mode, [steps.point(table, "L") for table in tables])


def draw_indices(gradient: Gradient, area: Area, width: int, height: int) -> Image.Image:
    """Draw `area` of the gradient as indices into its `palette`."""
    table = _extend_ramp(bytes([step * PALETTE_SIZE // _STEPS for step in range(_STEPS)]), gradient.kind in WRAPPING)
    return _draw_steps(gradient, area, width, height).point(table, "L")


def palette(gradient: Gradient) -> list[tuple[int, ...]]:
    """Return red, green, blue and alpha of each of the gradient's `PALETTE_SIZE` colours."""
    channels = [_channel_ramp(gradient.stops, channel) for channel in range(4)]
    half = _STEPS // PALETTE_SIZE // 2
    return list(zip(*[ramp[half :: _STEPS // PALETTE_SIZE] for ramp in channels], strict=True))


def _draw_steps(gradient: Gradient, area: Area, width: int, height: int) -> Image.Image:
    """Draw the gradient's steps, offset by `_ZERO`."""
    steps = Image.new("I", (width, height))
    for piece, x, y in _draw_pieces(gradient, area, width, height):
        steps.paste(piece, (x, y))
    return steps


def _draw_pieces(gradient: Gradient, area: Area, width: int, height: int) -> Iterator[tuple[Image.Image, int, int]]:
    """Draw each part of the area that lies on one side of the gradient's centre; with its first column and row."""
    left, top, right, bottom = area
    across, down = (right - left) / width, (bottom - top) / height
    columns, rows = {0, width}, {0, height}
    x, y = center(gradient)
    middle = (x - left) / across, (y - top) / down
    if gradient.kind != "linear":
        columns.add(min(max(round(middle[0]), 0), width))
        rows.add(min(max(round(middle[1]), 0), height))
    cell_pixels, most_cells = _GRIDS.get(gradient.kind, (max(width, height), 1))
    for x0, x1 in pairwise(sorted(columns)):
        for y0, y1 in pairwise(sorted(rows)):
            cells = min(ceil((x1 - x0) / cell_pixels), most_cells), min(ceil((y1 - y0) / cell_pixels), most_cells)
            part = left + x0 * across, top + y0 * down, left + x1 * across, top + y1 * down
            facing = _FACING[x0 + x1 >= 2 * middle[0], y0 + y1 >= 2 * middle[1]]
            grid = _sample_grid(gradient, part, cells, facing)
            # From the centre of the first sample to that of the last.
            box = (0.5, 0.5, cells[0] + 0.5, cells[1] + 0.5)
            yield grid.resize((x1 - x0, y1 - y0), Image.Resampling.BILINEAR, box).convert("I"), x0, y0


# The middle of each quarter around the centre: to the right or not, below or not.
_FACING: Final = {
    (True, True): pi / 4,
    (False, True): 3 * pi / 4,
    (False, False): 5 * pi / 4,
    (True, False): 7 * pi / 4,
}


@lru_cache(maxsize=16)
def _sample_grid(gradient: Gradient, piece: Area, cells: tuple[int, int], facing: float) -> Image.Image:
    fraction_at = fraction_function(gradient, facing)
    left, top, right, bottom = piece
    xs = [left + (right - left) * i / cells[0] for i in range(cells[0] + 1)]
    ys = [top + (bottom - top) * i / cells[1] for i in range(cells[1] + 1)]
    # Half a step more, since what follows cuts the fraction off.
    samples = array("f", [fraction_at(x, y) * _STEPS + _ZERO + 0.5 for y in ys for x in xs])
    return Image.frombytes("F", (len(xs), len(ys)), samples.tobytes())


@lru_cache(maxsize=16)
def _channel_tables(stops: tuple[Stop, ...], wraps: bool) -> list[bytes]:
    return [_extend_ramp(_channel_ramp(stops, channel), wraps) for channel in range(4)]


def _extend_ramp(ramp: bytes, wraps: bool) -> bytes:
    """Extend a ramp of `_STEPS` to every step that Pillow's tables have."""
    if wraps:
        return ramp * (2 * _ZERO // _STEPS)
    return ramp[:1] * _ZERO + ramp + ramp[-1:] * (_ZERO - _STEPS)


def _channel_ramp(stops: tuple[Stop, ...], channel: int) -> bytes:
    """Return one channel from the first stop to the last, 0 to 3 for red, green, blue and alpha."""
    points = [
        (
            round(stop.offset * (_STEPS - 1)),
            (stop.color.red, stop.color.green, stop.color.blue, stop.color.alpha)[channel],
        )
        for stop in stops
    ]
    ramp = bytearray([points[0][1]] * points[0][0])
    for (start, low), (end, high) in pairwise(points):
        count = end - start
        ramp += bytes([(2 * (low * (count - i) + high * i) + count) // (2 * count) for i in range(count)])
    return bytes(ramp) + bytes([points[-1][1]]) * (_STEPS - len(ramp))
