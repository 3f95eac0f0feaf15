"""Drawing codes before anyone asks for them: those in the request, those asked for most, and those on the list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from ..config import settings
from ..errors import CacheUnavailable, Problem
from ..observability import count
from ..request import CanonicalRequest, WarmRequest, cache_key, canonical_bytes, canonical_request, parse
from .engine import engine
from .warm_list import pattern_of, read_list

__all__ = ["warm"]

RESERVE_MS = 2000
"""Milliseconds of an invocation that warming leaves for its last picture and its answer."""

BATCH = 100
MOST_RESULTS = 1000
MOST_BYTES = 4 * 1024 * 1024
"""Results that an answer tells one by one, and the bytes they may take: Lambda returns 6 MB at most."""

Pattern = str | dict[str, Any]


class Listed(msgspec.Struct, frozen=True):
    """A line of the list, not read yet."""

    number: int
    line: bytes


class Remembered(msgspec.Struct, frozen=True):
    """A canonical request that popularity remembers."""

    request: bytes


class Job(msgspec.Struct, frozen=True):
    """One code to have in the cache.

    Attributes
    ----------
    shown
        How the answer names it.
    wanted
        What describes it, or why there is none.
    """

    shown: dict[str, Any]
    wanted: Pattern | Listed | Remembered | Problem


class Tally(msgspec.Struct):
    """What became of the jobs so far."""

    stored: int = 0
    present: int = 0
    failed: int = 0
    gone: Problem | None = None
    results: list[dict[str, Any]] = []
    room: int = MOST_BYTES

    @property
    def done(self) -> int:
        """Jobs that were worked on."""
        return self.stored + self.present + self.failed

    def note(self, job: Job, outcome: str, problem: Problem | None = None) -> None:
        """Note what became of `job`."""
        setattr(self, outcome, getattr(self, outcome) + 1)
        if isinstance(problem, CacheUnavailable):
            self.gone = problem
        if len(self.results) < MOST_RESULTS and self.room > 0:
            said = {} if problem is None else {"problem": problem.document()}
            result = {**job.shown, "outcome": outcome, **said}
            self.room -= len(msgspec.json.encode(result))
            self.results.append(result)


def warm(asked: WarmRequest, remaining_ms: Callable[[], float]) -> dict[str, Any]:
    """Draw and store what is not in the cache, or about to leave it; one that cannot be drawn never stops the others.

    The patterns of the request come first, then what is popular, then the list. A list that is too long for one
    invocation is gone on with by the next.

    Parameters
    ----------
    remaining_ms
        Milliseconds that the invocation may still take.

    Raises
    ------
    CacheUnavailable
        There is no cache to warm: Redis does not answer.
    """
    jobs = [Job({"pattern": pattern}, pattern) for pattern in asked.patterns or ()]
    jobs += [Job({"key": found.key}, Remembered(found.request)) for found in engine().cache.popular(asked.popular)]
    listed, version, start = _listed() if asked.listed else ([], "", 0)
    tally = Tally()
    _work(jobs + listed[start:] + listed[:start], tally, remaining_ms)
    if tally.gone is not None and tally.failed == tally.done:
        raise tally.gone
    if len(listed) > 1:
        engine().cache.remember_place(version, (start + max(0, tally.done - len(jobs))) % len(listed))
    left = len(jobs) + len(listed) - tally.done
    for name, times in (("Stored", tally.stored), ("Present", tally.present), ("Failed", tally.failed), ("Left", left)):
        count(f"Warm{name}", times)
    return {
        "success": True,
        "count": tally.stored + tally.present,
        "results": tally.results,
        "stored": tally.stored,
        "present": tally.present,
        "failed": tally.failed,
        "complete": left == 0,
        "left": left,
    }


def _listed() -> tuple[list[Job], str, int]:
    """The jobs of the list at ``WARM_PATTERNS``, its version, and the place where the last warming stopped."""
    url = settings().warm_patterns
    if url is None:
        return [], "", 0
    try:
        found = read_list(url)
    except Problem as problem:
        return [Job({"list": url}, problem)], "", 0
    jobs = [Job({"line": number}, Listed(number, line)) for number, line in found.lines]
    place = engine().cache.remembered_place(found.version)
    return jobs, found.version, place if place < len(jobs) else 0


def _work(jobs: list[Job], tally: Tally, remaining_ms: Callable[[], float]) -> None:
    """Work through `jobs` until the time is up; at least one of them."""
    outcomes: dict[str, Problem | None] = {}
    for start in range(0, len(jobs), BATCH):
        batch = jobs[start : start + BATCH]
        wanted = [_canonical(job) for job in batch]
        lasting = _lasting([found for found in wanted if isinstance(found, CanonicalRequest)])
        for job, found in zip(batch, wanted, strict=True):
            if tally.done and remaining_ms() < RESERVE_MS:
                return
            if isinstance(found, Problem):
                tally.note(job, "failed", found)
                continue
            key = _key(found)
            if key not in outcomes and lasting[key]:
                outcomes[key] = None
            if key in outcomes:
                tally.note(job, "failed" if outcomes[key] else "present", outcomes[key])
                continue
            outcomes[key] = _drawn(found)
            tally.note(job, "failed" if outcomes[key] else "stored", outcomes[key])


def _lasting(wanted: list[CanonicalRequest]) -> dict[str, bool]:
    """By cache key, whether the picture is in the cache and stays there; if nobody can tell, it is taken to be not."""
    keys = [_key(found) for found in wanted]
    try:
        return dict(zip(keys, engine().cache.lasting(keys), strict=True))
    except CacheUnavailable:
        return dict.fromkeys(keys, False)


def _key(wanted: CanonicalRequest) -> str:
    return cache_key(canonical_bytes(wanted))


def _drawn(wanted: CanonicalRequest) -> Problem | None:
    """Draw and store the picture; what went wrong, if anything did."""
    try:
        engine().warm(wanted)
    except Problem as problem:
        return problem
    return None


def _canonical(job: Job) -> CanonicalRequest | Problem:
    wanted = job.wanted
    if isinstance(wanted, Problem):
        return wanted
    try:
        if isinstance(wanted, Remembered):
            return canonical_request(wanted.request)
        pattern = pattern_of(wanted.number, wanted.line) if isinstance(wanted, Listed) else wanted
        return parse({"data": pattern} if isinstance(pattern, str) else pattern)[1]
    except Problem as problem:
        return problem
