"""Turn the final message into a finished, masked matrix (ISO/IEC 18004:2015, 7.7 to 7.10)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from .layout import layout, overlays
from .penalty import change_by, estimate_all, micro_score, penalty_points, wide_finder_points

if TYPE_CHECKING:
    from .layout import Layout
    from .model import Level
    from .penalty import Change, Estimate

__all__ = ["place_and_mask"]

_WORST = 1 << 62, 0
"""A starting value with more points than any symbol can have."""


def place_and_mask(message: bytes, version: int, level: Level, mask: int | None, *, micro: bool) -> tuple[int, int]:
    """Place and mask the message; return the number of the mask, and the matrix in the layout of `Symbol.matrix`.

    Parameters
    ----------
    message
        The final message, "0" or "1" for each bit.
    version, level
        Version of the symbol, and the level for its format information; M1 counts as L.
    mask
        The number of the mask, or None for the best mask; of equals, the lowest.
    """
    shape = layout(version, micro=micro)
    choices = overlays(version, level, micro=micro)
    unmasked = int(shape.place(message, b"0", b"0000"), 2) << 4 | shape.fixed
    if mask is None:
        if micro:
            mask = _best_micro_mask(unmasked, choices, shape)
        else:
            mask = _best_mask(unmasked, _changes(version, level), shape)
    return mask, unmasked ^ choices[mask]


@cache
def _changes(version: int, level: Level) -> tuple[Change, ...]:
    shape = layout(version, micro=False)
    return tuple([change_by(overlay, shape) for overlay in overlays(version, level, micro=False)])


def _best_mask(unmasked: int, changes: tuple[Change, ...], shape: Layout) -> int:
    estimates = sorted(estimate_all(unmasked, changes, shape))
    mask = _find_best(estimates, shape, wide=False)
    if wide_finder_points(unmasked ^ changes[mask][0], shape):
        # It has more points than counted so far, so another mask may be the best.
        return _find_best(estimates, shape, wide=True)
    return mask


def _find_best(estimates: list[Estimate], shape: Layout, *, wide: bool) -> int:
    """Return the mask with the fewest points; of equal ones, the lowest.

    Parameters
    ----------
    estimates
        The most promising mask first, so that the search ends once no other can have fewer points.
    wide
        Whether patterns of rule N3 count at every scale.
    """
    fewest, winner = _WORST
    for candidate in estimates:
        least, mask, plane, *_ = candidate
        if least > fewest:
            break
        points = penalty_points(candidate, shape, fewest)
        if wide:
            points += wide_finder_points(plane, shape)
        if (points, mask) < (fewest, winner):
            fewest, winner = points, mask
    return winner


def _best_micro_mask(unmasked: int, choices: tuple[int, ...], shape: Layout) -> int:
    scores = [micro_score(unmasked ^ overlay, shape.size) for overlay in choices]
    return scores.index(max(scores))
