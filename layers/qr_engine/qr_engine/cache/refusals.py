"""Remember for a short while which requests the drawing refused: the same request would be refused again."""

from __future__ import annotations

from collections import OrderedDict
from time import monotonic
from typing import Any, Final

import msgspec

from ..errors import CannotBeDrawn, Issue, Problem, TooMuchData, WouldNotScan

__all__ = ["MAX_REFUSALS", "REFUSAL_SECONDS", "Refusals"]

MAX_REFUSALS: Final = 256
"""Per execution environment; the least recent are dropped first."""

REFUSAL_SECONDS: Final = 60
"""How long a refusal is remembered."""

# Problems that follow from the request alone. Others depend on S3, Redis, the time that is left or the memory of this
# environment, and may be gone the next time.
_FINAL: Final = (CannotBeDrawn, TooMuchData, WouldNotScan)


class _Refusal(msgspec.Struct, frozen=True):
    problem: type[Problem]
    detail: str
    issues: tuple[Issue, ...]
    extra: dict[str, Any]
    expires: float


class Refusals:
    """Problems by cache key.

    Parameters
    ----------
    limit
        How many problems to remember; 0 for none.
    """

    def __init__(self, limit: int = MAX_REFUSALS) -> None:
        self.limit = limit
        self._refusals: OrderedDict[str, _Refusal] = OrderedDict()

    def __len__(self) -> int:
        return len(self._refusals)

    def remember(self, key: str, problem: Problem) -> None:
        """Remember why there is no picture under `key`, if the same is certain to happen again."""
        if not isinstance(problem, _FINAL) or not self.limit:
            return
        expires = monotonic() + REFUSAL_SECONDS
        self._refusals.pop(key, None)
        # Not the exception itself: its traceback would grow each time it is raised, and keep the drawing in memory.
        self._refusals[key] = _Refusal(type(problem), problem.detail, problem.issues, problem.extra, expires)
        if len(self._refusals) > self.limit:
            self._refusals.popitem(last=False)

    def check(self, key: str) -> None:
        """Raise the problem that is remembered under `key`, if there is one."""
        refusal = self._refusals.get(key)
        if refusal is None:
            return
        if monotonic() >= refusal.expires:
            del self._refusals[key]
            return
        raise refusal.problem(refusal.detail, issues=refusal.issues, **refusal.extra)

    def clear(self) -> None:
        """Forget all problems."""
        self._refusals.clear()
