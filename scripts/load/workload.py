"""Which code is asked for when: fixed by the seed, before anything is sent."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate, islice, repeat, takewhile
from random import Random

import msgspec

from .options import Options
from .profiles import PROFILES, Target, target

__all__ = ["SHARES", "Phase", "PhaseName", "Workload", "workload"]

PhaseName = str

SHARES: dict[PhaseName, float] = {"cold": 0.5, "warm": 0.2, "revalidation": 0.2, "warmed": 0.1}
"""What part of the whole each phase gets, in their order; the phases that are left out share theirs among the rest."""


class Phase(msgspec.Struct, frozen=True):
    """A part of the test.

    Attributes
    ----------
    name
        ``cold`` begins with an empty cache, ``warm`` asks for the same codes again, ``revalidation`` sends their
        validators along, and ``warmed`` finds in an emptied cache what the warm route has put there.
    codes
        For each request, which of the codes it asks for.
    at
        For each request, the second after the start of the phase at which it is due; empty in a closed loop.
    seconds
        When the phase ends, whether all was sent or not; None if it has no end but its requests.
    repeated
        Whether `codes` are gone through again and again until then.
    """

    name: PhaseName
    codes: list[int]
    at: list[float]
    seconds: float | None
    repeated: bool = False


class Workload(msgspec.Struct, frozen=True):
    """Everything that will be asked for.

    Attributes
    ----------
    targets
        The distinct codes; the more popular ones first.
    strangers
        Others, to warm up connections and processes with: they leave the cache of the targets alone.
    """

    targets: list[Target]
    strangers: list[Target]
    phases: list[Phase]


def workload(options: Options) -> Workload:
    """Return the workload that `options` describe; the same for the same seed."""
    chooser = Random(f"{options.seed} {options.profile}")
    shares = PROFILES[options.profile]
    targets = [
        target(chooser, shares, options.formats, f"https://example.com/{options.seed}/{number:05d}")
        for number in range(options.codes)
    ]
    strangers = [
        target(chooser, shares, options.formats, f"https://example.com/{options.seed}/warm-up/{number}")
        for number in range(options.warm_up)
    ]
    # The popularity of the code of rank r is r to the power of minus the skew; without skew all are alike.
    weights = list(accumulate(rank**-options.skew for rank in range(1, options.codes + 1)))
    whole = sum(SHARES[name] for name in options.phases)
    phases = []
    for name in options.phases:
        share = SHARES[name] / whole
        seconds = options.duration * share if options.duration else None
        most = max(1, round(options.total * share)) if options.total else None
        at = list(islice(_due(chooser, options.rate, seconds), most)) if options.rate else []
        count = len(at) if options.rate else most or _ROUND
        codes = chooser.choices(range(options.codes), cum_weights=weights, k=count)
        phases.append(Phase(name, codes, at, seconds, repeated=not options.rate and most is None))
    return Workload(targets, strangers, phases)


def _due(chooser: Random, rate: float, seconds: float | None) -> Iterator[float]:
    """Random moments, `rate` a second on average, as those of callers who know nothing of each other (Poisson)."""
    due = accumulate(map(chooser.expovariate, repeat(rate)))
    return due if seconds is None else takewhile(lambda at: at < seconds, due)


_ROUND = 200_000
"""Requests that are chosen for a phase that has no end but the clock; it goes through them again and again."""
