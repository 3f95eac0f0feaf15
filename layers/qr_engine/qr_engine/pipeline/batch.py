"""Many codes in one call: looked up in one exchange with Redis, drawn one after the other, stored in few exchanges."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate
from time import perf_counter

import msgspec

from ..cache import LEASE_MS, LeasedElsewhere, StoreRequest
from ..errors import Problem, TooMuchData
from .drawing_time import ANSWER_MS, drawing_ms
from .engine import DRAW_RESERVE_MS, Code, Engine, LookupResult
from .keyed_request import KeyedRequest

__all__ = ["generate_all", "no_time_problem"]

STORED_AFTER = 0.05
STORED_BYTES = 1024 * 1024
"""Seconds and bytes after which the pictures drawn so far are stored, since others may be waiting for them."""

ROUNDS = 2
"""How often to look up the remaining codes together, before waiting for each of them alone."""


def generate_all(
    engine: Engine,
    requests: Sequence[KeyedRequest],
    *,
    remaining_ms: Callable[[], float],
    reserve_ms: float = ANSWER_MS,
    stop_on_error: bool = False,
) -> list[Code | Problem | None]:
    """Return for each of `requests` its code, or the problem with it; draw them one after the other.

    Parameters
    ----------
    remaining_ms
        Returns the milliseconds that the invocation may still take.
    reserve_ms
        Milliseconds to keep for the answer. A drawing starts only if the rest is enough for its `drawing_ms`.
    stop_on_error
        Whether to draw nothing after the first failure. The outcomes after it are None: these codes have been looked up
        and counted by then, and their leases are given back.
    """
    jobs = [_Job(index, keyed) for index, keyed in enumerate(requests)]
    work = _Work(engine, jobs, remaining_ms, reserve_ms)
    work.stop_on_error = stop_on_error
    left = jobs
    with engine.cache.request():
        for _ in range(ROUNDS):
            left = work.run_round(left)
        for job in left:
            work.generate_alone(job)
    return work.outcomes


def no_time_problem() -> TooMuchData:
    """Return the problem for a code that the batch has no time left to draw."""
    return TooMuchData("There is no time left to draw this code; request it in another batch.")


class _Job(msgspec.Struct, frozen=True):
    index: int
    keyed: KeyedRequest

    @property
    def key(self) -> str:
        return self.keyed.key


class _Work:
    """The codes of one call and their outcomes.

    Attributes
    ----------
    outcomes
        The results so far, by index.
    """

    stop_on_error = False

    def __init__(self, engine: Engine, jobs: list[_Job], remaining_ms: Callable[[], float], reserve_ms: float) -> None:
        self.outcomes: list[Code | Problem | None] = [None] * len(jobs)
        self._engine = engine
        self._remaining_ms, self._reserve_ms = remaining_ms, reserve_ms
        self._failed_at = len(jobs)
        self._unstored: list[StoreRequest] = []
        self._unstored_bytes, self._unstored_since = 0, 0.0

    def run_round(self, jobs: list[_Job]) -> list[_Job]:
        """Generate all codes that need no waiting, and return the rest.

        The rest are repeated codes, which will find the first one's picture in the cache, and codes that another
        environment is drawing. Waiting for those could deadlock, since that environment may wait for a lease of this
        one.
        """
        first_of_key: dict[str, _Job] = {}
        due: list[_Job] = []
        left: list[_Job] = []
        for job in jobs:
            if self._is_skipped(job):
                continue
            again = job.keyed.is_shared and first_of_key.setdefault(job.key, job) is not job
            (left if again else due).append(job)
        results, lookup_ms = self._look_up(list(first_of_key.values()))
        abandoned = []
        for job in due:
            if job.keyed.is_private:
                self.generate_alone(job)
                continue
            result = results.get(job.key) if job.keyed.cached else None
            if isinstance(result, LeasedElsewhere):
                left.append(job)
            elif result is not None:
                self.outcomes[job.index] = self._engine.record_hit(job.keyed, result, lookup_ms)
            elif not self._draw(job, lookup_ms) and job.keyed.cached:
                abandoned.append(job.key)
        self._store()
        if abandoned:
            self._engine.cache.release(abandoned)
        return sorted(left, key=lambda job: job.index)

    def generate_alone(self, job: _Job) -> None:
        """Generate one code by itself, and wait for it if another environment is drawing it."""
        if not self._may_begin(job):
            return
        try:
            self.outcomes[job.index] = self._engine.generate_keyed(job.keyed, self._left_ms)
        except Problem as problem:
            self._record_problem(job, problem)

    def _look_up(self, jobs: list[_Job]) -> tuple[dict[str, LookupResult], float]:
        """Return the results of the cache by key, and each code's share of the exchange in milliseconds."""
        if not jobs:
            return {}, 0.0
        # A code that is drawn later needs its lease while the earlier ones are drawn, too.
        drawing = accumulate(drawing_ms(job.keyed.request) for job in jobs)
        longest = min(LEASE_MS, self._remaining_ms() - DRAW_RESERVE_MS)
        lease_ms = [min(longest, sum_ms) for sum_ms in drawing]
        results, lookup_ms = self._engine.look_up_all([job.keyed for job in jobs], lease_ms)
        return dict(zip((job.key for job in jobs), results, strict=True)), lookup_ms

    def _draw(self, job: _Job, lookup_ms: float) -> bool:
        """Draw one code; return False if the drawing was not started."""
        if not self._may_begin(job):
            return False
        try:
            code = self._engine.draw_code(job.keyed, lookup_ms)
        except Problem as problem:
            self._record_problem(job, problem)
            return True
        self.outcomes[job.index] = code
        if job.keyed.cached:
            self._store_later(StoreRequest(job.key, code.entry))
        return True

    def _store_later(self, request: StoreRequest) -> None:
        """Collect `request` to store it with others, unless they are many bytes or somebody may be waiting."""
        now = perf_counter()
        if not self._unstored:
            self._unstored_since = now
        self._unstored.append(request)
        self._unstored_bytes += request.entry.size
        if self._unstored_bytes > STORED_BYTES or now - self._unstored_since > STORED_AFTER:
            self._store()

    def _may_begin(self, job: _Job) -> bool:
        """Return whether `job` is not skipped and there is enough time for it; records a problem if time is short."""
        if self._is_skipped(job):
            return False
        if self._left_ms() < drawing_ms(job.keyed.request):
            self._record_problem(job, no_time_problem())
            return False
        return True

    def _left_ms(self) -> float:
        """Return the milliseconds that drawing may still take."""
        return self._remaining_ms() - self._reserve_ms

    def _is_skipped(self, job: _Job) -> bool:
        return self.stop_on_error and job.index > self._failed_at

    def _record_problem(self, job: _Job, problem: Problem) -> None:
        self.outcomes[job.index] = problem
        self._failed_at = min(self._failed_at, job.index)

    def _store(self) -> None:
        if self._unstored:
            self._engine.cache.store_all(self._unstored)
            self._unstored, self._unstored_bytes = [], 0
