"""How hard a masked symbol is to read (ISO/IEC 18004:2015, 7.8.3).

All modules are looked at together: a plane shifted by 1 puts each module on its neighbour in the row, shifted by the
stride on its neighbour in the column, and `int.bit_count` counts what an AND leaves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import msgspec

if TYPE_CHECKING:
    from .layout import Layout

__all__ = ["Differences", "Estimate", "differences", "estimate", "micro_score", "penalty_points", "wide_finder_points"]

_N1, _N2, _N3, _N4 = 3, 3, 40, 10

_OWN_FINDERS = 18
"""Patterns of rule N3 that are the finder patterns themselves: three rows and three columns of each, from the edge."""


Differences: TypeAlias = tuple[int, int]
"""The modules that differ from the one that follows them in the row, and in the column."""


def differences(plane: int, shape: Layout) -> Differences:
    """Find where modules differ; masks, which change modules by XOR, change that by XOR too."""
    return (plane ^ plane << 1) & shape.all_but_right, (plane ^ plane << shape.size + 4) & shape.all_but_bottom


def _count_finders(plane: int, step: int, pairs: int) -> int:
    """Count dark-light-dark-light-dark in 1:1:3:1:1, once for each side that has four light modules (N3)."""
    edges = plane ^ plane << step
    three = edges & edges >> step & edges >> 2 * step
    finders = three & three >> 5 * step
    if not finders:
        return 0
    finders &= plane & pairs >> 3 * step
    dark = plane << step
    dark |= dark << step
    dark |= dark << 2 * step
    return 2 * finders.bit_count() - (finders & dark).bit_count() - (finders & dark >> 11 * step).bit_count()


class Estimate(msgspec.Struct, frozen=True, order=True):
    """A symbol's points by rules N1, N2 and N4, and what rule N3 needs to know besides.

    Attributes
    ----------
    least
        The points, with those that the finder patterns alone are sure to get by rule N3.
    mask
        The number of the mask; of equal points the lower one wins.
    """

    least: int
    mask: int
    plane: int
    row_pairs: int
    column_pairs: int


def estimate(plane: int, in_rows: int, in_columns: int, shape: Layout, mask: int = 0) -> Estimate:
    """Compute the points that are quick to find: often enough to tell that another mask is better.

    Parameters
    ----------
    in_rows, in_columns
        The `differences` of the plane.
    """
    stride = shape.size + 4
    total = shape.size * shape.size
    same_in_row = in_rows ^ shape.all_but_right
    same_in_column = in_columns ^ shape.all_but_bottom
    row_pairs = same_in_row & same_in_row >> 1
    column_pairs = same_in_column & same_in_column >> stride
    squares = same_in_row & (same_in_row & same_in_column) >> stride
    # A run of n modules, five or more, gets n - 2 points. It has n - 4 places where five modules start and n - 5 where
    # six do; 3 (n - 4) - 2 (n - 5) = n - 2.
    row_fives = row_pairs & row_pairs >> 2
    column_fives = column_pairs & column_pairs >> 2 * stride
    imbalance = abs(20 * plane.bit_count() - 10 * total)
    points = (
        _N1 * (row_fives.bit_count() + column_fives.bit_count())
        - 2 * ((row_fives & row_fives >> 1).bit_count() + (column_fives & column_fives >> stride).bit_count())
        + _N2 * squares.bit_count()
        + _N4 * ((imbalance + total - 1) // total - 1)
        + _N3 * _OWN_FINDERS
    )
    return Estimate(points, mask, plane, row_pairs, column_pairs)


def penalty_points(candidate: Estimate, shape: Layout) -> int:
    """Return the points of a symbol by rules N1 to N4.

    Patterns of rule N3 are counted at their usual scale, one module; `wide_finder_points` has the others.
    """
    in_rows = _count_finders(candidate.plane, 1, candidate.row_pairs)
    in_columns = _count_finders(candidate.plane, shape.size + 4, candidate.column_pairs)
    return candidate.least + _N3 * (in_rows + in_columns - _OWN_FINDERS)


def wide_finder_points(plane: int, shape: Layout) -> int:
    """Return points by N3 for patterns with modules two or more wide: the rule speaks of a ratio, not of a size.

    They are rare, and they can only add, so nothing but the winner of the other rules has to be looked at.
    """
    stride = shape.size + 4
    everything = shape.all_but_right | shape.all_but_bottom
    light = everything ^ plane
    count = 0
    for step in (1, stride):
        dark_run, light_run, scale = plane, light, 1
        while True:
            dark_run &= plane >> scale * step
            light_run &= light >> scale * step
            scale += 1
            unit = scale * step
            middle = dark_run & dark_run >> unit & dark_run >> 2 * unit
            if not middle:
                break
            cores = middle >> 2 * unit & dark_run & dark_run >> 6 * unit & light_run >> unit & light_run >> 5 * unit
            if cores:
                count += _count_in_lines(plane, shape.size, cores, scale, in_rows=step == 1)
    return _N3 * count


def _count_in_lines(plane: int, n: int, cores: int, scale: int, *, in_rows: bool) -> int:
    """Count patterns at one scale in the lines where `cores` has a bit; everything beyond the edge is light."""
    stride = n + 4
    hits = f"{cores:0{n * stride}b}"
    lines = set()
    index = hits.find("1")
    while index >= 0:
        lines.add(index // stride if in_rows else index % stride)
        index = hits.find("1", index + 1)
    text = f"{plane:0{n * stride}b}"
    core = "".join(module * scale for module in "1011101")
    light = "0" * scale
    count = 0
    for line in lines:
        modules = text[line * stride : line * stride + n] if in_rows else text[line::stride]
        modules = "0" * n + modules + "0" * n
        for pattern in (light * 4 + core + light, light + core + light * 4):
            index = modules.find(pattern)
            while index >= 0:
                count += 1
                index = modules.find(pattern, index + 1)
    return count


def micro_score(plane: int, size: int) -> int:
    """Return the merit of a Micro QR symbol, the higher the better (7.8.3.2): dark modules on the two open edges."""
    stride = size + 4
    bottom = (plane >> 4 & (1 << size - 1) - 1).bit_count()
    column = ((1 << stride * (size - 1)) - 1) // ((1 << stride) - 1)
    right = (plane >> 4 & column).bit_count()
    return 16 * min(right, bottom) + max(right, bottom)
