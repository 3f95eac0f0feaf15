"""redis-py's commands over the connections of a `Server`. Importing this imports redis, which takes 60 to 90 ms."""

# mypy: allow-untyped-calls
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from redis import Redis

if TYPE_CHECKING:
    from .pool import Server

__all__ = ["RedisPy"]


class RedisPy(Redis):
    """Every command as a method that parses its reply: for rare ones, such as INFO and SCAN.

    It opens no connection, and so does not support pipelines, subscriptions and transactions, which need one.

    Parameters
    ----------
    server
        The server to ask.
    """

    def __init__(self, server: Server) -> None:
        super().__init__(protocol=2)
        self._server = server

    def execute_command(self, *args: Any, **options: Any) -> Any:
        """Send one command.

        Raises
        ------
        RedisError
            The server cannot be reached, does not answer in time, or refuses.
        """
        (reply,) = self._server.batch([args])
        understood = self.response_callbacks.get(args[0])
        return reply if understood is None else understood(reply, **options)
