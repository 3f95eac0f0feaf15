"""A client of a cluster: each command goes to the node that serves its key, and is sent on when that changes."""

# mypy: allow-untyped-calls
from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from redis.commands import CoreCommands
from redis.event import EventDispatcher
from redis.exceptions import (
    AskError,
    ClusterDownError,
    DataError,
    MovedError,
    ReadOnlyError,
    RedisError,
    ResponseError,
)
from redis.exceptions import ConnectionError as Lost
from redis.exceptions import TimeoutError as TooSlow

from ...config import Settings
from .script import Call, Script
from .server import Server, accepted, evaluate, evaluate_all, exchange, send
from .slots import Slots, slot_of

if TYPE_CHECKING:
    from redis.connection import Connection

__all__ = ["Cluster", "cluster"]

Result = TypeVar("Result")

REDIRECTIONS = 4
"""How often a command is sent on, before the nodes are taken to disagree."""

_FIRST = (
    "GET SET GETRANGE STRLEN EXISTS DEL UNLINK MGET TYPE EXPIRE PEXPIRE TTL PTTL PERSIST INCRBY "
    "HGET HSET HDEL HMGET HGETALL HINCRBY HLEN ZADD ZINCRBY ZSCORE ZREM ZRANGE ZREVRANGE ZCARD ZPOPMIN ZPOPMAX "
    "ZREMRANGEBYRANK ZREMRANGEBYSCORE ZRANGEBYSCORE"
)
KEY_AT = dict.fromkeys(_FIRST.split(), 1) | {"MEMORY USAGE": 1, "MEMORY": 2, "EVAL": 3, "EVALSHA": 3}
"""Where a command names its (first) key; one that is not here names none, or has not been needed."""


def cluster(settings: Settings) -> Cluster:
    """A client of the cluster that ``REDIS_CLUSTER_NODES`` belong to."""
    return Cluster(settings)


class Cluster(CoreCommands):
    """A client that sends each command to the node that serves its key.

    It takes the place of redis-py's own, which connects when it is made, asks every node in turn when one fails
    (1.8 s for six hung nodes at timeouts of 0.25 s), and parses each command to find its key. Pipelines are `batch`.

    Parameters
    ----------
    settings
        Where some of its nodes are.
    """

    _is_async_client: Literal[False] = False
    _event_dispatcher = EventDispatcher()

    def __init__(self, settings: Settings) -> None:
        self._slots = Slots(settings)

    def execute_command(self, *args: Any, **options: Any) -> Any:
        """Send a command to the node that serves its key; what it answers, as redis-py's methods give it.

        Raises
        ------
        redis.DataError
            The command names no key, so that there is no saying which node to ask: ask each of `primaries`.
        redis.RedisError
            The node cannot be reached, does not answer in time, or refuses.
        """

        def talk(connection: Connection) -> Any:
            connection.send_command(*args)
            return server.parse_response(connection, args[0], **options)

        server = self._slots.serving(slot_of(_key(args)))
        return self._redirected(server, talk)

    def run(self, script: Script, keys: Sequence[str], args: Sequence[Any]) -> Any:
        """See `connection.run`."""
        server = self._slots.serving(slot_of(keys[0]))
        return self._redirected(server, lambda connection: evaluate(connection, script, keys, args))

    def run_all(self, script: Script, calls: Mapping[int, Call], answers: dict[int, Any]) -> None:
        """See `connection.run_all`."""
        for _ in range(REDIRECTIONS):
            left = {number: call for number, call in calls.items() if number not in answers}
            if not left:
                return
            failures: list[RedisError] = []
            for server, share in self._shares(left, failures).items():
                failures += self._run_share(server, script, share, answers)
            if failures:
                raise failures[0]
        raise ResponseError("the nodes of the cluster do not agree on who serves these keys")

    def batch(self, commands: Sequence[tuple[Any, ...]]) -> list[Any]:
        """See `connection.batch`."""
        return accepted(self.replies(commands))

    def replies(self, commands: Sequence[tuple[Any, ...]]) -> list[Any]:
        """See `connection.replies`."""
        shares: dict[Server, list[int]] = {}
        for number, command in enumerate(commands):
            shares.setdefault(self._slots.serving(slot_of(_key(command))), []).append(number)
        replies: list[Any] = [None] * len(commands)
        for server, numbers in shares.items():
            share = [commands[number] for number in numbers]
            for number, reply in zip(numbers, self._share(server, share), strict=True):
                replies[number] = reply
        return replies

    def primaries(self) -> list[Server]:
        """See `connection.primaries`.

        They are asked for anew: what is sent to them goes to this one node, and no redirection tells when it has become
        a replica.
        """
        return self._slots.primaries()

    def node_of(self, key: str) -> str:
        """See `connection.node_of`."""
        return self._slots.name_of(slot_of(key))

    def close(self) -> None:
        """Close every connection."""
        self._slots.close()

    def _share(self, server: Server, commands: list[tuple[Any, ...]]) -> list[Any]:
        try:
            replies = exchange(server, lambda connection: send(connection, commands)())
        except (Lost, TooSlow):
            self._slots.distrust(server)
            raise
        return [
            self._redirected(server, partial(_single, command)) if isinstance(reply, AskError) else reply
            for command, reply in zip(commands, replies, strict=True)
        ]

    def _shares(self, calls: Mapping[int, Call], failures: list[RedisError]) -> dict[Server, dict[int, Call]]:
        """The calls by the server that they go to; `failures` gets that nobody serves the slot of one."""
        shares: dict[Server, dict[int, Call]] = {}
        for number, call in calls.items():
            try:
                shares.setdefault(self._slots.serving(slot_of(call.keys[0])), {})[number] = call
            except ClusterDownError as error:
                failures.append(error)
        return shares

    def _run_share(
        self, server: Server, script: Script, share: Mapping[int, Call], answers: dict[int, Any]
    ) -> list[RedisError]:
        """Collect the answers of one server, without those calls that are to go to another; what failed of it."""
        failures: list[RedisError] = []
        try:
            exchange(server, lambda connection: evaluate_all(connection, script, share, answers))
        except (Lost, TooSlow, ReadOnlyError) as error:
            failures.append(error)
        for number, call in share.items():
            answer = answers.get(number)
            if isinstance(answer, ClusterDownError):
                failures.append(answers.pop(number))
            elif isinstance(answer, MovedError):
                self._slots.moved(answers.pop(number), server)
            elif isinstance(answer, AskError):
                try:
                    answers[number] = self.run(script, call.keys, call.args)
                except ResponseError as error:
                    answers[number] = error
                except RedisError as error:
                    failures.append(error)
                    del answers[number]
        if failures:
            self._slots.distrust(server)
        return failures

    def _redirected(self, server: Server, talk: Callable[[Any], Result]) -> Result:
        """What `talk` returns for `server`, or for the one that it is sent on to."""
        asking = False
        for _ in range(REDIRECTIONS):
            try:
                return exchange(server, (lambda connection: talk(_Asking(connection))) if asking else talk)
            except MovedError as moved:
                server, asking = self._slots.moved(moved, server), False
            except AskError as ask:
                server, asking = self._slots.sent_on(ask, server), True
            except (Lost, TooSlow, ClusterDownError):
                self._slots.distrust(server)
                raise
        raise ResponseError("the nodes of the cluster do not agree on who serves this key")


def _key(command: tuple[Any, ...]) -> str | bytes:
    position = KEY_AT.get(command[0])
    if position is None:
        raise DataError(f"{command[0]} names no key known to Cluster: send it to each of primaries()")
    key: str | bytes = command[position]
    return key


def _single(command: tuple[Any, ...], connection: Connection) -> Any:
    connection.send_command(*command)
    return connection.read_response()


class _Asking:
    """A connection to a node that is about to get the slot: each command needs leave to be answered already."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.read_response = connection.read_response

    def send_command(self, *args: Any) -> None:
        self._ask()
        self._connection.send_command(*args)

    def send_packed_command(self, command: list[bytes]) -> None:
        self._ask()
        self._connection.send_packed_command(command)

    def _ask(self) -> None:
        self._connection.send_command("ASKING")
        self._connection.read_response()
