"""Measure contenders against each other in one run: turn and turn about, so that noise hits all of them."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from itertools import cycle, repeat
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import msgspec

__all__ = ["Contender", "Measured", "Run", "call", "call_in_turn", "each_of", "measure"]

_MOST_CALLS = 1_000_000


class Run(msgspec.Struct, eq=False):
    """How thoroughly to measure, and what the topics share.

    Attributes
    ----------
    quick
        Few rounds and short turns: shows that everything runs, and no more.
    workspace
        A folder that goes away after the run, for what the peers need installed.
    closing
        Ends the servers and processes that a topic has started.
    versions
        Of everything that takes part; the topics add what they install.
    """

    quick: bool
    workspace: Path
    closing: ExitStack
    versions: dict[str, str]

    @property
    def rounds(self) -> int:
        """How often every contender has its turn."""
        return 3 if self.quick else 15

    @property
    def turn(self) -> float:
        """Seconds that a turn takes at least: as many calls as fit, one if the call is longer."""
        return 0.002 if self.quick else 0.02


class Contender(msgspec.Struct, frozen=True):
    """Something to measure.

    Attributes
    ----------
    name
        As the report shows it.
    batch
        Does the work as often as it is told and gives the seconds that this took.
    single
        Whether a turn is one call and nothing warms up before: for processes that start anew each time.
    """

    name: str
    batch: Callable[[int], float]
    single: bool = False


class Measured(msgspec.Struct, frozen=True):
    """What came out for one contender.

    Attributes
    ----------
    median, minimum
        Of the rounds: seconds a call, or bytes.
    """

    name: str
    median: float
    minimum: float
    unit: str = "s"


def call(name: str, function: Callable[[], object]) -> Contender:
    """Return a contender that calls `function` in this process."""

    def batch(calls: int) -> float:
        started = perf_counter()
        for _ in repeat(None, calls):
            function()
        return perf_counter() - started

    return Contender(name, batch)


def call_in_turn(name: str, function: Callable[[Any], object], arguments: Sequence[Any]) -> Contender:
    """Return a contender that calls `function` with each of `arguments` in turn, so that no cache helps."""
    following = cycle(arguments)

    def batch(calls: int) -> float:
        started = perf_counter()
        for _ in repeat(None, calls):
            function(next(following))
        return perf_counter() - started

    return Contender(name, batch)


def each_of(measured: Measured, count: int, name: str | None = None) -> Measured:
    """Return what one of `count` things costs that were done in one call."""
    return Measured(name or measured.name, measured.median / count, measured.minimum / count, measured.unit)


def measure(run: Run, contenders: Sequence[Contender], *, rounds: int | None = None) -> list[Measured]:
    """Give each contender its turn, round after round, and sum up each one's rounds.

    The order moves on by one a round, so that nobody always follows the same other.

    Parameters
    ----------
    rounds
        The most rounds, for contenders that take long; otherwise those of `run`.
    """
    calls = [1 if contender.single else _calls_a_turn(contender, run.turn) for contender in contenders]
    samples: list[list[float]] = [[] for _ in contenders]
    for turn in range(min(rounds or run.rounds, run.rounds)):
        for place in range(len(contenders)):
            index = (place + turn) % len(contenders)
            # Nobody pays for the garbage of whoever was before; everybody pays for their own, as in service.
            gc.collect()
            samples[index].append(contenders[index].batch(calls[index]) / calls[index])
    return [
        Measured(contender.name, median(found), min(found))
        for contender, found in zip(contenders, samples, strict=True)
    ]


def _calls_a_turn(contender: Contender, turn: float) -> int:
    # The first call builds tables and imports what it needs, and is not what is measured.
    contender.batch(1)
    calls = 1
    while (spent := contender.batch(calls)) < turn / 4 and calls < _MOST_CALLS:
        calls *= 4
    return max(1, int(calls * turn / spent)) if spent else calls
