"""How well ``scan.score`` predicts what the other decoders read."""

from __future__ import annotations

import random
from collections.abc import Sequence
from statistics import mean, quantiles
from typing import Final

import msgspec

from .decoders import PHONES
from .photographs import OURS
from .results import Reading, Results, share

__all__ = ["SPLITS", "Prediction", "ScoredLook", "predict", "rank_correlation"]

SPLITS: Final = 60
_SEED: Final = 1234
_OTHERS: Final = tuple([name for name in PHONES if name != "zxingcpp"])
"""The score is taken by zxing-cpp."""


class ScoredLook(msgspec.Struct, frozen=True):
    """A look with its score and the share of its photographs that the other decoders read, 0 to 1."""

    name: str
    score: int
    share: float


class Prediction(msgspec.Struct, frozen=True):
    """The rank correlation of score and share over random halves of the looks.

    Attributes
    ----------
    median, low, high
        Of all splits, and the ends of the interval that nine tenths of them lie in.
    whole
        Over all looks.
    """

    median: float
    low: float
    high: float
    whole: float
    looks: tuple[ScoredLook, ...]


def predict(results: Results) -> Prediction | None:
    """Return how the score and the photographs agree; None where too few looks have both."""
    readings: dict[str, list[Reading]] = {}
    for reading in results.of("photographs"):
        if reading.rows["maker"] == OURS and reading.score is not None:
            readings.setdefault(reading.rows["look"], []).append(reading)
    looks = [ScoredLook(name, some[0].score or 0, share(some, _OTHERS)) for name, some in readings.items()]
    decoders = {name for reading in results.of("photographs") for name in reading.verdicts}
    if len(looks) < 8 or not decoders & set(_OTHERS):
        return None
    chance = random.Random(_SEED)
    found = sorted(_correlate(chance.sample(looks, len(looks) // 2)) for _ in range(SPLITS))
    low, *_, high = quantiles(found, n=20)
    return Prediction(quantiles(found, n=2)[0], low, high, _correlate(looks), tuple(looks))


def _correlate(looks: Sequence[ScoredLook]) -> float:
    return rank_correlation([look.score for look in looks], [look.share for look in looks])


def rank_correlation(first: Sequence[float], second: Sequence[float]) -> float:
    """Return Spearman's coefficient; equal values share their ranks, and where all are equal it is 0."""
    one, two = _ranks(first), _ranks(second)
    middle = mean(one)
    spread = sum((a - middle) ** 2 for a in one) * sum((b - middle) ** 2 for b in two)
    if spread == 0:
        return 0.0
    return float(sum((a - middle) * (b - middle) for a, b in zip(one, two, strict=True)) / spread**0.5)


def _ranks(values: Sequence[float]) -> list[float]:
    return [
        sum(other < value for other in values) + (sum(other == value for other in values) + 1) / 2 for value in values
    ]
