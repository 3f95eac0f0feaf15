"""How long a request may wait for Redis: one deadline for each exchange, and a bound for all of them together."""

from __future__ import annotations

from contextvars import ContextVar
from math import inf
from time import monotonic

from .errors import BudgetSpent

__all__ = ["COMMANDS_PER_REQUEST", "Allowance", "Budget", "active_budget", "allow", "current_budget"]

COMMANDS_PER_REQUEST = 2
"""Commands that a request may lose to a Redis that does not answer: the one that looks up and the one that stores."""

_QUICK = 0.1
_LEAST = 0.001


class Allowance:
    """Seconds for one kind of waiting. Entered for each wait, it gives the `monotonic` time at which that has to end.

    A wait that fails, or takes more than a tenth of `each`, uses the allowance up by its length; one that is quicker is
    what a sound Redis takes, and costs nothing.

    Parameters
    ----------
    each
        The longest that one wait may take.
    total
        The longest that all of them may take together.

    Attributes
    ----------
    left
        What is left of it.
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
        """Charge what the wait took."""
        took = monotonic() - self._began
        if failure is not None or took > self._longest * _QUICK:
            self.left -= took


class Budget:
    """What a request may wait for Redis.

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
        """Whether nothing more can be asked."""
        return self.answering.left < _LEAST

    @property
    def for_connecting(self) -> Budget:
        """For what is asked of others on the way to a server: all of it counts as connecting."""
        budget = Budget.__new__(Budget)
        budget.connecting = budget.answering = self.connecting
        return budget


# Each thread has its own value, as with `threading.local`, whose module would be one more for a cold start to load.
_active: ContextVar[Budget | None] = ContextVar("budget", default=None)


def current_budget(connect: float, command: float) -> Budget:
    """Return the budget of what this thread is doing, or one of these seconds for the next exchange if none is set."""
    return _active.get() or Budget(connect, command)


def active_budget() -> Budget | None:
    """Return the budget that somebody set for what this thread is doing."""
    return _active.get()


def allow(budget: Budget) -> Allowing:
    """Have everything that this thread asks within the ``with`` block keep to `budget`."""
    return Allowing(budget)


class Allowing:
    """What `allow` gives; a generator in its place would make each hit 2 µs slower."""

    __slots__ = ("_before", "_budget")

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._before: Budget | None = None

    def __enter__(self) -> None:
        """Put the budget in the place of the one before."""
        self._before = _active.get()
        _active.set(self._budget)

    def __exit__(self, *_: object) -> None:
        """Put the one before back."""
        _active.set(self._before)
