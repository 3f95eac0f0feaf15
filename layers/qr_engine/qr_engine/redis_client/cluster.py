"""A client of a cluster: each command goes to the node that serves its key, and follows redirections."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final, TypeVar

from ..config import Settings
from .connection import SendCommands, pack
from .errors import (
    Ask,
    ClusterDown,
    ConnectionLost,
    Moved,
    NoKey,
    ReadOnly,
    Redirection,
    RedisError,
    ResponseError,
    Timeout,
)
from .pool import Server, raise_refusal, run_script, run_script_calls, send_commands
from .script import Call, Script
from .slots import Slots, slot_of

__all__ = ["Cluster", "cluster"]

Result = TypeVar("Result")

ASKING: Final = pack(("ASKING",))

REDIRECTIONS = 4
"""How many redirections to follow before concluding that the nodes disagree."""

_FIRST = (
    "GET SET GETRANGE STRLEN EXISTS DEL UNLINK MGET TYPE EXPIRE PEXPIRE TTL PTTL PERSIST INCRBY "
    "HGET HSET HDEL HMGET HGETALL HINCRBY HLEN ZADD ZINCRBY ZSCORE ZREM ZRANGE ZREVRANGE ZCARD ZPOPMIN ZPOPMAX "
    "ZREMRANGEBYRANK ZREMRANGEBYSCORE ZRANGEBYSCORE"
)
KEY_AT = dict.fromkeys(_FIRST.split(), 1) | {"MEMORY USAGE": 1, "MEMORY": 2, "EVAL": 3, "EVALSHA": 3}
"""The position of the (first) key in each command that the cache uses with a key."""


def cluster(settings: Settings) -> Cluster:
    """Make a client of the cluster that ``REDIS_CLUSTER_NODES`` belongs to."""
    return Cluster(settings)


class Cluster:
    """A client that sends each command to the node that serves its key.

    Creating it opens no connection. To learn the slots it asks only as many nodes as fit into the timeouts; redis-py
    takes 1.8 s for six hung nodes at timeouts of 0.25 s.

    Parameters
    ----------
    settings
        Where some of the cluster's nodes are.
    """

    def __init__(self, settings: Settings) -> None:
        self._slots = Slots(settings)

    def run(self, script: Script, keys: Sequence[str], args: Sequence[Any]) -> Any:
        """See `Client.run`."""
        server = self._slots.server_for(slot_of(keys[0]))
        return self._follow_redirections(server, lambda talk: run_script(talk, script, keys, args))

    def run_all(self, script: Script, calls: Mapping[int, Call], answers: dict[int, Any]) -> None:
        """See `Client.run_all`."""
        for _ in range(REDIRECTIONS):
            unanswered = {number: call for number, call in calls.items() if number not in answers}
            if not unanswered:
                return
            failures: list[RedisError] = []
            for server, share in self._group_by_server(unanswered, failures).items():
                failures += self._run_share(server, script, share, answers)
            if failures:
                raise failures[0]
        raise ResponseError("the nodes of the cluster do not agree on who serves these keys")

    def batch(self, commands: Sequence[tuple[Any, ...]]) -> list[Any]:
        """See `Client.batch`."""
        return raise_refusal(self.replies(commands))

    def replies(self, commands: Sequence[tuple[Any, ...]]) -> list[Any]:
        """See `Client.replies`."""
        shares: dict[Server, list[int]] = {}
        for number, command in enumerate(commands):
            shares.setdefault(self._slots.server_for(slot_of(_key(command))), []).append(number)
        replies: list[Any] = [None] * len(commands)
        for server, numbers in shares.items():
            share = [commands[number] for number in numbers]
            for number, reply in zip(numbers, self._send_share(server, share), strict=True):
                replies[number] = reply
        return replies

    def primaries(self) -> list[Server]:
        """See `Client.primaries`.

        The table of slots is read anew each time: commands to a primary stay on that node, and no redirection would
        tell that it has become a replica.
        """
        return self._slots.primaries()

    def node_of(self, key: str) -> str:
        """See `Client.node_of`."""
        return self._slots.node_name(slot_of(key))

    def close(self) -> None:
        """Close every connection."""
        self._slots.close()

    def _send_share(self, server: Server, commands: list[tuple[Any, ...]]) -> list[Any]:
        try:
            replies = server.with_connection(lambda talk: send_commands(talk, commands))
        except (ConnectionLost, Timeout):
            self._slots.invalidate(server)
            raise
        return [
            self._follow_redirections(server, partial(_send_one, command)) if isinstance(reply, Redirection) else reply
            for command, reply in zip(commands, replies, strict=True)
        ]

    def _group_by_server(self, calls: Mapping[int, Call], failures: list[RedisError]) -> dict[Server, dict[int, Call]]:
        """Group the calls by the server that they go to; add an error to `failures` if nobody serves a call's slot."""
        shares: dict[Server, dict[int, Call]] = {}
        for number, call in calls.items():
            try:
                shares.setdefault(self._slots.server_for(slot_of(call.keys[0])), {})[number] = call
            except ClusterDown as error:
                failures.append(error)
        return shares

    def _run_share(
        self, server: Server, script: Script, share: Mapping[int, Call], answers: dict[int, Any]
    ) -> list[RedisError]:
        """Collect the answers of one server, except for the calls that it redirects; return the failures."""
        failures: list[RedisError] = []
        try:
            server.with_connection(lambda talk: run_script_calls(talk, script, share, answers))
        except (ConnectionLost, Timeout, ReadOnly) as error:
            failures.append(error)
        for number, call in share.items():
            answer = answers.get(number)
            if isinstance(answer, ClusterDown):
                failures.append(answers.pop(number))
            elif isinstance(answer, Moved):
                self._slots.patch(answers.pop(number), server)
            elif isinstance(answer, Ask):
                try:
                    answers[number] = self.run(script, call.keys, call.args)
                except ResponseError as error:
                    answers[number] = error
                except RedisError as error:
                    failures.append(error)
                    del answers[number]
        if failures:
            self._slots.invalidate(server)
        return failures

    def _follow_redirections(self, server: Server, function: Callable[[SendCommands], Result]) -> Result:
        """Return what `function` returns for `server`, or for the server that it redirects to."""
        asking = False
        for _ in range(REDIRECTIONS):
            try:
                return server.with_connection(partial(_with_asking, function) if asking else function)
            except Moved as moved:
                server, asking = self._slots.patch(moved, server), False
            except Ask as ask:
                server, asking = self._slots.redirect_target(ask, server), True
            except (ConnectionLost, Timeout, ClusterDown):
                self._slots.invalidate(server)
                raise
        raise ResponseError("the nodes of the cluster do not agree on who serves this key")


def _key(command: tuple[Any, ...]) -> str | bytes:
    position = KEY_AT.get(command[0])
    if position is None:
        raise NoKey(f"{command[0]} names no key known to Cluster: send it to each of primaries()")
    key: str | bytes = command[position]
    return key


def _send_one(command: tuple[Any, ...], send: SendCommands) -> Any:
    return raise_refusal(send_commands(send, [command]))[0]


def _with_asking(function: Callable[[SendCommands], Result], send: SendCommands) -> Result:
    """Call `function` for a node that is about to get the slot: ASKING has to precede each command."""

    def send_asking(commands: Sequence[bytes], into: list[Any] | None = None) -> list[Any]:
        replies = [] if into is None else into
        replies += send([part for command in commands for part in (ASKING, command)])[1::2]
        return replies

    return function(send_asking)
