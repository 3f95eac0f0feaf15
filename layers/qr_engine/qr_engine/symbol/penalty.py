"""How hard a masked symbol is to read (ISO/IEC 18004:2015, 7.8.3).

All modules are looked at together: a plane shifted by 1 puts each module on its neighbour in the row, shifted by the
stride on its neighbour in the column, and `int.bit_count` counts what an AND leaves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .layout import Layout

__all__ = ["Change", "Estimate", "change_by", "estimate_all", "micro_score", "penalty_points", "wide_finder_points"]

_N1, _N2, _N3, _N4 = 3, 3, 40, 10

_OWN_FINDERS = 9
"""Patterns of rule N3 in one direction that are the finder patterns themselves: three lines of each, from the edge."""

Change: TypeAlias = tuple[int, int, int]
"""What a mask does: the modules that it changes, and what it changes of which modules are as the next one.

The second is for the next module of the row, the third for that of the column.
"""

Estimate: TypeAlias = tuple[int, int, int, int, int]
"""The least points of a symbol, and what rule N3 needs to know besides, so that the best one comes first.

In turn: the points by rules N1, N2 and N4, with those that the finder patterns alone are sure to get by rule N3; the
number of the mask; the symbol; its modules that are as their neighbours on both sides in the row, and in the column.
"""


def change_by(overlay: int, shape: Layout) -> Change:
    """Describe the change by a mask, so that it takes one XOR to apply.

    Parameters
    ----------
    overlay
        The modules that it inverts.
    """
    return overlay, *_likenesses(overlay, shape)


def _likenesses(plane: int, shape: Layout) -> tuple[int, int]:
    """Find the modules that are as the next one in the row, and in the column."""
    return (
        (plane ^ plane << 1) & shape.all_but_right ^ shape.all_but_right,
        (plane ^ plane << shape.size + 4) & shape.all_but_bottom ^ shape.all_but_bottom,
    )


def _count_finders(plane: int, step: int, pairs: int) -> int:
    """Count dark-light-dark-light-dark in 1:1:3:1:1, once for each side that has four light modules (N3)."""
    edges = plane ^ plane << step
    three = edges & edges >> step & edges >> 2 * step
    finders = three & three >> 5 * step & plane & pairs >> 3 * step
    dark = plane << step
    dark |= dark << step
    dark |= dark << 2 * step
    return 2 * finders.bit_count() - (finders & dark).bit_count() - (finders & dark >> 11 * step).bit_count()


def estimate_all(unmasked: int, changes: Iterable[Change], shape: Layout) -> list[Estimate]:
    """Compute the points that are quick to find under each mask: often enough to tell that another one is better."""
    total = shape.size * shape.size
    # So many dark modules are within a twentieth of a half.
    least_dark, most_dark = (9 * total + 19) // 20, 11 * total // 20
    stride = shape.size + 4
    twice = 2 * stride
    unlike_in_row = (unmasked ^ unmasked << 1) & shape.all_but_right
    unlike_in_column = (unmasked ^ unmasked << stride) & shape.all_but_bottom
    estimates = []
    for mask, (overlay, row_change, column_change) in enumerate(changes):
        plane = unmasked ^ overlay
        in_row, in_column = unlike_in_row ^ row_change, unlike_in_column ^ column_change
        row_pairs, column_pairs = in_row & in_row >> 1, in_column & in_column >> stride
        # A run of n modules, five or more, gets n - 2 points. It has n - 4 places where five modules start and n - 5
        # where six do; 3 (n - 4) - 2 (n - 5) = n - 2.
        row_fives, column_fives = row_pairs & row_pairs >> 2, column_pairs & column_pairs >> twice
        squares = in_row & (in_row & in_column) >> stride
        points = (
            _N1 * (row_fives.bit_count() + column_fives.bit_count())
            - 2 * ((row_fives & row_fives >> 1).bit_count() + (column_fives & column_fives >> stride).bit_count())
            + _N2 * squares.bit_count()
            + _N3 * 2 * _OWN_FINDERS
        )
        dark = plane.bit_count()
        if not least_dark <= dark <= most_dark:
            points += _N4 * ((abs(20 * dark - 10 * total) + total - 1) // total - 1)
        estimates.append((points, mask, plane, row_pairs, column_pairs))
    return estimates


def penalty_points(estimate: Estimate, shape: Layout, most: int) -> int:
    """Return the points of a symbol by rules N1 to N4; where they are above `most`, at most so many.

    Patterns of rule N3 are counted at their usual scale, one module; `wide_finder_points` has the others.
    """
    points, _, plane, row_pairs, column_pairs = estimate
    points += _N3 * (_count_finders(plane, 1, row_pairs) - _OWN_FINDERS)
    if points > most:
        return points
    return points + _N3 * (_count_finders(plane, shape.size + 4, column_pairs) - _OWN_FINDERS)


def wide_finder_points(plane: int, shape: Layout) -> int:
    """Return points by N3 for patterns with modules two or more wide: the rule speaks of a ratio, not of a size.

    They are rare, and they can only add, so nothing but the winner of the other rules has to be looked at.
    """
    stride = shape.size + 4
    light = plane ^ (shape.all_but_right | shape.all_but_bottom)
    count = 0
    for step in (1, stride):
        twice = 2 * step
        dark_pairs, light_pairs = plane & plane >> step, light & light >> step
        sixes = dark_pairs & dark_pairs >> twice & dark_pairs >> 2 * twice
        # The middle of a pattern is three times as wide as the light modules beside it: six between two light and two
        # dark ones on each side, nine between light ones, or twelve and more.
        six_apart = sixes & light_pairs >> 3 * twice & light_pairs << twice
        nines = sixes & sixes >> 3 * step
        if (
            six_apart & dark_pairs >> 4 * twice & dark_pairs << 2 * twice
            or (nines and nines & light_pairs >> 9 * step & light_pairs << twice)
            or (nines and nines & nines >> 3 * step)
        ):
            count += _count_wide(plane, light, shape.size, step)
    return _N3 * count


def _count_wide(plane: int, light: int, size: int, step: int) -> int:
    dark_run, light_run, scale, count = plane, light, 1, 0
    while True:
        dark_run &= plane >> scale * step
        light_run &= light >> scale * step
        scale += 1
        unit = scale * step
        middle = dark_run & dark_run >> unit & dark_run >> 2 * unit
        if not middle:
            return count
        cores = middle >> 2 * unit & dark_run & dark_run >> 6 * unit & light_run >> unit & light_run >> 5 * unit
        if cores:
            count += _count_in_lines(plane, size, cores, scale, in_rows=step == 1)


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
