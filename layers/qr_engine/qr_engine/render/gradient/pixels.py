"""Gradients as pixels: computed on a coarse grid, enlarged in floating point, and only then turned into colours.

Each kind is smooth, or even linear, on either side of its centre, so a grid with a few pixels a cell is as good as
computing every pixel. Colours are looked up at full size, so that edges between them stay sharp.
"""

from __future__ import annotations

from array import array
from functools import lru_cache
from itertools import pairwise
from math import ceil, inf, pi
from typing import TYPE_CHECKING, Final, TypeAlias

from PIL import Image

from ...artwork.model import WRAPPING
from .geometry import center, fraction_function, is_opaque

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...artwork.model import Gradient, Stop
    from ...artwork.words import GradientKind

__all__ = ["BITMAP_SIDE", "PALETTE_SIZE", "draw_gradient", "draw_indices", "palette"]

Area: TypeAlias = tuple[float, float, float, float]
"""Left, top, right and bottom, in modules."""

BITMAP_SIDE: Final = 256
"""Pixels a side of a gradient that is embedded as a picture in a vector format."""

PALETTE_SIZE: Final = 128
"""Number of colours of a gradient that has to be small."""

# Pixels of a cell, and the most cells a side; for the linear kinds, which are missing here, one cell is enough.
_GRIDS: Final[dict[GradientKind, tuple[int, int]]] = {"radial": (8, 64), "conic": (4, 128), "spiral": (4, 128)}
# Steps from the first stop to the last where the steps of a palette of 256 colours would be visible. Pillow's tables
# have 65,536 entries: eight times as many on either side of 0, which repeats a gradient a whole number of times.
_FINE_STEPS: Final = 4096
_ZERO: Final = 32768
_BYTE_STEPS: Final = 256
# The steepest change of a channel, in levels over the whole length, for 256 steps: each step changes it by four levels.
_STEEPEST: Final = 1024


def draw_gradient(gradient: Gradient, area: Area, width: int, height: int) -> Image.Image:
    """Draw `area` of the gradient, as ``RGB``, or as ``RGBA`` where a stop is not opaque."""
    mode = "RGB" if is_opaque(gradient) else "RGBA"
    if _steepness(gradient.stops) > _STEEPEST:
        steps = _draw_steps(gradient, area, width, height, _FINE_STEPS)
        tables = _channel_tables(gradient.stops, gradient.kind in WRAPPING)[: len(mode)]
        return Image.merge(mode, [steps.point(table, "L") for table in tables])
    image = _draw_byte_steps(gradient, area, width, height)
    image.putpalette(_palette_bytes(gradient.stops, len(mode)), mode)
    return image.convert(mode)


def draw_indices(gradient: Gradient, area: Area, width: int, height: int) -> Image.Image:
    """Draw `area` of the gradient as indices into its `palette`."""
    table = [step * PALETTE_SIZE // _BYTE_STEPS for step in range(_BYTE_STEPS)]
    return _draw_byte_steps(gradient, area, width, height).point(table)


def palette(gradient: Gradient) -> list[tuple[int, ...]]:
    """Return red, green, blue and alpha of each of the gradient's `PALETTE_SIZE` colours."""
    channels = [_channel_ramp(gradient.stops, channel, _FINE_STEPS) for channel in range(4)]
    half = _FINE_STEPS // PALETTE_SIZE // 2
    return list(zip(*[ramp[half :: _FINE_STEPS // PALETTE_SIZE] for ramp in channels], strict=True))


@lru_cache(maxsize=16)
def _palette_bytes(stops: tuple[Stop, ...], channels: int) -> bytes:
    """Return the first `channels` channels of each of 256 colours."""
    ramps = [_channel_ramp(stops, channel, _BYTE_STEPS) for channel in range(channels)]
    return bytes([level for color in zip(*ramps, strict=True) for level in color])


def _steepness(stops: tuple[Stop, ...]) -> float:
    """Return the steepest change of any channel between two stops, in levels over the whole length."""
    steepest = 0.0
    for before, after in pairwise(stops):
        pairs = zip(_channels(before), _channels(after), strict=True)
        change, length = max([abs(low - high) for low, high in pairs]), after.offset - before.offset
        if change:
            steepest = max(steepest, change / length if length else inf)
    return steepest


def _channels(stop: Stop) -> tuple[int, int, int, int]:
    return stop.color.red, stop.color.green, stop.color.blue, stop.color.alpha


def _draw_byte_steps(gradient: Gradient, area: Area, width: int, height: int) -> Image.Image:
    """Draw the step of each pixel, in ``L``, with 256 steps from the first stop to the last."""
    if gradient.kind in WRAPPING:
        # The lowest byte of a number is the step within its turn.
        steps = _draw_steps(gradient, area, width, height, _BYTE_STEPS)
        return Image.frombytes("RGBA", steps.size, steps.tobytes()).getchannel("R")
    image = Image.new("L", (width, height))
    for piece, x, y in _draw_pieces(gradient, area, width, height, _BYTE_STEPS):
        # Steps beyond the stops become 0 or 255.
        image.paste(piece.convert("L"), (x, y))
    return image


def _draw_steps(gradient: Gradient, area: Area, width: int, height: int, count: int) -> Image.Image:
    """Draw the step of each pixel plus `_ZERO`, in ``I``, with `count` steps from the first stop to the last."""
    steps = Image.new("I", (width, height))
    for piece, x, y in _draw_pieces(gradient, area, width, height, count, _ZERO):
        steps.paste(piece.convert("I"), (x, y))
    return steps


def _draw_pieces(
    gradient: Gradient, area: Area, width: int, height: int, count: int, zero: int = 0
) -> Iterator[tuple[Image.Image, int, int]]:
    """Yield each part of the area on one side of the gradient's centre, with its first column and row.

    The pixels of a part are steps in ``F``: `zero` at the first stop, and `zero` plus `count` at the last.
    """
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
            side = max(cell_pixels, (x1 - x0) / most_cells, (y1 - y0) / most_cells)
            cells = ceil((x1 - x0) / side), ceil((y1 - y0) / side)
            part = left + x0 * across, top + y0 * down, left + x1 * across, top + y1 * down
            facing = _FACING[x0 + x1 >= 2 * middle[0], y0 + y1 >= 2 * middle[1]]
            grid = _sample_grid(gradient, part, cells, facing, count, zero)
            # From the centre of the first sample to the centre of the last.
            box = (0.5, 0.5, cells[0] + 0.5, cells[1] + 0.5)
            yield grid.resize((x1 - x0, y1 - y0), Image.Resampling.BILINEAR, box), x0, y0


# Direction of the middle of each quarter around the centre, by whether it is to the right and whether it is below.
_FACING: Final = {
    (True, True): pi / 4,
    (False, True): 3 * pi / 4,
    (False, False): 5 * pi / 4,
    (True, False): 7 * pi / 4,
}


@lru_cache(maxsize=32)
def _sample_grid(
    gradient: Gradient, piece: Area, cells: tuple[int, int], facing: float, count: int, zero: int
) -> Image.Image:
    fraction_at = fraction_function(gradient, facing)
    left, top, right, bottom = piece
    xs = [left + (right - left) * i / cells[0] for i in range(cells[0] + 1)]
    ys = [top + (bottom - top) * i / cells[1] for i in range(cells[1] + 1)]
    samples = array("f", [fraction_at(x, y) * count + zero for y in ys for x in xs])
    return Image.frombytes("F", (len(xs), len(ys)), samples.tobytes())


@lru_cache(maxsize=16)
def _channel_tables(stops: tuple[Stop, ...], wraps: bool) -> list[bytes]:
    return [_extend_ramp(_channel_ramp(stops, channel, _FINE_STEPS), wraps) for channel in range(4)]


def _extend_ramp(ramp: bytes, wraps: bool) -> bytes:
    """Extend a ramp to all steps of Pillow's tables, repeated or with the colours of its ends."""
    if wraps:
        return ramp * (2 * _ZERO // len(ramp))
    return ramp[:1] * _ZERO + ramp + ramp[-1:] * (_ZERO - len(ramp))


def _channel_ramp(stops: tuple[Stop, ...], channel: int, count: int) -> bytes:
    """Return one channel in `count` steps from the first stop to the last; 0 to 3 are red, green, blue and alpha."""
    points = [(round(stop.offset * (count - 1)), _channels(stop)[channel]) for stop in stops]
    ramp = bytearray([points[0][1]] * points[0][0])
    for (start, low), (end, high) in pairwise(points):
        length = end - start
        ramp += bytes([(2 * (low * (length - i) + high * i) + length) // (2 * length) for i in range(length)])
    return bytes(ramp) + bytes([points[-1][1]]) * (count - len(ramp))
