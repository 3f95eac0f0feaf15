"""What the growing life of an entry is worth, by simulation: misses at the same memory as with a fixed life."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from itertools import accumulate

from .harness import Measured, Run
from .results import Line, Result

__all__ = ["TITLE", "results"]

TITLE = "Adaptive TTL, simulated on a Zipf workload"

TTL, LONGEST = 3600.0, 86_400.0
CODES, LOOKUPS_A_SECOND = 50_000, 2.0

Rule = Callable[[float, float, float], float]
"""When an entry expires after a hit, from the time of the hit, when it would have expired, and the TTL."""

Workload = list[tuple[int, float]]


def adaptive(now: float, expires: float, ttl: float) -> float:
    """Apply the rule of the cache: a hit adds a TTL to what is left, up to the longest life from now."""
    return min(now + LONGEST, expires + ttl)


def fixed(_now: float, expires: float, _ttl: float) -> float:
    """Leave the life as it is: a hit changes nothing."""
    return expires


def sliding(now: float, _expires: float, ttl: float) -> float:
    """Begin the life anew with each hit."""
    return now + ttl


def results(run: Run) -> Iterator[Result]:
    """Misses of each rule, where each keeps as many entries as the others on average."""
    for skew in (1.0, 0.8):
        workload = _workload(20_000 if run.quick else 200_000, skew)
        misses, entries = _play(workload, adaptive, TTL)
        ours = Measured("adaptive", misses, misses, unit="misses")
        for name, rule in (("fixed", fixed), ("begun anew by each hit", sliding)):
            theirs = _at_the_same_memory(workload, rule, entries)
            what = f"{len(workload):,} lookups of {CODES:,} codes, exponent {skew}, {entries:,.0f} entries held"
            yield Line(what=what, ours=ours, theirs=Measured(name, theirs, theirs, unit="misses"), target=1)


def _workload(lookups: int, skew: float) -> Workload:
    chooser = random.Random(1)
    weights = list(accumulate(1 / rank**skew for rank in range(1, CODES + 1)))
    codes = chooser.choices(range(CODES), cum_weights=weights, k=lookups)
    return [(code, number / LOOKUPS_A_SECOND) for number, code in enumerate(codes, start=1)]


def _play(workload: Workload, rule: Rule, ttl: float) -> tuple[int, float]:
    """Return the misses of a rule, and how many entries it holds on average."""
    expires: dict[int, float] = {}
    misses, lived, end = 0, 0.0, workload[-1][1]
    for code, now in workload:
        before = expires.get(code, 0.0)
        if before > now:
            after = rule(now, before, ttl)
            lived += after - before
        else:
            misses += 1
            after = now + ttl
            lived += ttl
        expires[code] = after
    lived -= sum(max(0.0, last - end) for last in expires.values())
    return misses, lived / end


def _at_the_same_memory(workload: Workload, rule: Rule, entries: float) -> int:
    """Return the misses of a rule with the TTL at which it holds as many entries as are `held`."""
    low, high = 1.0, 10 * LONGEST
    misses = 0
    for _ in range(18):
        ttl = (low * high) ** 0.5
        misses, holding = _play(workload, rule, ttl)
        low, high = (ttl, high) if holding < entries else (low, ttl)
    return misses
