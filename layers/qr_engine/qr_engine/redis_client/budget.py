"""How long a request may wait for Redis: a deadline for each exchange, and a limit for all of them together."""

from __future__ import annotations

from contextvars import ContextVar
from math import inf
from time import monotonic

from .errors import BudgetSpent

__all__ = ["COMMANDS_PER_REQUEST", "Allowance", "Budget", "active_budget", "allow", "current_budget"]

COMMANDS_PER_REQUEST = 2
"""How many commands a request may lose to a Redis that does not answer: one lookup and one store."""

_QUICK = 0.1
_LEAST = 0.001


class Allowance:
    """Seconds for one kind of waiting; on entering, it gives the `monotonic` time at which the wait has to end.

    A wait that fails, or takes more than a tenth of `each`, is deducted from the allowance. A quicker wait is normal
    for a healthy Redis and costs nothing.

    Parameters
    ----------
    each
        The longest that one wait may take.
    total
        The longest that all waits may take together.

    Attributes
    ----------
    left
        Seconds that are left.
    is_used
        Whether there has been a wait.
    """

    def __init__(self, longest: float, total: float) -> None:
        self.left = total
        self.is_used = False
        self._longest = longest
        self._began = 0.0

    def __enter__(self) -> float:
        """Begin to wait.

        Raises
        ------
        BudgetSpent
            Nothing is left.
        """
        if self.left < _LEAST:
            raise BudgetSpent("this request has waited long enough for Redis")
        self.is_used = True
        self._began = monotonic()
        return self._began + min(self._longest, self.left)

    def __exit__(self, failure: type[BaseException] | None, *_: object) -> None:
        """Deduct the time that the wait took."""
        took = monotonic() - self._began
        if failure is not None or took > self._longest * _QUICK:
            self.left -= took


class Budget:
    """The time that a request may wait for Redis.

    Attributes
    ----------
    connecting
        For connections: to find the server, to reach it, to agree on keys and to log in.
    answering
        For the answers to commands.
    """

    def __init__(self, connect: float, command: float, commands: float = inf) -> None:
        self.connecting = Allowance(connect, connect)
        self.answering = Allowance(command, command * commands)

    @property
    def is_spent(self) -> bool:
        """Whether no time is left to ask anything."""
        return self.answering.left < _LEAST

    @property
    def for_connecting(self) -> Budget:
        """Return the budget for asking other servers on the way to this one: all of it counts as connecting."""
        budget = Budget.__new__(Budget)
        budget.connecting = budget.answering = self.connecting
        return budget


# Each thread has its own value. `threading.local` would do the same, but a cold start would have to load its module.
_active: ContextVar[Budget | None] = ContextVar("budget", default=None)


def current_budget(connect: float, command: float) -> Budget:
    """Return the active budget of this thread, or, if none is set, one of these seconds for the next exchange."""
    return _active.get() or Budget(connect, command)


def active_budget() -> Budget | None:
    """Return the active budget of this thread, or None."""
    return _active.get()


def allow(budget: Budget) -> Allowing:
    """Make everything that this thread asks Redis within the ``with`` block share `budget`."""
    return Allowing(budget)


class Allowing:
    """The context manager that `allow` returns; a generator would make each hit 2 µs slower."""

    __slots__ = ("_before", "_budget")

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._before: Budget | None = None

    def __enter__(self) -> None:
        """Make the budget the active one."""
        self._before = _active.get()
        _active.set(self._budget)

    def __exit__(self, *_: object) -> None:
        """Make the earlier budget active again."""
        _active.set(self._before)
