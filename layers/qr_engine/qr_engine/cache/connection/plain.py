"""One connection to one server."""

# mypy: allow-untyped-calls
from __future__ import annotations

import select
import socket
from collections.abc import Callable
from time import monotonic
from typing import Any

import redis.connection
from redis.exceptions import ReadOnlyError

from ...config import Address

__all__ = ["PlainConnection"]


class PlainConnection(redis.connection.Connection):
    """A TCP connection that knows when it went stale, and leaves a master that was demoted.

    Parameters
    ----------
    locate
        Where the server is at the moment, asked before each (re)connect; None where `host` and `port` always say it.
    options
        What redis-py's connections take.
    """

    def __init__(self, *, locate: Callable[[], Address] | None = None, **options: Any) -> None:
        super().__init__(**options)
        self._locate = locate

    def is_stale(self) -> bool:
        """Whether this idle connection was closed by the server, or holds an answer nobody waits for."""
        waiting = self._sock
        if waiting is None:
            return False
        poller = select.poll()
        poller.register(waiting, select.POLLIN)
        if not poller.poll(0):
            return False
        try:
            waiting.settimeout(0)
            waiting.recv(1)
        except (BlockingIOError, *self._nothing_to_read):
            waiting.settimeout(self.socket_timeout)
            return False
        except OSError:
            return True
        return True

    _nothing_to_read: tuple[type[OSError], ...] = ()

    def _connect(self) -> socket.socket:
        """Connect to the first address that answers; all addresses of a name together get one connect timeout."""
        if self._locate is not None:
            self.host, self.port = self._locate()
        timeout = self.socket_connect_timeout
        deadline = monotonic() + float(timeout or 0)
        failure: OSError | None = None
        for family, kind, protocol, _, address in socket.getaddrinfo(self.host, self.port, 0, socket.SOCK_STREAM):
            left = deadline - monotonic()
            if left <= 0:
                failure = failure or TimeoutError("looking the name up took longer than the connect timeout")
                break
            opened = socket.socket(family, kind, protocol)
            try:
                opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                opened.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
                opened.settimeout(left)
                opened.connect(address)
                opened.settimeout(self.socket_timeout)
            except OSError as error:
                opened.close()
                failure = error
                continue
            return opened
        raise failure or OSError("the name has no address")

    def read_response(self, *args: Any, **options: Any) -> Any:
        """The next reply.

        Raises
        ------
        redis.ConnectionError
            The connection is gone.
        redis.exceptions.ReadOnlyError
            The server has become a read-only replica; the next connection goes to whatever is the master by then.
        """
        try:
            return super().read_response(*args, **options)
        except ReadOnlyError:
            self.disconnect()
            raise
