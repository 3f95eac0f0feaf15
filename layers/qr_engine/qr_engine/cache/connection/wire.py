"""One connection: commands as bytes to a server, and its replies (RESP 2, the Redis serialization protocol).

The sockets are the standard library's, the replies are taken apart by hiredis. redis-py has both and much more, but
takes 60 to 90 ms to import, which the first request of every execution environment would wait for.
"""

from __future__ import annotations

import select
import socket
from collections.abc import Sequence
from typing import Any, Final, Protocol

from hiredis import ProtocolError, Reader, pack_command

from .dial import Dial, opened
from .faults import Fault, LoginRefused, Lost, ReadOnly, Refused, TooSlow, fault

__all__ = ["Connection", "Talk", "pack"]


class Talk(Protocol):
    """Sends packed commands in one go and gives their replies; that of a refused one is its `Refused`, not raised.

    Replies are as Redis gives them: bytes, integers, None and lists. They are put `into` a list as they come in, where
    one is given: what was answered before a failure is there.
    """

    def __call__(self, packed: Sequence[bytes], into: list[Any] | None = None, /) -> list[Any]:
        """See above."""
        ...


_CHUNK: Final = 65_536
_MORE: Final = object()


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
        self._dial = dial
        self._reader = _reader()

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
        try:
            replies = self._exchanged(self._socket or self._open(), packed, [] if into is None else into)
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
            self._socket, self._reader = None, _reader()

    def __del__(self) -> None:
        """Close it with the client that nobody has any more."""
        if self._socket is not None:
            self._socket.close()

    def _open(self) -> socket.socket:
        self._socket = found = opened(self._dial)
        login = self._dial.login()
        if login:
            (reply,) = self._exchanged(found, [pack(("AUTH", *login))], [])
            if isinstance(reply, Refused):
                raise LoginRefused(str(reply))
        if self._dial.database:
            (reply,) = self._exchanged(found, [pack(("SELECT", self._dial.database))], [])
            if isinstance(reply, Refused):
                raise Lost(f"there is no database {self._dial.database}: {reply}")
        return found

    def _exchanged(self, over: socket.socket, packed: Sequence[bytes], replies: list[Any]) -> list[Any]:
        receive, reader = over.recv, self._reader
        over.sendall(packed[0] if len(packed) == 1 else b"".join(packed))
        for _ in packed:
            reply = reader.gets()
            while reply is _MORE:
                chunk = receive(_CHUNK)
                if not chunk:
                    raise Lost("the server closed the connection")
                reader.feed(chunk)
                reply = reader.gets()
            if isinstance(reply, Fault) and not isinstance(reply, Refused):
                raise reply
            replies.append(reply)
        return replies


def _reader() -> Reader:
    return Reader(replyError=fault, protocolError=_Garbled, notEnoughData=_MORE)


class _Garbled(Lost, ProtocolError):
    """What the server sends is not its protocol."""


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
        waiting.settimeout(dial.timeout)
        return False
    except OSError:
        return True
    return True
