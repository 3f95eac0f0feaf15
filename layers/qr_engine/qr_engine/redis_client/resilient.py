"""Redis behind its breakers: every command within the timeouts, tried again where that helps, left alone where not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from math import inf
from time import monotonic
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from ..config import Settings
from ..observability import count, count_refusal, logger
from . import Call, Script, connect, node_of, run, run_all
from .breaker import Breaker
from .budget import Budget, allow, allowed
from .errors import ANY, GARBLED, NO_LOGIN, NO_TIME, NOBODY_SERVES, REFUSED, WORTH_ANOTHER_TRY, kind_of

if TYPE_CHECKING:
    from . import Client

__all__ = ["Guarded", "Unavailable"]

_QUIET = 60.0
"""Seconds in which the same fault is not logged again."""

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


class Unavailable(Exception):
    """Redis does not answer, or is being left alone for a moment because it did not."""


class Guarded:
    """The one client of this environment, and what is known of how its servers do.

    Parameters
    ----------
    settings
        Where Redis is, and how long to wait for it.
    on_failure
        Called at every failure of Redis, to count it.

    Attributes
    ----------
    breakers
        One for each node of a cluster, by its name; a single one, named "", for a server alone.
    """

    def __init__(self, settings: Settings, on_failure: Callable[[], None]) -> None:
        self.settings = settings
        self._on_failure = on_failure
        self.breakers: dict[str, Breaker] = {"": Breaker()}
        self._client: Client | None = None
        self._first: Budget | None = None
        self._told: dict[str, float] = {}

    @property
    def client(self) -> Client:
        """The client, made when it is first needed."""
        if self._client is None:
            self._client = connect(self.settings)
        return self._client

    @property
    def untouched(self) -> bool:
        """Whether nobody has needed the client yet."""
        return self._client is None

    def forget(self) -> None:
        """Close every connection, and forget what has failed."""
        if self._client is not None:
            self._client.close()
        self._client = None
        self._first = None
        self.breakers = {"": Breaker()}

    def budget(self, commands: float = inf) -> Budget:
        """What may be lost from now on, until so many `commands` have failed; the first ever has time of its own.

        A connection that is opened first, by an environment that has only just started, takes several times as long.
        """
        settings = self.settings
        timeout = settings.redis_timeout_ms / 1000
        if self._first is not None and self._first.connecting.is_used:
            return Budget(settings.redis_connect_timeout_ms / 1000, timeout, commands)
        self._first = Budget(settings.redis_first_connect_timeout_ms / 1000, timeout, commands)
        return self._first

    def left_alone(self, name: str) -> bool:
        """Whether the server of what lies under `name` has failed a moment ago, so that nothing is sent to it now."""
        return self._breaker(name).is_open

    def call(
        self,
        command: Callable[Concatenate[Client, Arguments], Result],
        *args: Arguments.args,
        **named: Arguments.kwargs,
    ) -> Result:
        """Run `command` with the client and the arguments, within the timeouts, and mind the breaker.

        Raises
        ------
        Unavailable
            It did not answer, or answered with an error.
        """
        return self.call_near("", command, *args, **named)

    def call_near(
        self,
        name: str,
        command: Callable[Concatenate[Client, Arguments], Result],
        *args: Arguments.args,
        **named: Arguments.kwargs,
    ) -> Result:
        """As `call`, for a command that only concerns the node which has what lies under `name`.

        A command that finds its connection gone is tried once more on a new one: an execution environment that was
        frozen between two invocations wakes with sockets that the server has closed.

        Raises
        ------
        Unavailable
            It did not answer, or answered with an error.
        """
        breaker = self._breaker(name)
        if breaker.is_open:
            raise Unavailable
        is_first = self._client is None
        try:
            if allowed() is None:
                with allow(self.budget()):
                    result = self._try(breaker, is_first, command, *args, **named)
            else:
                result = self._try(breaker, is_first, command, *args, **named)
        except NO_TIME as error:
            raise Unavailable from error
        except ANY as error:
            self._failed(error, breaker)
            raise Unavailable from error
        breaker.succeeded()
        return result

    def _try(
        self,
        breaker: Breaker,
        is_first: bool,
        command: Callable[Concatenate[Client, Arguments], Result],
        *args: Arguments.args,
        **named: Arguments.kwargs,
    ) -> Result:
        """Run `command`, and once more on a new connection where the one it had may have been closed meanwhile."""
        try:
            return command(self.client, *args, **named)
        except WORTH_ANOTHER_TRY as error:
            if is_first or breaker.failures or isinstance(error, GARBLED):
                raise
            try:
                return command(self.client, *args, **named)
            except NO_TIME:
                raise error from None

    def run_all(self, script: Script, calls: Sequence[Call]) -> dict[int, Any]:
        """What `script` returns for each of `calls`, by its place; what is not answered, or refused, is left out.

        One exchange with each server, which fails alone, and after which its breaker is minded as in `call_near`.
        """
        answers: dict[int, Any] = {}
        if len(calls) == 1:
            (call,) = calls
            try:
                return {0: self.call_near(call.keys[0], run, script, call.keys, call.args)}
            except Unavailable:
                return answers
        shares: dict[str, dict[int, Call]] = {}
        for place, call in enumerate(calls):
            shares.setdefault(self._node(call.keys[0]), {})[place] = call
        for share in shares.values():
            some = next(iter(share.values()))
            with suppress(Unavailable):
                self.call_near(some.keys[0], run_all, script, share, answers)
        for place in [place for place, answer in answers.items() if isinstance(answer, Exception)]:
            self._failed(answers.pop(place), self._breaker(calls[place].keys[0]))
        return answers

    def tell(self, message: str, **details: str) -> None:
        """Log `message`, unless the same has been said a short while ago."""
        now = monotonic()
        if now >= self._told.get(message, 0.0):
            self._told[message] = now + _QUIET
            logger().warning(message, extra=details)

    def _failed(self, error: Exception, breaker: Breaker) -> None:
        self._on_failure()
        if isinstance(error, (REFUSED, NO_LOGIN)):
            count_refusal(kind_of(error))
        if not isinstance(error, REFUSED) or isinstance(error, NOBODY_SERVES):
            breaker.failed()
            count("BreakerOpened")
        self.tell("redis failed", error=f"{type(error).__name__}: {error}"[:200])

    def _node(self, name: str) -> str:
        client = self._client
        return node_of(client, name) if name and client is not None and self.settings.redis_cluster_nodes else ""

    def _breaker(self, name: str) -> Breaker:
        node = self._node(name)
        breaker = self.breakers.get(node)
        if breaker is None:
            breaker = self.breakers[node] = Breaker()
        return breaker
