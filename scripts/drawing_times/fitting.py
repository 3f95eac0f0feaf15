"""Prices of each kind of work, such that their sums come close to what was measured."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

__all__ = ["Work", "fit_prices"]

Work = dict[str, float]
"""How much of each kind of work a picture needs."""

_PASSES, _ROUNDS = 40, 500
_NOTHING = 1e-3
"""Milliseconds below which a kind of work costs nothing."""


def fit_prices(works: Sequence[Work], times: Sequence[float]) -> dict[str, float]:
    """Return the price of each kind of work, none below 0, such that half and twice of a time are equally wrong.

    Each pass is a least-squares fit of differences over the geometric mean of the time and the estimate of the pass
    before. The multiplicative updates of non-negative matrix factorisation (Lee and Seung, 2000) keep prices above 0.
    """
    kinds = sorted({kind for work in works for kind in work})
    amounts = np.array([[work.get(kind, 0.0) for kind in kinds] for work in works])
    measured = np.array(times)
    prices = np.full(len(kinds), 1.0)
    for _ in range(_PASSES):
        weights = 1 / np.sqrt(measured * (amounts @ prices))
        weighted = amounts * weights[:, None]
        square, target = weighted.T @ weighted, weighted.T @ (measured * weights)
        for _ in range(_ROUNDS):
            prices *= target / (square @ prices + 1e-12)
    return {kind: float(price) for kind, price in zip(kinds, prices, strict=True) if price >= _NOTHING}
