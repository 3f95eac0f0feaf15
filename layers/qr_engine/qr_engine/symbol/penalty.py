"""Penalty points of a masked symbol (ISO/IEC 18004:2015, 7.8.3).

All modules are compared at once. Shifting a plane by 1 puts each module on its neighbour in the row, and shifting it by
the stride on its neighbour in the column; `int.bit_count` counts the result of an AND.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .layout import Layout

__all__ = ["Change", "Estimate", "change_by", "estimate_all", "micro_score", "penalty_points", "wide_finder_points"]

_N1, _N2, _N3, _N4 = 3, 3, 40, 10

_OWN_FINDERS = 9
"""Patterns that rule N3 always finds in one direction in the finder patterns: three lines in each of the three."""

Change: TypeAlias = tuple[int, int, int]
"""The change by a mask, as three planes to XOR with planes of the unmasked symbol.

The first inverts modules. The second turns the modules unlike the next one in the row into the masked modules equal to
the next one in the row, and the third does the same for the column.
"""

Estimate: TypeAlias = tuple[int, int, int, int, int]
"""A lower bound for a symbol's points, and what rule N3 needs to find the rest; the most promising sorts first.

In order: the points by rules N1, N2 and N4, plus those that the finder patterns always get by rule N3; the number of
the mask; the symbol; the modules that equal both neighbours in the row; and those that equal both in the column.
"""


def change_by(overlay: int, shape: Layout) -> Change:
    """Describe the change by a mask, so that one XOR applies it.

    Parameters
    ----------
    overlay
        The modules that the mask inverts.
    """
    in_row, in_column = _differences(overlay, shape)
    return overlay, in_row ^ shape.all_but_right, in_column ^ shape.all_but_bottom


def _differences(plane: int, shape: Layout) -> tuple[int, int]:
    """Find the modules that differ from the next one in the row, and those that differ from it in the column."""
    return (plane ^ plane << 1) & shape.all_but_right, (plane ^ plane << shape.size + 4) & shape.all_but_bottom


def _count_finders(plane: int, step: int, pairs: int) -> int:
    """Count the patterns dark-light-dark-light-dark in 1:1:3:1:1, once for each side with four light modules (N3)."""
    edges = plane ^ plane << step
    three = edges & edges >> step & edges >> 2 * step
    finders = three & three >> 5 * step & plane & pairs >> 3 * step
    dark = plane << step
    dark |= dark << step
    dark |= dark << 2 * step
    return 2 * finders.bit_count() - (finders & dark).bit_count() - (finders & dark >> 11 * step).bit_count()


def estimate_all(unmasked: int, changes: Iterable[Change], shape: Layout) -> list[Estimate]:
    """Compute the points that are fast to find for each mask, which often suffice to rule the mask out."""
    total = shape.size * shape.size
    # Between these numbers, the dark modules are within a twentieth of one half.
    least_dark, most_dark = (9 * total + 19) // 20, 11 * total // 20
    stride = shape.size + 4
    twice = 2 * stride
    unlike_in_row, unlike_in_column = _differences(unmasked, shape)
    estimates = []
    for mask, (overlay, row_change, column_change) in enumerate(changes):
        plane = unmasked ^ overlay
        in_row, in_column = unlike_in_row ^ row_change, unlike_in_column ^ column_change
        row_pairs, column_pairs = in_row & in_row >> 1, in_column & in_column >> stride
        # A run of n modules, five or more, gets n - 2 points. In it, five equal modules start at n - 4 places and six
        # at n - 5; 3 (n - 4) - 2 (n - 5) = n - 2.
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
    """Return the points of a symbol by rules N1 to N4; above `most`, the result may be lower than the true points.

    Patterns of rule N3 count here with a scale of one module; `wide_finder_points` counts the larger ones.
    """
    points, _, plane, row_pairs, column_pairs = estimate
    points += _N3 * (_count_finders(plane, 1, row_pairs) - _OWN_FINDERS)
    if points > most:
        return points
    return points + _N3 * (_count_finders(plane, shape.size + 4, column_pairs) - _OWN_FINDERS)


def wide_finder_points(plane: int, shape: Layout) -> int:
    """Return the points by N3 for patterns at a scale of two or more modules: the rule defines a ratio, not a size.

    Such patterns are rare and can only add points, so in most cases only the winner by the other rules is checked.
    """
    stride = shape.size + 4
    light = plane ^ (shape.all_but_right | shape.all_but_bottom)
    count = 0
    for step in (1, stride):
        twice = 2 * step
        dark_pairs, light_pairs = plane & plane >> step, light & light >> step
        sixes = dark_pairs & dark_pairs >> twice & dark_pairs >> 2 * twice
        # The middle of a pattern is three times as wide as the light runs next to it: six modules between two light and
        # two dark ones on each side, nine between light ones, or twelve and more.
        six_apart = sixes & light_pairs >> 3 * twice & light_pairs << twice
        nines = sixes & sixes >> 3 * step
        if six_apart & dark_pairs >> 4 * twice & dark_pairs << 2 * twice or (
            nines and (nines & light_pairs >> 9 * step & light_pairs << twice or nines & nines >> 3 * step)
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
    """Count patterns at one scale in the lines where `cores` has a bit; modules beyond the edge count as light."""
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
    """Return the score of a Micro QR symbol, the higher the better: dark modules on its two open edges (7.8.3.2)."""
    stride = size + 4
    bottom = (plane >> 4 & (1 << size - 1) - 1).bit_count()
    column = ((1 << stride * (size - 1)) - 1) // ((1 << stride) - 1)
    right = (plane >> 4 & column).bit_count()
    return 16 * min(right, bottom) + max(right, bottom)
