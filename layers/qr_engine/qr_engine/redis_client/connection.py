"""One connection: commands as bytes to a server, and its replies (RESP 2, the Redis serialization protocol).

The sockets are the standard library's. redis-py has all this and much more, but takes 60 to 90 ms to import, which the
first request of every execution environment would wait for.
"""

from __future__ import annotations

import select
import socket
from collections.abc import Sequence
from typing import Any, Protocol

from hiredis import pack_command

from .budget import Budget, allow, current
from .errors import Fault, Garbled, LoginRefused, Lost, ReadOnly, Refused, TooSlow
from .options import Dial, open_socket
from .reply_reader import ReplyReader, time_left
from .shapes import check_replies

__all__ = ["Connection", "Talk", "pack"]


class Talk(Protocol):
    """Sends packed commands in one go and gives their replies; that of a refused one is its `Refused`, not raised.

    Replies are as Redis gives them: bytes, integers, None and lists. They are put `into` a list as they come in, where
    one is given: what was answered before a failure is there.
    """

    def __call__(self, packed: Sequence[bytes], into: list[Any] | None = None, /) -> list[Any]:
        """See above."""
        ...


def pack(command: tuple[Any, ...]) -> bytes:
    """A command, its name first, as it is sent: of texts, bytes and numbers."""
    sent: bytes = pack_command(command)
    return sent


class Connection:
    """A connection to one server, which is opened, and logged in to, by the first `talk`.

    Parameters
    ----------
    dial
        How the server is reached.
    """

    def __init__(self, dial: Dial) -> None:
        self._socket: socket.socket | None = None
        self._reader: ReplyReader | None = None
        self._dial = dial

    def refresh(self) -> None:
        """Close it if it went stale: the server closed it, or it holds an answer that nobody waits for."""
        if self._socket is not None and _readable(self._socket, self._dial):
            self.close()

    def talk(self, packed: Sequence[bytes], into: list[Any] | None = None, /) -> list[Any]:
        """See `Talk`.

        Raises
        ------
        Lost
            The server cannot be reached, or is gone; nothing is tried twice.
        TooSlow
            The server does not answer in time.
        """
        budget = current(self._dial.connect_timeout, self._dial.timeout)
        try:
            if self._socket is None:
                self._open(budget)
            with budget.answering as deadline:
                replies = self._exchange(packed, [] if into is None else into, deadline)
        except TimeoutError as error:
            self.close()
            raise TooSlow(f"no answer within the timeout: {error}") from error
        except OSError as error:
            self.close()
            raise Lost(str(error)) from error
        except BaseException:
            # Whatever it was, replies may be under way that belong to nobody.
            self.close()
            raise
        if any(isinstance(reply, ReadOnly) for reply in replies):
            # The next connection goes to whatever is the master by then.
            self.close()
        return replies

    def close(self) -> None:
        """Close it; it can be used again."""
        if self._socket is not None:
            self._socket.close()
            self._socket, self._reader = None, None

    def __del__(self) -> None:
        """Close it with the client that nobody has any more."""
        if self._socket is not None:
            self._socket.close()

    def _open(self, budget: Budget) -> None:
        dial = self._dial
        address = dial.address
        if dial.locate is not None:
            with allow(budget.on_the_way):
                address = dial.locate()
        with budget.connecting as deadline:
            self._socket = open_socket(dial, address, deadline)
            self._reader = ReplyReader(self._socket)
            login = dial.login()
            if login:
                self._introduce(("AUTH", *login), deadline, LoginRefused, "")
            if dial.database:
                self._introduce(("SELECT", dial.database), deadline, Lost, f"there is no database {dial.database}: ")

    def _introduce(self, command: tuple[Any, ...], deadline: float, refused: type[Fault], why: str) -> None:
        """Send a command that a new connection begins with, and raise `refused` where the server says no."""
        replies = self._exchange([pack(command)], [], deadline)
        if isinstance(replies[0], Refused):
            raise refused(f"{why}{replies[0]}")
        check_replies([command], replies)

    def _exchange(self, packed: Sequence[bytes], replies: list[Any], deadline: float) -> list[Any]:
        """Send commands over the open connection and read as many replies, all of it before `deadline`."""
        over, reader = self._socket, self._reader
        if over is None or reader is None:
            raise Lost("the connection is closed")
        # A socket's timeout is for all that sendall sends, also over TLS, where that is one write.
        over.settimeout(time_left(deadline))
        over.sendall(packed[0] if len(packed) == 1 else b"".join(packed))
        for _ in packed:
            reply = reader.read(deadline)
            if isinstance(reply, Fault) and not isinstance(reply, Refused):
                raise reply
            replies.append(reply)
        if reader.has_more:
            raise Garbled("there are more replies than commands")
        return replies


def _readable(waiting: socket.socket, dial: Dial) -> bool:
    """Whether there is something to read, be it the end."""
    poller = select.poll()
    poller.register(waiting, select.POLLIN)
    if not poller.poll(0):
        return False
    nothing: tuple[type[OSError], ...] = (BlockingIOError,)
    if dial.encrypted:
        from .tls import NOTHING_TO_READ

        nothing = (BlockingIOError, NOTHING_TO_READ)
    try:
        waiting.settimeout(0)
        waiting.recv(1)
    except nothing:
        return False
    except OSError:
        return True
    return True
