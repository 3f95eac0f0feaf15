"""Warming: draw codes before anyone requests them, from the request, the popularity ranking and a list in S3."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from ..config import settings
from ..errors import CacheUnavailable, InvalidRequest, Issue, Problem
from ..observability import count
from ..request import canonical_request, style_missing, with_style
from ..request.schema import WarmRequest
from .engine import engine
from .keyed_request import KeyedRequest
from .warm_list import parse_line, read_list

__all__ = ["warm_cache"]

WARM_RESERVE_MS = 2000
"""Milliseconds of an invocation that warming keeps for its last picture and its answer."""

BATCH = 100
MAX_RESULTS = 1000
MAX_RESULT_BYTES = 4 * 1024 * 1024
"""Most results in an answer, and most bytes of all results: Lambda returns 6 MB at most."""

Pattern = str | dict[str, Any]


class ListLine(msgspec.Struct, frozen=True):
    """A line of the list, not parsed yet."""

    number: int
    line: bytes


class PopularRequest(msgspec.Struct, frozen=True):
    """The canonical bytes of a popular request."""

    request: bytes


class Job(msgspec.Struct, frozen=True):
    """One code to draw for the cache.

    Attributes
    ----------
    label
        The members that identify the code in the answer.
    source
        The description of the code, or the problem that prevents it.
    """

    label: dict[str, Any]
    source: Pattern | ListLine | PopularRequest | Problem


class Tally(msgspec.Struct):
    """The outcomes of the jobs so far."""

    stored: int = 0
    present: int = 0
    failed: int = 0
    cache_problem: Problem | None = None
    results: list[dict[str, Any]] = []
    bytes_left: int = MAX_RESULT_BYTES

    @property
    def done(self) -> int:
        """The number of jobs that have an outcome."""
        return self.stored + self.present + self.failed

    def note(self, job: Job, outcome: str, problem: Problem | None = None) -> None:
        """Record the outcome of `job`."""
        setattr(self, outcome, getattr(self, outcome) + 1)
        if isinstance(problem, CacheUnavailable):
            self.cache_problem = problem
        if len(self.results) < MAX_RESULTS and self.bytes_left > 0:
            members = {} if problem is None else {"problem": problem.document()}
            result = {**job.label, "outcome": outcome, **members}
            self.bytes_left -= len(msgspec.json.encode(result))
            self.results.append(result)


def warm_cache(request: WarmRequest, remaining_ms: Callable[[], float]) -> dict[str, Any]:
    """Draw and store codes that the cache lacks or that soon expire; the failure of one never stops the others.

    The patterns of the request come first, then the popular codes, then the list. If the list is too long for one
    invocation, the next one continues where this one stopped.

    Parameters
    ----------
    remaining_ms
        Returns the milliseconds that the invocation may still take.

    Raises
    ------
    CacheUnavailable
        Redis does not answer, so there is no cache to warm.
    """
    jobs = [Job({"pattern": pattern}, pattern) for pattern in request.patterns or ()]
    jobs += [
        Job({"key": popular.key}, PopularRequest(popular.request))
        for popular in engine().cache.popular(request.popular)
    ]
    list_jobs, version, start = _read_list_jobs() if request.listed else ([], "", 0)
    tally = Tally()
    _work_through(jobs + list_jobs[start:] + list_jobs[:start], tally, remaining_ms)
    if tally.cache_problem is not None and tally.failed == tally.done:
        raise tally.cache_problem
    if len(list_jobs) > 1:
        engine().cache.save_cursor(version, (start + max(0, tally.done - len(jobs))) % len(list_jobs))
    left = len(jobs) + len(list_jobs) - tally.done
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


def _read_list_jobs() -> tuple[list[Job], str, int]:
    """Read the list at ``WARM_PATTERNS``: its jobs, its version, and the index where the last warming stopped."""
    url = settings().warm_patterns
    if url is None:
        return [], "", 0
    try:
        warm_list = read_list(url)
    except Problem as problem:
        return [Job({"list": url}, problem)], "", 0
    jobs = [Job({"line": number}, ListLine(number, line)) for number, line in warm_list.lines]
    start = engine().cache.load_cursor(warm_list.version)
    return jobs, warm_list.version, start if start < len(jobs) else 0


def _work_through(jobs: list[Job], tally: Tally, remaining_ms: Callable[[], float]) -> None:
    """Work through `jobs` until the time is up; at least one of them."""
    outcomes: dict[str, Problem | None] = {}
    for start in range(0, len(jobs), BATCH):
        batch = jobs[start : start + BATCH]
        targets = [_resolve(job) for job in batch]
        not_expiring = _find_not_expiring([target.key for target in targets if isinstance(target, KeyedRequest)])
        for job, target in zip(batch, targets, strict=True):
            if tally.done and remaining_ms() < WARM_RESERVE_MS:
                return
            if isinstance(target, Problem):
                tally.note(job, "failed", target)
                continue
            key = target.key
            if key not in outcomes and not_expiring[key]:
                outcomes[key] = None
            if key in outcomes:
                tally.note(job, "failed" if outcomes[key] else "present", outcomes[key])
                continue
            outcomes[key] = _warm_one(target)
            tally.note(job, "failed" if outcomes[key] else "stored", outcomes[key])


def _find_not_expiring(keys: list[str]) -> dict[str, bool]:
    """Return for each key whether the cache keeps its picture for long; False if the cache does not answer."""
    try:
        return dict(zip(keys, engine().cache.not_expiring(keys), strict=True))
    except CacheUnavailable:
        return dict.fromkeys(keys, False)


def _warm_one(target: KeyedRequest) -> Problem | None:
    """Draw and store one picture; return the problem if it fails."""
    try:
        engine().draw_and_store(target)
    except Problem as problem:
        return problem
    return None


def _resolve(job: Job) -> KeyedRequest | Problem:
    """Return the request of a job, or the problem that prevents it."""
    if isinstance(job.source, Problem):
        return job.source
    try:
        # Warming uses the cache, even if the description turns it off.
        keyed = msgspec.structs.replace(_parse_source(job.source), cached=True)
    except Problem as problem:
        return problem
    if keyed.is_private:
        return InvalidRequest.of(
            Issue("data", "Must not be private: the service stores warmed codes in a shared cache.")
        )
    return keyed


def _parse_source(source: Pattern | ListLine | PopularRequest) -> KeyedRequest:
    if isinstance(source, PopularRequest):
        return _parse_popular(source.request)
    pattern = parse_line(source.number, source.line) if isinstance(source, ListLine) else source
    fields = {"data": pattern} if isinstance(pattern, str) else pattern
    return KeyedRequest.from_fields(*with_style(fields))


def _parse_popular(request: bytes) -> KeyedRequest:
    """Parse a request from the popularity ranking; a styled code gets the current version of its style."""
    from ..request.styled import apply_recipe, is_recipe

    if not is_recipe(request):
        if settings().require_style:
            raise style_missing()
        return KeyedRequest.of(canonical_request(request))
    styled = apply_recipe(request)
    return KeyedRequest.from_fields(styled.fields, styled, strict=styled.strict)
