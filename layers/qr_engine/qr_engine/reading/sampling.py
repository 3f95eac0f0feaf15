"""A symbol's modules in the picture: how bright each is, which are dark, and whether the symbol is mirrored."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

import msgspec
from PIL import Image

from .modules import format_modules, masked_modules, transpose

if TYPE_CHECKING:
    from .decoder import Found
    from .model import Corners

__all__ = ["Sample", "sample_symbol", "straighten"]


class Sample(msgspec.Struct, frozen=True):
    """The modules of a symbol.

    Attributes
    ----------
    modules
        A byte of 0 or 1 for each module, 1 for dark, row after row, with mirroring undone.
    dark, light
        Median grey of the modules of each kind, 0 to 255, measured in their middles.
    mirrored
        Whether the picture shows it mirrored.
    """

    modules: bytes
    dark: float
    light: float
    mirrored: bool

    @property
    def inverted(self) -> bool:
        """Whether the dark modules are lighter than the light ones."""
        return self.dark > self.light


def sample_symbol(found: Found) -> Sample:
    """Sample the modules of a symbol at its place."""
    size = found.size
    levels = straighten(found.grey, found.corners, size).tobytes()
    dark = [level for level, module in zip(levels, found.modules, strict=True) if module]
    light = [level for level, module in zip(levels, found.modules, strict=True) if not module]
    mirrored = _is_mirrored(found)
    return Sample(
        modules=transpose(found.modules, size) if mirrored else found.modules,
        dark=median(dark or [0]),
        light=median(light or [255]),
        mirrored=mirrored,
    )


def straighten(
    grey: Image.Image, corners: Corners, size: int, *, around: int = 0, pixels: int = 1, beyond: int = 0
) -> Image.Image:
    """Return a symbol upright and square, as a camera directly above would see it.

    Parameters
    ----------
    size
        Modules per side.
    around
        Modules around it to include.
    pixels
        Side of a module.
    beyond
        Grey to fill in beyond the picture.
    """
    coefficients = _perspective(corners, size, around, pixels)
    side = (size + 2 * around) * pixels
    return grey.transform(
        (side, side), Image.Transform.PERSPECTIVE, coefficients, Image.Resampling.BILINEAR, fillcolor=beyond
    )


def _perspective(corners: Corners, size: int, around: int, pixels: int) -> tuple[float, ...]:
    """Return the projection of the straightened picture into `corners` (Heckbert, 1989, 2.2.2), in Pillow's form."""
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = [(point.x, point.y) for point in corners.points]
    dx1, dx2, dx3 = x1 - x2, x3 - x2, x0 - x1 + x2 - x3
    dy1, dy2, dy3 = y1 - y2, y3 - y2, y0 - y1 + y2 - y3
    determinant = dx1 * dy2 - dx2 * dy1 or 1e-9
    g = (dx3 * dy2 - dx2 * dy3) / determinant
    h = (dx1 * dy3 - dx3 * dy1) / determinant
    rows = ((x1 - x0 + g * x1, x3 - x0 + h * x3, x0), (y1 - y0 + g * y1, y3 - y0 + h * y3, y0), (g, h, 1.0))
    # From the unit square to pixels of the straightened picture.
    scale, shift = 1 / (size * pixels), -around / size
    moved = [(a * scale, b * scale, a * shift + b * shift + c) for a, b, c in rows]
    last = moved[2][2] or 1e-9
    return tuple([each / last for row in moved for each in row][:8])


def _is_mirrored(found: Found) -> bool:
    """Return whether the format information is valid only when mirrored."""
    expected = masked_modules(found.version, found.error_correction or "L", found.mask, micro=found.micro)
    crossed = transpose(found.modules, found.size)
    places = format_modules(found.version, micro=found.micro)
    return _agreeing(crossed, expected, places) > _agreeing(found.modules, expected, places)


def _agreeing(modules: bytes, expected: bytes, places: tuple[int, ...]) -> int:
    return sum([modules[place] == expected[place] for place in places])
