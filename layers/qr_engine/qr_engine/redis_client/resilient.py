"""Run Redis commands with timeouts, one retry on a stale connection, and a circuit breaker per server."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from math import inf
from time import monotonic
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from ..config import Settings
from ..observability import count, count_refusal, logger
from . import Call, Script, connect
from .breaker import Breaker
from .budget import Budget, active_budget, allow
from .errors import (
    FAILURES,
    RETRYABLE,
    AuthenticationError,
    BudgetSpent,
    ClusterDown,
    InvalidResponse,
    ResponseError,
    kind_of,
)

if TYPE_CHECKING:
    from . import Client

__all__ = ["ResilientClient", "Unavailable"]

_QUIET_SECONDS = 60.0
"""Seconds for which a repeated fault is not logged again."""

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


class Unavailable(Exception):
    """Redis does not answer, or the circuit breaker is open because it did not."""


class ResilientClient:
    """The one client of this environment, with a circuit breaker per server.

    Parameters
    ----------
    settings
        Where Redis is, and how long to wait for it.
    on_failure
        Called at every failure of Redis, to count it.

    Attributes
    ----------
    breakers
        One for each node of a cluster, by the node's name; for a single server, one named "".
    """

    def __init__(self, settings: Settings, on_failure: Callable[[], None]) -> None:
        self.settings = settings
        self._on_failure = on_failure
        self.breakers: dict[str, Breaker] = {"": Breaker()}
        self._client: Client | None = None
        self._first_budget: Budget | None = None
        self._quiet_until: dict[str, float] = {}

    @property
    def client(self) -> Client:
        """The client, made when it is first needed."""
        if self._client is None:
            self._client = connect(self.settings)
        return self._client

    @property
    def has_client(self) -> bool:
        """Whether the client has been made."""
        return self._client is not None

    def forget(self) -> None:
        """Close every connection, and forget all failures."""
        if self._client is not None:
            self._client.close()
        self._client = None
        self._first_budget = None
        self.breakers = {"": Breaker()}

    def budget(self, commands: float = inf) -> Budget:
        """Return the time that may be lost before `commands` have failed; the environment's first connection gets more.

        Opening the first connection takes several times as long in an environment that has only just started.
        """
        settings = self.settings
        timeout = settings.redis_timeout_ms / 1000
        if self._first_budget is not None and self._first_budget.connecting.is_used:
            return Budget(settings.redis_connect_timeout_ms / 1000, timeout, commands)
        self._first_budget = Budget(settings.redis_first_connect_timeout_ms / 1000, timeout, commands)
        return self._first_budget

    def is_open(self, name: str) -> bool:
        """Return whether the server of the key `name` failed a moment ago, so that nothing is sent to it now."""
        return self._breaker_of(name).is_open

    def call(
        self,
        command: Callable[Concatenate[Client, Arguments], Result],
        *args: Arguments.args,
        **named: Arguments.kwargs,
    ) -> Result:
        """Run `command` with the client and the arguments, within the timeouts and unless the breaker is open.

        Raises
        ------
        Unavailable
            Redis did not answer, or answered with an error.
        """
        return self.call_for_key("", command, *args, **named)

    def call_for_key(
        self,
        name: str,
        command: Callable[Concatenate[Client, Arguments], Result],
        *args: Arguments.args,
        **named: Arguments.kwargs,
    ) -> Result:
        """Do the same as `call` for a command that only concerns the node with the key `name`.

        If a command finds its connection gone, it is tried once more on a new one: when an execution environment was
        frozen between two invocations, the server may have closed its sockets.

        Raises
        ------
        Unavailable
            Redis did not answer, or answered with an error.
        """
        breaker = self._breaker_of(name)
        if breaker.is_open:
            raise Unavailable
        is_first = not self.has_client
        try:
            if active_budget() is None:
                with allow(self.budget()):
                    result = self._try(breaker, is_first, command, *args, **named)
            else:
                result = self._try(breaker, is_first, command, *args, **named)
        except BudgetSpent as error:
            raise Unavailable from error
        except FAILURES as error:
            self._record_failure(error, breaker)
            raise Unavailable from error
        breaker.record_success()
        return result

    def _try(
        self,
        breaker: Breaker,
        is_first: bool,
        command: Callable[Concatenate[Client, Arguments], Result],
        *args: Arguments.args,
        **named: Arguments.kwargs,
    ) -> Result:
        """Run `command`, and once more on a new connection if the server may have closed the old one."""
        try:
            return command(self.client, *args, **named)
        except RETRYABLE as error:
            if is_first or breaker.failures or isinstance(error, InvalidResponse):
                raise
            try:
                return command(self.client, *args, **named)
            except BudgetSpent:
                raise error from None

    def run(self, script: Script, call: Call) -> Any:
        """Run `script` with `call` and return the reply; None if there was no answer, or a refusal."""
        try:
            return self.call_for_key(call.keys[0], _run, script, call)
        except Unavailable:
            return None

    def run_all(self, script: Script, calls: Sequence[Call]) -> dict[int, Any]:
        """Run `script` for each of `calls`; return the replies by index, without calls that failed or were refused.

        Each server gets one exchange, can fail without affecting the others, and has its breaker updated as in
        `call_for_key`.
        """
        answers: dict[int, Any] = {}
        shares: dict[str, dict[int, Call]] = {}
        for index, call in enumerate(calls):
            shares.setdefault(self._node_of(call.keys[0]), {})[index] = call
        for share in shares.values():
            first_call = next(iter(share.values()))
            with suppress(Unavailable):
                self.call_for_key(first_call.keys[0], partial(_run_share, script, share, answers))
        for index in [index for index, answer in answers.items() if isinstance(answer, Exception)]:
            self._record_failure(answers.pop(index), self._breaker_of(calls[index].keys[0]))
        return answers

    def warn_once(self, message: str, **details: str) -> None:
        """Log `message`, unless it was logged a short while ago."""
        now = monotonic()
        if now >= self._quiet_until.get(message, 0.0):
            self._quiet_until[message] = now + _QUIET_SECONDS
            logger().warning(message, extra=details)

    def _record_failure(self, error: Exception, breaker: Breaker) -> None:
        self._on_failure()
        if isinstance(error, (ResponseError, AuthenticationError)):
            count_refusal(kind_of(error))
        if not isinstance(error, ResponseError) or isinstance(error, ClusterDown):
            breaker.record_failure()
            count("BreakerOpened")
        self.warn_once("redis failed", error=f"{type(error).__name__}: {error}"[:200])

    def _node_of(self, name: str) -> str:
        client = self._client
        return client.node_of(name) if name and client is not None and self.settings.redis_cluster_nodes else ""

    def _breaker_of(self, name: str) -> Breaker:
        node = self._node_of(name)
        breaker = self.breakers.get(node)
        if breaker is None:
            breaker = self.breakers[node] = Breaker()
        return breaker


def _run(client: Client, script: Script, call: Call) -> Any:
    return client.run(script, call.keys, call.args)


def _run_share(script: Script, share: dict[int, Call], answers: dict[int, Any], client: Client) -> None:
    client.run_all(script, share, answers)
