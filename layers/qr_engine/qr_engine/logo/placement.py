"""Place a logo in the middle of a symbol, and measure what it covers."""

from __future__ import annotations

from math import ceil

import msgspec

from ..symbol.error_budget import CAMERA_RESERVE, Cover, centred_area, measure_cover
from ..symbol.model import AreaShape, Symbol
from .model import Logo

__all__ = ["Box", "Placement", "PlacementOptions", "fit_logo", "placement_box"]

Box = tuple[float, float, float, float]
"""Left, top, right and bottom, in modules from the symbol's top left corner, without the quiet zone."""


class PlacementOptions(msgspec.Struct, frozen=True):
    """The size, the padding and the plate that a request asks for.

    Attributes
    ----------
    size
        Longer side of the logo, in percent of the symbol's side.
    padding
        Free space around the logo, in modules.
    shape
        Shape of the plate under the logo; the logo is cut to it.
    clear_modules
        Leave out the modules under the plate. If they stay, only those under the logo without its padding count as
        covered.
    """

    size: float = 20
    padding: float = 1
    shape: AreaShape = "square"
    clear_modules: bool = True


class Placement(msgspec.Struct, frozen=True):
    """The place of a logo in a symbol, and what it covers.

    Attributes
    ----------
    box
        Box of the picture, with its aspect, in the middle of the symbol.
    plate
        Box of the plate under the picture, padding included, as drawn; its sides are odd whole numbers of modules, so
        that it cuts no module.
    shape
        Shape of the plate.
    cleared
        The modules to leave out, as a plane like `Symbol.matrix`; 0 if all stay.
    cover
        The codewords and patterns that are covered.
    """

    box: Box
    plate: Box
    shape: AreaShape
    cleared: int
    cover: Cover


def fit_logo(symbol: Symbol, logo: Logo, options: PlacementOptions, *, reserve: float = CAMERA_RESERVE) -> Placement:
    """Put a logo in the middle of a symbol; `Placement.cover` says whether the symbol stays readable.

    Parameters
    ----------
    reserve
        As for `error_budget.measure_cover`.
    """
    box, across, down = placement_box(symbol.size, logo.aspect, options)
    area = centred_area(symbol.size, across, down, shape=options.shape)
    return Placement(
        box=box,
        plate=_centered_box(symbol.size, across, down),
        shape=options.shape,
        cleared=area if options.clear_modules else 0,
        cover=measure_cover(symbol, area, reserve=reserve),
    )


def placement_box(size: int, aspect: float, options: PlacementOptions) -> tuple[Box, int, int]:
    """Return the logo's box in a symbol of `size` modules a side, and the plate's width and height, in modules.

    Circles and rounded squares are as wide as high, whatever the logo's aspect.
    """
    longer = min(options.size / 100, 1) * size
    width, height = (longer, longer / aspect) if aspect >= 1 else (longer * aspect, longer)
    padding = options.padding if options.clear_modules else 0
    box = _centered_box(size, width, height)
    if options.shape != "square":
        width = height = longer
    return box, _round_up_to_odd(width + 2 * padding, size), _round_up_to_odd(height + 2 * padding, size)


def _centered_box(size: int, width: float, height: float) -> Box:
    left, top = (size - width) / 2, (size - height) / 2
    return left, top, left + width, top + height


def _round_up_to_odd(modules: float, size: int) -> int:
    # A symbol has an odd number of modules a side, so only an odd number fits in its middle without cutting modules.
    return min(2 * max(ceil((modules - 1) / 2 - 1e-9), 0) + 1, size)
