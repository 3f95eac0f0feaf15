"""Many codes in one call: looked up in one exchange with Redis, drawn one after the other, stored in few exchanges."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import perf_counter

import msgspec

from ..cache import LEASE_MS, Entry, Tier
from ..cache.bulk import Drawn, Leased, Wanted
from ..errors import Problem, TooMuchData
from ..observability import count, observe
from ..request import CanonicalRequest, cache_key, canonical_bytes, is_redrawable
from .drawing_time import drawing_ms
from .engine import DRAW_RESERVE_MS, Code, Engine, Source

__all__ = ["BatchItem", "generate_all", "no_time_problem"]

STORED_AFTER = 0.05
STORED_BYTES = 1024 * 1024
"""Seconds and bytes after which what has been drawn is stored, though there is more to draw: others wait for it."""

ROUNDS = 2
"""How often to look up together what is left, before each code that still is waits for its picture alone."""


class BatchItem(msgspec.Struct, frozen=True):
    """One code of a batch, and whether the cache may answer and keep it."""

    request: CanonicalRequest
    cached: bool


def generate_all(
    engine: Engine,
    items: Sequence[BatchItem],
    *,
    remaining_ms: Callable[[], float],
    reserve_ms: float = DRAW_RESERVE_MS,
    stop_on_error: bool = False,
) -> list[Code | Problem | None]:
    """For each of `orders` its code, or why there is none; as `Engine.generate`, one after the other.

    Parameters
    ----------
    remaining_ms
        Returns the milliseconds that the invocation may still take.
    reserve_ms
        Fewest milliseconds left for which a drawing starts.
    stop_on_error
        Whether nothing is drawn after the first failure; the outcomes after it are None. Those codes have been looked
        up and counted by then, and the leases on them are given back.
    """
    work = _Work(engine, [_make_job(index, item) for index, item in enumerate(items)], remaining_ms, reserve_ms)
    work.stop_on_error = stop_on_error
    left = work.jobs
    with engine.cache.request():
        for _ in range(ROUNDS):
            left = work.run_round(left)
        for job in left:
            work.generate_alone(job)
    return work.outcomes


def no_time_problem() -> TooMuchData:
    """Give the problem of a code that a batch has no time left for."""
    return TooMuchData("There is no time left to draw this code; ask for it in another batch.")


class _Job(msgspec.Struct, frozen=True):
    index: int
    item: BatchItem
    canonical: bytes
    key: str


def _make_job(index: int, item: BatchItem) -> _Job:
    canonical = canonical_bytes(item.request)
    return _Job(index, item, canonical, cache_key(canonical))


class _Work:
    """The codes of one call and their outcomes.

    Attributes
    ----------
    outcomes
        The results so far, by index.
    """

    stop_on_error = False

    def __init__(self, engine: Engine, jobs: list[_Job], remaining_ms: Callable[[], float], reserve_ms: float) -> None:
        self.jobs = jobs
        self.outcomes: list[Code | Problem | None] = [None] * len(jobs)
        self._engine = engine
        self._remaining_ms, self._reserve_ms = remaining_ms, reserve_ms
        self._failed_at = len(jobs)
        self._unstored: list[Drawn] = []
        self._unstored_bytes, self._unstored_since = 0, 0.0

    def run_round(self, jobs: list[_Job]) -> list[_Job]:
        """Make what there is no reason to wait for.

        Gives the rest: what comes a second time, and finds the picture of the first in the cache then, and what another
        environment is drawing, which must not be waited for while that may be waiting for a lease of this one.
        """
        first_of_key: dict[str, _Job] = {}
        due: list[_Job] = []
        left: list[_Job] = []
        for job in jobs:
            if self._is_skipped(job):
                continue
            again = job.item.cached and first_of_key.setdefault(job.key, job) is not job
            (left if again else due).append(job)
        results, lookup_ms = self._look_up(list(first_of_key.values()))
        abandoned = []
        for job in due:
            outcome = results.get(job.key) if job.item.cached else None
            if isinstance(outcome, Leased):
                left.append(job)
            elif outcome is not None:
                self._record_hit(job, outcome, lookup_ms)
            elif not self._draw(job, lookup_ms) and job.item.cached:
                abandoned.append(job.key)
        self._store()
        if abandoned:
            self._engine.cache.release_all(abandoned)
        return sorted(left, key=lambda job: job.index)

    def generate_alone(self, job: _Job) -> None:
        """Generate one code by itself, and wait for it if another environment is drawing it."""
        if not self._may_begin(job):
            return
        try:
            self.outcomes[job.index] = self._engine.generate(job.item.request, remaining_ms=self._remaining_ms)
        except Problem as problem:
            self._record_problem(job, problem)

    def _look_up(self, jobs: list[_Job]) -> tuple[dict[str, tuple[Entry, Tier] | Leased | None], float]:
        """Look up `jobs` together: return the results by key, and the share of each job in the milliseconds it took."""
        if not jobs:
            return {}, 0.0
        lookups, lease_ms = [], 0.0
        for job in jobs:
            request = job.item.request
            # What is drawn later needs its lease for as long as what is drawn before it takes, too.
            lease_ms += drawing_ms(request)
            held_ms = min(LEASE_MS, lease_ms, self._remaining_ms() - DRAW_RESERVE_MS)
            lookups.append(Wanted(job.key, job.canonical, held_ms, is_redrawable(request), request.style is None))
        started = perf_counter()
        results = self._engine.cache.lookup_all(lookups)
        lookup_ms = (perf_counter() - started) * 1000
        in_memory = all(isinstance(result, tuple) and result[1] == "memory" for result in results)
        if self._engine.cache.redis is not None and not in_memory:
            observe("LookupTime", lookup_ms)
        return dict(zip((job.key for job in jobs), results, strict=True)), lookup_ms / len(jobs)

    def _record_hit(self, job: _Job, outcome: tuple[Entry, Tier], lookup_ms: float) -> None:
        entry, tier = outcome
        count("MemoryHits" if tier == "memory" else "RedisHits")
        self.outcomes[job.index] = Code(job.key, job.item.request.format, entry, tier, lookup_ms, 0.0)

    def _draw(self, job: _Job, lookup_ms: float) -> bool:
        """Draw one code; return False if there was no time to start."""
        request, cached = job.item.request, job.item.cached
        if cached:
            count("Misses")
        if not self._may_begin(job):
            return False
        started = perf_counter()
        try:
            entry = self._engine.draw(job.key, job.canonical, request, for_cache=cached)
        except Problem as problem:
            self._record_problem(job, problem)
            return True
        now = perf_counter()
        draw_ms = (now - started) * 1000
        observe("DrawTime", draw_ms)
        source: Source = "miss" if cached else "bypass"
        self.outcomes[job.index] = Code(job.key, request.format, entry, source, lookup_ms, draw_ms)
        if cached:
            if not self._unstored:
                self._unstored_since = now
            self._unstored.append(Drawn(job.key, entry, is_redrawable(request)))
            self._unstored_bytes += entry.size
            if self._unstored_bytes > STORED_BYTES or now - self._unstored_since > STORED_AFTER:
                self._store()
        return True

    def _may_begin(self, job: _Job) -> bool:
        """Tell whether `job` is not skipped and there is enough time for it; else record the problem."""
        if self._is_skipped(job):
            return False
        if self._remaining_ms() < self._reserve_ms:
            self._record_problem(job, no_time_problem())
            return False
        return True

    def _is_skipped(self, job: _Job) -> bool:
        return self.stop_on_error and job.index > self._failed_at

    def _record_problem(self, job: _Job, problem: Problem) -> None:
        self.outcomes[job.index] = problem
        self._failed_at = min(self._failed_at, job.index)

    def _store(self) -> None:
        if self._unstored:
            self._engine.cache.store_all(self._unstored)
            self._unstored, self._unstored_bytes = [], 0
