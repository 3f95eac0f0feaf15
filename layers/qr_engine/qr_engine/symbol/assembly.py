"""The final message as a finished, masked matrix (ISO/IEC 18004:2015, 7.7 to 7.10)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from .layout import layout, overlays
from .penalty import differences, estimate, micro_score, penalty_points, wide_finder_points

if TYPE_CHECKING:
    from .layout import Layout
    from .model import Level
    from .penalty import Differences

__all__ = ["place_and_mask"]

_WORST = 1 << 62, 0
"""More points than any symbol can have."""


def place_and_mask(message: bytes, version: int, level: Level, mask: int | None, *, micro: bool) -> tuple[int, int]:
    """Return the mask that was used, and the matrix in the layout of `Symbol.matrix`.

    Parameters
    ----------
    message
        The final message, "0" or "1" for each bit.
    version, level
        The level decides the format information; M1 has it under L.
    mask
        The number of the mask, or None for the best one; of equal ones, the lowest.
    """
    shape = layout(version, micro=micro)
    choices = overlays(version, level, micro=micro)
    unmasked = int(shape.place(message, b"0", b"0000"), 2) << 4 | shape.fixed
    if mask is None:
        if micro:
            mask = _best_micro_mask(unmasked, choices, shape)
        else:
            mask = _best_mask(unmasked, choices, _overlay_differences(version, level), shape)
    return mask, unmasked ^ choices[mask]


@cache
def _overlay_differences(version: int, level: Level) -> tuple[Differences, ...]:
    shape = layout(version, micro=False)
    return tuple([differences(overlay, shape) for overlay in overlays(version, level, micro=False)])


def _best_mask(unmasked: int, choices: tuple[int, ...], changes: tuple[Differences, ...], shape: Layout) -> int:
    in_rows, in_columns = differences(unmasked, shape)
    # From the most promising on, until no other can have fewer points.
    estimates = sorted(
        [
            estimate(unmasked ^ overlay, in_rows ^ row_changes, in_columns ^ column_changes, shape, mask)
            for mask, (overlay, (row_changes, column_changes)) in enumerate(zip(choices, changes, strict=True))
        ]
    )
    winner = _WORST
    for candidate in estimates:
        if (candidate.least, candidate.mask) > winner:
            break
        winner = min(winner, (penalty_points(candidate, shape), candidate.mask))
    if not wide_finder_points(unmasked ^ choices[winner[1]], shape):
        return winner[1]
    # Its points were too few, so another one may be the best.
    winner = _WORST
    for candidate in estimates:
        if (candidate.least, candidate.mask) > winner:
            break
        points = penalty_points(candidate, shape) + wide_finder_points(candidate.plane, shape)
        winner = min(winner, (points, candidate.mask))
    return winner[1]


def _best_micro_mask(unmasked: int, choices: tuple[int, ...], shape: Layout) -> int:
    scores = [micro_score(unmasked ^ overlay, shape.size) for overlay in choices]
    return scores.index(max(scores))
