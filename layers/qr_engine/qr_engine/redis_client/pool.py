"""A client of one server: a few connections, and what is said over them."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from threading import Condition
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar

from ..config import Address
from .budget import current
from .connection import Connection, Talk, pack
from .errors import Garbled, Lost, NoScript, ReadOnly, Refused
from .options import Dial
from .script import Call, Script
from .shapes import check_replies

if TYPE_CHECKING:
    from .redis_py import RedisPy

__all__ = ["Server", "accepted", "ask", "evaluate", "evaluate_all"]

Result = TypeVar("Result")


class Server:
    """A client of one server, be it alone, a node of a cluster, or the master of the moment.

    Parameters
    ----------
    dial
        How it is reached; the first command opens a connection.
    most
        Most connections to it, which as many threads can use at once; the next waits for one, as long as for an answer.
    """

    def __init__(self, dial: Dial, most: int) -> None:
        self._dial = dial
        self._most = most
        self._begin()

    @property
    def address(self) -> Address:
        """Its host and port."""
        return self._dial.address

    @property
    def name(self) -> str:
        """Its ``host:port``."""
        host, port = self._dial.address
        return f"{host}:{port}"

    @property
    def redis(self) -> RedisPy:
        """redis-py's commands for this server, for those whose replies it takes apart. Importing it takes a while."""
        from .redis_py import RedisPy

        return RedisPy(self)

    def run(self, script: Script, keys: Sequence[str], args: Sequence[Any]) -> Any:
        """See `redis_client.run`."""
        return self.exchange(lambda talk: evaluate(talk, script, keys, args))

    def run_all(self, script: Script, calls: Mapping[int, Call], answers: dict[int, Any]) -> None:
        """See `redis_client.run_all`."""
        left = {number: call for number, call in calls.items() if number not in answers}
        self.exchange(lambda talk: evaluate_all(talk, script, left, answers))

    def batch(self, commands: Sequence[tuple[Any, ...]]) -> list[Any]:
        """See `redis_client.batch`."""
        return accepted(self.replies(commands))

    def replies(self, commands: Sequence[tuple[Any, ...]]) -> list[Any]:
        """See `redis_client.replies`."""
        return self.exchange(lambda talk: ask(talk, commands))

    def primaries(self) -> list[Server]:
        """See `redis_client.primaries`."""
        return [self]

    def node_of(self, _key: str, /) -> str:
        """See `redis_client.node_of`."""
        return ""

    def exchange(self, say: Callable[[Talk], Result]) -> Result:
        """What `say` returns for a connection, which it has for itself meanwhile.

        Raises
        ------
        Lost
            All connections are in use for too long.
        """
        connection = self._borrowed()
        try:
            connection.refresh()
            return say(connection.talk)
        except Garbled:
            # What else is under way on it belongs to nobody.
            connection.close()
            raise
        finally:
            with self._returned:
                self._lent.discard(connection)
                self._free.append(connection)
                self._returned.notify()

    def close(self) -> None:
        """Close every connection."""
        with self._returned:
            for connection in (*self._free, *self._lent):
                connection.close()

    def _begin(self) -> None:
        self._free: list[Connection] = []
        self._lent: set[Connection] = set()
        self._returned = Condition()
        self._process = os.getpid()

    def _borrowed(self) -> Connection:
        if os.getpid() != self._process:
            # A forked process leaves the connections to the one that opened them.
            self._begin()
        with self._returned:
            if len(self._lent) >= self._most:
                self._wait()
            connection = self._free.pop() if self._free else Connection(self._dial)
            self._lent.add(connection)
        return connection

    def _wait(self) -> None:
        """Wait until a connection is returned, no longer than for an answer."""
        with current(self._dial.connect_timeout, self._dial.timeout).answering as deadline:
            while len(self._lent) >= self._most:
                left = deadline - monotonic()
                if left <= 0 or not self._returned.wait(left):
                    raise Lost("every connection is in use")


def ask(talk: Talk, commands: Sequence[tuple[Any, ...]]) -> list[Any]:
    """Send `commands` and return their replies; a name of two words, such as ``MEMORY USAGE``, is two arguments.

    Raises
    ------
    Garbled
        A reply is none that the command has.
    """
    spelt = [command if " " not in command[0] else (*command[0].split(), *command[1:]) for command in commands]
    replies = talk([pack(command) for command in spelt])
    check_replies(spelt, replies)
    return replies


def evaluate(talk: Talk, script: Script, keys: Sequence[str], args: Sequence[Any]) -> Any:
    """What `script` returns, sent whole where the server does not know it.

    Raises
    ------
    Refused
        The script, or the server, says no.
    """
    (reply,) = talk([_known(script, keys, args)])
    if isinstance(reply, NoScript):
        (reply,) = talk([_whole(script, keys, args)])
    if isinstance(reply, Refused):
        raise reply
    return script.checked(reply)


def evaluate_all(talk: Talk, script: Script, calls: Mapping[int, Call], answers: dict[int, Any]) -> None:
    """Put what `script` returns for each of `calls` into `answers` as it comes in; an error of Redis is an answer.

    Raises
    ------
    ReadOnly
        The server has become a read-only replica, and the connection to it is closed.
    """
    sent = {number: _known(script, call.keys, call.args) for number, call in calls.items()}
    unknown = _answered(talk, script, sent, answers)
    if unknown:
        # The first brings the script along, and the others find it there.
        first = calls[unknown[0]]
        _answered(
            talk,
            script,
            {number: sent[number] for number in unknown} | {unknown[0]: _whole(script, first.keys, first.args)},
            answers,
        )


def _answered(talk: Talk, script: Script, sent: Mapping[int, bytes], answers: dict[int, Any]) -> list[int]:
    """Send all that is to be `sent` and collect the answers; gives those that met a server without the script."""
    replies: list[Any] = []
    try:
        talk(list(sent.values()), replies)
    finally:
        unknown = _collect(script, dict(zip(sent, replies, strict=False)), answers)
    for reply in replies:
        if isinstance(reply, ReadOnly):
            raise reply
    return unknown


def _collect(script: Script, replies: Mapping[int, Any], answers: dict[int, Any]) -> list[int]:
    """Put the replies that are answers into `answers`, up to the first that is none; gives those without the script."""
    unknown = []
    for number, reply in replies.items():
        if isinstance(reply, NoScript):
            unknown.append(number)
        elif not isinstance(reply, ReadOnly):
            answers[number] = reply if isinstance(reply, Refused) else script.checked(reply)
    return unknown


def _known(script: Script, keys: Sequence[str], args: Sequence[Any]) -> bytes:
    return pack(("EVALSHA", script.sha1, len(keys), *keys, *args))


def _whole(script: Script, keys: Sequence[str], args: Sequence[Any]) -> bytes:
    return pack(("EVAL", script.source, len(keys), *keys, *args))


def accepted(replies: list[Any]) -> list[Any]:
    """The same `replies`, if there is no error among them; otherwise raises the first."""
    for reply in replies:
        if isinstance(reply, Refused):
            raise reply
    return replies
