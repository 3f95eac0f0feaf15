"""A client of a cluster: each command goes to the node that serves its key, and is sent on when that changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final, TypeVar

from ..config import Settings
from .connection import Talk, pack
from .errors import Ask, ClusterDown, Fault, Lost, Moved, NoKey, ReadOnly, Redirected, Refused, TooSlow
from .pool import Server, accepted, ask, evaluate, evaluate_all
from .script import Call, Script
from .slots import Slots, slot_of

__all__ = ["Cluster", "cluster"]

Result = TypeVar("Result")

ASKING: Final = pack(("ASKING",))

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


class Cluster:
    """A client that sends each command to the node that serves its key.

    It opens no connection when it is made, and of the nodes that know the slots it asks only as many as the timeouts
    have room for; redis-py's takes 1.8 s for six hung nodes at timeouts of 0.25 s.

    Parameters
    ----------
    settings
        Where some of its nodes are.
    """

    def __init__(self, settings: Settings) -> None:
        self._slots = Slots(settings)

    def run(self, script: Script, keys: Sequence[str], args: Sequence[Any]) -> Any:
        """See `redis_client.run`."""
        server = self._slots.serving(slot_of(keys[0]))
        return self._redirected(server, lambda talk: evaluate(talk, script, keys, args))

    def run_all(self, script: Script, calls: Mapping[int, Call], answers: dict[int, Any]) -> None:
        """See `redis_client.run_all`."""
        for _ in range(REDIRECTIONS):
            left = {number: call for number, call in calls.items() if number not in answers}
            if not left:
                return
            failures: list[Fault] = []
            for server, share in self._shares(left, failures).items():
                failures += self._run_share(server, script, share, answers)
            if failures:
                raise failures[0]
        raise Refused("the nodes of the cluster do not agree on who serves these keys")

    def batch(self, commands: Sequence[tuple[Any, ...]]) -> list[Any]:
        """See `redis_client.batch`."""
        return accepted(self.replies(commands))

    def replies(self, commands: Sequence[tuple[Any, ...]]) -> list[Any]:
        """See `redis_client.replies`."""
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
        """See `redis_client.primaries`.

        They are asked for anew: what is sent to them goes to this one node, and no redirection tells when it has become
        a replica.
        """
        return self._slots.primaries()

    def node_of(self, key: str) -> str:
        """See `redis_client.node_of`."""
        return self._slots.name_of(slot_of(key))

    def close(self) -> None:
        """Close every connection."""
        self._slots.close()

    def _share(self, server: Server, commands: list[tuple[Any, ...]]) -> list[Any]:
        try:
            replies = server.exchange(lambda talk: ask(talk, commands))
        except (Lost, TooSlow):
            self._slots.distrust(server)
            raise
        return [
            self._redirected(server, partial(_single, command)) if isinstance(reply, Redirected) else reply
            for command, reply in zip(commands, replies, strict=True)
        ]

    def _shares(self, calls: Mapping[int, Call], failures: list[Fault]) -> dict[Server, dict[int, Call]]:
        """The calls by the server that they go to; `failures` gets that nobody serves the slot of one."""
        shares: dict[Server, dict[int, Call]] = {}
        for number, call in calls.items():
            try:
                shares.setdefault(self._slots.serving(slot_of(call.keys[0])), {})[number] = call
            except ClusterDown as error:
                failures.append(error)
        return shares

    def _run_share(
        self, server: Server, script: Script, share: Mapping[int, Call], answers: dict[int, Any]
    ) -> list[Fault]:
        """Collect the answers of one server, without those calls that are to go to another; what failed of it."""
        failures: list[Fault] = []
        try:
            server.exchange(lambda talk: evaluate_all(talk, script, share, answers))
        except (Lost, TooSlow, ReadOnly) as error:
            failures.append(error)
        for number, call in share.items():
            answer = answers.get(number)
            if isinstance(answer, ClusterDown):
                failures.append(answers.pop(number))
            elif isinstance(answer, Moved):
                self._slots.moved(answers.pop(number), server)
            elif isinstance(answer, Ask):
                try:
                    answers[number] = self.run(script, call.keys, call.args)
                except Refused as error:
                    answers[number] = error
                except Fault as error:
                    failures.append(error)
                    del answers[number]
        if failures:
            self._slots.distrust(server)
        return failures

    def _redirected(self, server: Server, say: Callable[[Talk], Result]) -> Result:
        """What `say` returns for `server`, or for the one that it is sent on to."""
        asking = False
        for _ in range(REDIRECTIONS):
            try:
                return server.exchange(partial(_announced, say) if asking else say)
            except Moved as moved:
                server, asking = self._slots.moved(moved, server), False
            except Ask as ask:
                server, asking = self._slots.sent_on(ask, server), True
            except (Lost, TooSlow, ClusterDown):
                self._slots.distrust(server)
                raise
        raise Refused("the nodes of the cluster do not agree on who serves this key")


def _key(command: tuple[Any, ...]) -> str | bytes:
    position = KEY_AT.get(command[0])
    if position is None:
        raise NoKey(f"{command[0]} names no key known to Cluster: send it to each of primaries()")
    key: str | bytes = command[position]
    return key


def _single(command: tuple[Any, ...], talk: Talk) -> Any:
    return accepted(ask(talk, [command]))[0]


def _announced(say: Callable[[Talk], Result], talk: Talk) -> Result:
    """What `say` returns for a node that is about to get the slot: each command needs leave to be answered already."""

    def asking(commands: Sequence[bytes], into: list[Any] | None = None) -> list[Any]:
        replies = [] if into is None else into
        replies += talk([part for command in commands for part in (ASKING, command)])[1::2]
        return replies

    return say(asking)
