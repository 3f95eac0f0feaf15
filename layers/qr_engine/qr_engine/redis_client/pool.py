"""A client of one server, with a small pool of connections."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from threading import Condition
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar

from ..config import Address
from .budget import current_budget
from .connection import Connection, SendCommands, pack
from .errors import ConnectionLost, InvalidResponse, NoScript, ReadOnly, ResponseError
from .options import ConnectionOptions
from .reply_shapes import check_replies
from .script import Call, Script

if TYPE_CHECKING:
    from .redis_py import RedisPy

__all__ = ["Server", "raise_refusal", "run_script", "run_script_calls", "send_commands"]

Result = TypeVar("Result")


class Server:
    """A client of one server: a server alone, a node of a cluster, or the current master.

    Parameters
    ----------
    dial
        How to reach the server; the first command opens a connection.
    most
        The most connections, each for one thread at a time. A further thread waits for one as long as for an answer.
    """

    def __init__(self, options: ConnectionOptions, max_connections: int) -> None:
        self._options = options
        self._max_connections = max_connections
        self._redis_py: RedisPy | None = None
        self._reset()

    @property
    def address(self) -> Address:
        """The server's host and port."""
        return self._options.address

    @property
    def name(self) -> str:
        """The server's ``host:port``."""
        host, port = self._options.address
        return f"{host}:{port}"

    @property
    def redis(self) -> RedisPy:
        """redis-py's commands for this server, for those whose replies redis-py parses. Importing it takes a while."""
        if self._redis_py is None:
            from .redis_py import RedisPy

            self._redis_py = RedisPy(self)
        return self._redis_py

    def run(self, script: Script, keys: Sequence[str], args: Sequence[Any]) -> Any:
        """See `Client.run`."""
        return self.with_connection(lambda talk: run_script(talk, script, keys, args))

    def run_all(self, script: Script, calls: Mapping[int, Call], answers: dict[int, Any]) -> None:
        """See `Client.run_all`."""
        unanswered = {number: call for number, call in calls.items() if number not in answers}
        self.with_connection(lambda talk: run_script_calls(talk, script, unanswered, answers))

    def batch(self, commands: Sequence[tuple[Any, ...]]) -> list[Any]:
        """See `Client.batch`."""
        return raise_refusal(self.replies(commands))

    def replies(self, commands: Sequence[tuple[Any, ...]]) -> list[Any]:
        """See `Client.replies`."""
        return self.with_connection(lambda talk: send_commands(talk, commands))

    def primaries(self) -> list[Server]:
        """See `Client.primaries`."""
        return [self]

    def node_of(self, _key: str, /) -> str:
        """See `Client.node_of`."""
        return ""

    def with_connection(self, function: Callable[[SendCommands], Result]) -> Result:
        """Return what `function` returns for a connection that no other thread uses meanwhile.

        Raises
        ------
        ConnectionLost
            All connections have been in use for too long.
        """
        connection = self._borrow()
        try:
            connection.refresh()
            return function(connection.send)
        except InvalidResponse:
            # Nobody waits for anything else that may still arrive on it.
            connection.close()
            raise
        finally:
            with self._returned:
                self._busy.discard(connection)
                self._idle.append(connection)
                self._returned.notify()

    def close(self) -> None:
        """Close every connection."""
        with self._returned:
            for connection in (*self._idle, *self._busy):
                connection.close()

    def _reset(self) -> None:
        self._idle: list[Connection] = []
        self._busy: set[Connection] = set()
        self._returned = Condition()
        self._process = os.getpid()

    def _borrow(self) -> Connection:
        if os.getpid() != self._process:
            # A forked process leaves the connections to the process that opened them.
            self._reset()
        with self._returned:
            if len(self._busy) >= self._max_connections:
                self._wait()
            connection = self._idle.pop() if self._idle else Connection(self._options)
            self._busy.add(connection)
        return connection

    def _wait(self) -> None:
        """Wait until a connection is returned, at most as long as for an answer."""
        with current_budget(self._options.connect_timeout, self._options.timeout).answering as deadline:
            while len(self._busy) >= self._max_connections:
                seconds = deadline - monotonic()
                if seconds <= 0 or not self._returned.wait(seconds):
                    raise ConnectionLost("every connection is in use")


def send_commands(send: SendCommands, commands: Sequence[tuple[Any, ...]]) -> list[Any]:
    """Send `commands` and return their replies; a name of two words, such as ``MEMORY USAGE``, is two arguments.

    Raises
    ------
    InvalidResponse
        A reply does not fit its command.
    """
    spelt = [command if " " not in command[0] else (*command[0].split(), *command[1:]) for command in commands]
    replies = send([pack(command) for command in spelt])
    check_replies(spelt, replies)
    return replies


def run_script(send: SendCommands, script: Script, keys: Sequence[str], args: Sequence[Any]) -> Any:
    """Return what `script` returns; send its source only if the server does not have it.

    Raises
    ------
    ResponseError
        The script or the server refuses.
    """
    (reply,) = send([_evalsha(script, keys, args)])
    if isinstance(reply, NoScript):
        (reply,) = send([_eval(script, keys, args)])
    if isinstance(reply, ResponseError):
        raise reply
    return script.check(reply)


def run_script_calls(send: SendCommands, script: Script, calls: Mapping[int, Call], answers: dict[int, Any]) -> None:
    """Store the reply of `script` to each of `calls` in `answers` on arrival; an error from Redis is an answer too.

    Raises
    ------
    ReadOnly
        The server has become a read-only replica; its connection is closed.
    """
    sent = {number: _evalsha(script, call.keys, call.args) for number, call in calls.items()}
    unknown = _send_calls(send, script, sent, answers)
    if unknown:
        # The first call brings the script along, and the others find it there.
        first = calls[unknown[0]]
        _send_calls(
            send,
            script,
            {number: sent[number] for number in unknown} | {unknown[0]: _eval(script, first.keys, first.args)},
            answers,
        )


def _send_calls(send: SendCommands, script: Script, sent: Mapping[int, bytes], answers: dict[int, Any]) -> list[int]:
    """Send the calls in `sent` and collect their answers; return the numbers that met a server without the script."""
    replies: list[Any] = []
    try:
        send(list(sent.values()), replies)
    finally:
        unknown = _collect_answers(script, dict(zip(sent, replies, strict=False)), answers)
    for reply in replies:
        if isinstance(reply, ReadOnly):
            raise reply
    return unknown


def _collect_answers(script: Script, replies: Mapping[int, Any], answers: dict[int, Any]) -> list[int]:
    """Store replies in `answers`, up to the first that is not an answer; return the numbers without the script."""
    unknown = []
    for number, reply in replies.items():
        if isinstance(reply, NoScript):
            unknown.append(number)
        elif not isinstance(reply, ReadOnly):
            answers[number] = reply if isinstance(reply, ResponseError) else script.check(reply)
    return unknown


def _evalsha(script: Script, keys: Sequence[str], args: Sequence[Any]) -> bytes:
    return pack(("EVALSHA", script.sha1, len(keys), *keys, *args))


def _eval(script: Script, keys: Sequence[str], args: Sequence[Any]) -> bytes:
    return pack(("EVAL", script.source, len(keys), *keys, *args))


def raise_refusal(replies: list[Any]) -> list[Any]:
    """Return `replies` unchanged, or raise the first error among them."""
    for reply in replies:
        if isinstance(reply, ResponseError):
            raise reply
    return replies
