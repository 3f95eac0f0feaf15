"""Parse replies as they arrive (RESP 2, the Redis serialization protocol), within limits.

hiredis would be three microseconds faster, but allocates a list as soon as its length arrives: eleven bytes that
announce a thousand million elements block it for half a minute.
"""

from __future__ import annotations

import re
import socket
from time import monotonic
from typing import Any, Final

from .errors import ConnectionLost, InvalidResponse, error_from_reply

__all__ = ["ReplyReader", "limit"]

MAX_BYTES: Final = 16 * 1024 * 1024
"""Bytes of one reply; four times the size of the largest entry."""

MAX_PARTS: Final = 200_000
MAX_DEPTH: Final = 6
MAX_LINE: Final = 64 * 1024

_CHUNK: Final = 65_536
_CLOSE_ENOUGH: Final = 0.005
_SIGNED: Final = re.compile(rb"[-+][0-9]{1,19}")
_END: Final = b"\r\n"
_BULK, _INTEGER, _LIST, _TEXT, _ERROR = b"$:*+-"


class ReplyReader:
    """Reads the replies of one connection.

    Parameters
    ----------
    source
        The socket that they arrive on.
    """

    def __init__(self, source: socket.socket) -> None:
        self._source = source
        self._deadline = 0.0
        self._data = b""
        self._position = 0
        self._parts = 0
        self._limit = 0

    @property
    def has_more(self) -> bool:
        """Whether bytes follow the replies that were read."""
        return self._position < len(self._data)

    def read(self, deadline: float) -> Any:
        """Return one reply: bytes, an integer, None or a list of these; an error reply is returned as its exception.

        Parameters
        ----------
        deadline
            The `monotonic` time by which the whole reply has to arrive.

        Raises
        ------
        InvalidResponse
            The reply breaks the protocol or exceeds the limits.
        OSError
            The connection broke, or, as a `TimeoutError`, the deadline has passed.
        ConnectionLost
            The server closed the connection.
        """
        if self._position == len(self._data):
            self._data, self._position = b"", 0
        elif self._position > _CHUNK:
            self._data, self._position = self._data[self._position :], 0
        self._deadline, self._parts, self._limit = deadline, 0, self._position + MAX_BYTES
        return self._reply(0)

    def _receive(self) -> bytes:
        limit(self._source, self._deadline)
        chunk = self._source.recv(_CHUNK)
        if not chunk:
            raise ConnectionLost("the server closed the connection")
        return chunk

    def _reply(self, depth: int) -> Any:
        data, start = self._data, self._position
        end = data.find(_END, start)
        if end < 0:
            end = self._receive_line(start)
            data = self._data
        self._position = end + 2
        if self._position > self._limit:
            raise InvalidResponse("a reply is larger than anything that is kept there")
        kind, rest = data[start], data[start + 1 : end]
        if kind == _TEXT:
            return rest
        if kind == _ERROR:
            return error_from_reply(rest.decode(errors="replace"))
        # What `_number` takes that is no digits only is rare.
        number = int(rest) if rest.isdigit() and end - start < 20 else _number(rest)
        if kind == _BULK:
            return None if number == -1 else self._bulk(number)
        if kind == _INTEGER:
            return number
        if kind == _LIST:
            return None if number == -1 else self._list(number, depth)
        raise InvalidResponse("a reply is not of the protocol")

    def _list(self, length: int, depth: int) -> list[Any]:
        self._parts += length
        if length < 0 or self._parts > MAX_PARTS or depth == MAX_DEPTH:
            raise InvalidResponse("a reply is a list without end")
        return [self._reply(depth + 1) for _ in range(length)]

    def _bulk(self, length: int) -> bytes:
        start = self._position
        end = start + length
        if length < 0 or end + 2 > self._limit:
            raise InvalidResponse("a reply is larger than anything that is kept there")
        if len(self._data) < end + 2:
            self._receive_until(end + 2)
        data = self._data
        if not data.startswith(_END, end):
            raise InvalidResponse("a reply does not end where it says")
        self._position = end + 2
        return data[start:end]

    def _receive_until(self, length: int) -> None:
        """Receive until there are `length` bytes; join chunks only once, as an entry may arrive in hundreds of them."""
        chunks = [self._data]
        missing = length - len(self._data)
        while missing > 0:
            chunks.append(self._receive())
            missing -= len(chunks[-1])
        self._data = b"".join(chunks)

    def _receive_line(self, start: int) -> int:
        """Receive until the line that begins at `start` is complete; return where it ends."""
        searched = start
        while (end := self._data.find(_END, searched)) < 0:
            if len(self._data) - start > MAX_LINE:
                raise InvalidResponse("a line of a reply has no end")
            searched = max(start, len(self._data) - 1)
            chunk = self._receive()
            self._data = self._data + chunk if self._data else chunk
        return end


def limit(source: socket.socket, deadline: float) -> None:
    """Make the next operation of `source` end near `deadline`; small changes are skipped, each being a system call.

    Raises
    ------
    TimeoutError
        The deadline has passed.
    """
    seconds = seconds_left(deadline)
    now = source.gettimeout()
    if now is None or abs(now - seconds) > _CLOSE_ENOUGH:
        source.settimeout(seconds)


def seconds_left(deadline: float) -> float:
    """Return the seconds until `deadline`.

    Raises
    ------
    TimeoutError
        The deadline has passed.
    """
    seconds = deadline - monotonic()
    if seconds <= 0:
        raise TimeoutError("the whole exchange took too long")
    return seconds


def _number(digits: bytes) -> int:
    if (digits.isdigit() and len(digits) < 20) or _SIGNED.fullmatch(digits):
        return int(digits)
    raise InvalidResponse("a reply has no number where one belongs")
