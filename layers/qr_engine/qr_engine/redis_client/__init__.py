"""Ways to reach Redis: one server, a cluster, or the master that sentinels name.

`connect` imports what a connection needs, so that an answer from memory loads none of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from ..config import Settings
from .errors import ResponseError
from .script import Call, Script

if TYPE_CHECKING:
    from .pool import Server

__all__ = ["Call", "Client", "Script", "connect", "load_client", "read_batch"]


class Client(Protocol):
    """The interface of a client of one server or of a cluster, as `connect` returns it.

    Every method except `node_of` and `close` raises `RedisError` if a server cannot be reached or does not answer in
    time.
    """

    def run(self, script: Script, keys: Sequence[str], args: Sequence[Any]) -> Any:
        """Run `script` with `keys`, which must share a hash tag, and `args`; return its reply.

        This takes one round trip, or two if the server does not have the script. Raises `ResponseError` if the server
        refuses.
        """
        ...

    def run_all(self, script: Script, calls: Mapping[int, Call], answers: dict[int, Any]) -> None:
        """Run `script` for each of `calls` that has no answer yet, and store each reply in `answers` under its number.

        The servers are asked one after the other, with one round trip each. Another round trip follows if a server
        lacks the script or redirects a call. If a call is refused, its answer is the error. After a failure, `answers`
        keeps what had already arrived, including the answers of other servers.
        """
        ...

    def batch(self, commands: Sequence[tuple[Any, ...]]) -> list[Any]:
        """Send `commands`, such as ``("HMGET", key, "hits")``, and return their replies in the same order.

        The servers are asked one after the other, with one round trip each. Replies are in Redis's own types: bytes,
        integers and lists. Raises `ResponseError` if a command was refused; the others have still run.
        """
        ...

    def replies(self, commands: Sequence[tuple[Any, ...]]) -> list[Any]:
        """Do the same as `batch`, but return the error of a refused command in its place instead of raising it."""
        ...

    def primaries(self) -> list[Server]:
        """Return one client for each server that accepts writes, in a stable order: for SCAN, DBSIZE and INFO."""
        ...

    def node_of(self, key: str, /) -> str:
        """Return the ``host:port`` that is known to serve `key`, without asking; "" outside of a cluster."""
        ...

    def close(self) -> None:
        """Close every connection."""
        ...


def connect(settings: Settings) -> Client:
    """Make a client for the mode of `settings`. Its first command opens the first connection.

    The active `budget` limits how long commands may take; without one, each exchange has the timeouts of `settings`.
    Nothing is tried twice, except to follow the redirections of a cluster.

    Raises
    ------
    ValueError
        The mode is "memory".
    """
    if settings.mode == "standalone":
        from .standalone import standalone

        return standalone(settings)
    if settings.mode == "cluster":
        from .cluster import cluster

        return cluster(settings)
    if settings.mode == "sentinel":
        from .sentinel import sentinel

        return sentinel(settings)
    raise ValueError("there is no Redis to connect to")


def load_client(settings: Settings) -> None:
    """Import the modules that `connect` needs, none if the mode is "memory". Opens no connection."""
    if settings.mode != "memory":
        connect(settings).close()
        if settings.encrypted:
            from .. import tls  # noqa: F401 - loaded for the requests to come


def read_batch(client: Client, commands: Sequence[tuple[Any, ...]]) -> list[Any]:
    """Send read commands as `Client.batch` does; a value of the wrong type for its command gives None."""
    replies = client.replies(commands)
    for index, reply in enumerate(replies):
        if isinstance(reply, ResponseError):
            if not str(reply).startswith("WRONGTYPE"):
                raise reply
            replies[index] = None
    return replies
