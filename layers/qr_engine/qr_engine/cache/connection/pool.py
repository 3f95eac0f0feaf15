"""The connections to one server."""

# mypy: allow-untyped-calls
from __future__ import annotations

from threading import Condition
from typing import Any

from redis.connection import ConnectionPool
from redis.exceptions import ConnectionError as Lost

__all__ = ["Pool"]


class Pool(ConnectionPool):
    """A bounded pool whose free connections are checked, not pinged, before they are used.

    Of redis-py's own pool it keeps the book-keeping around forks, and leaves out the telemetry of every loan.

    Parameters
    ----------
    wait
        Seconds to wait for a connection where all are in use.
    options
        What redis-py's pool takes: ``connection_class``, ``max_connections`` and the options of each connection.
    """

    def __init__(self, *, wait: float, **options: Any) -> None:
        self._wait = wait
        super().__init__(**options)

    def reset(self) -> None:
        """Forget every connection, as a forked process must."""
        super().reset()
        self._returned = Condition(self._lock)

    def get_connection(self, *_: object, **__: object) -> Any:
        """A `PlainConnection` that is open and not stale, to be given back with `release`.

        Raises
        ------
        redis.ConnectionError
            It cannot be opened, or all are in use for too long.
        redis.TimeoutError
            It does not open in time.
        """
        self._checkpid()
        with self._lock:
            if len(self._in_use_connections) >= self.max_connections and not self._returned.wait_for(
                lambda: len(self._in_use_connections) < self.max_connections, self._wait
            ):
                raise Lost("every connection is in use")
            free = self._available_connections
            connection: Any = free.pop() if free else self.connection_class(**self.connection_kwargs)
            self._in_use_connections.add(connection)
        try:
            if connection.is_stale():
                connection.disconnect()
            connection.connect()
        except BaseException:
            self.release(connection)
            raise
        return connection

    def release(self, connection: Any) -> None:
        """Take `connection` back."""
        self._checkpid()
        with self._lock:
            if connection not in self._in_use_connections:
                return
            self._in_use_connections.remove(connection)
            if connection.should_reconnect():
                connection.disconnect()
            self._available_connections.append(connection)
            self._returned.notify()
