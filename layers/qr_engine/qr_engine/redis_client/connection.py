"""One connection: commands as bytes to a server, and its replies (RESP 2, the Redis serialization protocol).

It uses the sockets of the standard library. redis-py does all this and much more, but takes 60 to 90 ms to import, and
the first request of every execution environment would have to wait for that.
"""

from __future__ import annotations

import select
import socket
from collections.abc import Sequence
from typing import Any, Protocol

from hiredis import pack_command

from .budget import Budget, allow, current_budget
from .errors import AuthenticationError, ConnectionLost, InvalidResponse, ReadOnly, RedisError, ResponseError, Timeout
from .options import ConnectionOptions, open_socket
from .reply_reader import ReplyReader, limit
from .reply_shapes import check_replies

__all__ = ["Connection", "SendCommands", "pack"]


class SendCommands(Protocol):
    """Send packed commands in one go and return their replies; the reply to a refused command is its `ResponseError`.

    Replies are in Redis's own types: bytes, integers, None and lists. If a list is given as `into`, each reply is added
    to it on arrival, so that those before a failure are not lost.
    """

    def __call__(self, packed: Sequence[bytes], into: list[Any] | None = None, /) -> list[Any]:
        """See above."""
        ...


def pack(command: tuple[Any, ...]) -> bytes:
    """Encode a command of texts, bytes and numbers, starting with its name, for sending."""
    sent: bytes = pack_command(command)
    return sent


class Connection:
    """A connection to one server; the first `send` opens it and logs in.

    Parameters
    ----------
    dial
        How to reach the server.
    """

    def __init__(self, options: ConnectionOptions) -> None:
        self._socket: socket.socket | None = None
        self._reader: ReplyReader | None = None
        self._options = options

    def refresh(self) -> None:
        """Close the connection if it is stale: the server closed it, or an answer is waiting that nobody asked for."""
        if self._socket is not None and _is_readable(self._socket, self._options):
            self.close()

    def send(self, packed: Sequence[bytes], into: list[Any] | None = None, /) -> list[Any]:
        """See `SendCommands`.

        Raises
        ------
        ConnectionLost
            The server cannot be reached, or closed the connection; nothing is tried twice.
        Timeout
            The server does not answer in time.
        """
        budget = current_budget(self._options.connect_timeout, self._options.timeout)
        try:
            if self._socket is None:
                self._open(budget)
            with budget.answering as deadline:
                replies = self._exchange(packed, [] if into is None else into, deadline)
        except TimeoutError as error:
            self.close()
            raise Timeout(f"no answer within the timeout: {error}") from error
        except OSError as error:
            self.close()
            raise ConnectionLost(str(error)) from error
        except BaseException:
            # Whatever the failure was, replies that nobody waits for may still arrive.
            self.close()
            raise
        for reply in replies:
            if isinstance(reply, ReadOnly):
                # By then, the next connection leads to the new master.
                self.close()
        return replies

    def close(self) -> None:
        """Close the connection; the next `send` opens it again."""
        if self._socket is not None:
            self._socket.close()
            self._socket, self._reader = None, None

    def __del__(self) -> None:
        """Close the connection when the client is garbage-collected."""
        if self._socket is not None:
            self._socket.close()

    def _open(self, budget: Budget) -> None:
        options = self._options
        address = options.address
        if options.locate is not None:
            with allow(budget.for_connecting):
                address = options.locate()
        with budget.connecting as deadline:
            self._socket = open_socket(options, address, deadline)
            self._reader = ReplyReader(self._socket)
            login = options.login()
            if login:
                self._handshake(("AUTH", *login), deadline, AuthenticationError, "")
            if options.database:
                self._handshake(
                    ("SELECT", options.database), deadline, ConnectionLost, f"there is no database {options.database}: "
                )

    def _handshake(self, command: tuple[Any, ...], deadline: float, error: type[RedisError], prefix: str) -> None:
        """Send the first command of a new connection, and raise `refused` if the server says no."""
        replies = self._exchange([pack(command)], [], deadline)
        if isinstance(replies[0], ResponseError):
            raise error(f"{prefix}{replies[0]}")
        check_replies([command], replies)

    def _exchange(self, packed: Sequence[bytes], replies: list[Any], deadline: float) -> list[Any]:
        """Send commands over the open connection and read one reply for each, all before `deadline`."""
        opened, reader = self._socket, self._reader
        if opened is None or reader is None:
            raise ConnectionLost("the connection is closed")
        # A socket's timeout covers all of sendall, also over TLS, where it is one write.
        limit(opened, deadline)
        opened.sendall(packed[0] if len(packed) == 1 else b"".join(packed))
        for _ in packed:
            reply = reader.read(deadline)
            if isinstance(reply, RedisError) and not isinstance(reply, ResponseError):
                raise reply
            replies.append(reply)
        if reader.has_more:
            raise InvalidResponse("there are more replies than commands")
        return replies


def _is_readable(waiting: socket.socket, options: ConnectionOptions) -> bool:
    """Return whether there is something to read, including the end of the stream."""
    poller = select.poll()
    poller.register(waiting, select.POLLIN)
    if not poller.poll(0):
        return False
    nothing: tuple[type[OSError], ...] = (BlockingIOError,)
    if options.encrypted:
        from ..tls import NOTHING_TO_READ

        nothing = (BlockingIOError, NOTHING_TO_READ)
    try:
        waiting.settimeout(0)
        waiting.recv(1)
    except nothing:
        return False
    except OSError:
        return True
    return True
