"""Ways to reach Redis: one server, a cluster, or the master that sentinels name.

What is needed to connect is imported when `connect` is called, not before: an answer from memory needs none of it.
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
    """What `connect` makes: a client of one server, or of a cluster.

    Every method but the last two raises `RedisError` where a server cannot be reached or does not answer in time.
    """

    def run(self, script: Script, keys: Sequence[str], args: Sequence[Any]) -> Any:
        """Run `script` with `keys`, which must share a hash tag, and `args`; return its reply.

        One round trip; two on a server that does not have the script yet, or has lost it. Raises `ResponseError` where
        the server refuses.
        """
        ...

    def run_all(self, script: Script, calls: Mapping[int, Call], answers: dict[int, Any]) -> None:
        """Run `script` for each of `calls` that has no answer yet, and put the reply into `answers` under its number.

        One round trip to each server that is concerned, one server after the other; one more where a server does not
        have the script yet, or sends a call on to another. A call that is refused is answered by its error. What has
        been answered before a failure is there, the calls to other servers included.
        """
        ...

    def batch(self, commands: Sequence[tuple[Any, ...]]) -> list[Any]:
        """Send `commands`, such as ``("HMGET", key, "hits")``, and return their replies in the same order.

        One round trip to each server that is concerned, one server after the other. Replies are as Redis gives them:
        bytes, integers and lists. Raises `ResponseError` where one command was refused; the others have been done.
        """
        ...

    def replies(self, commands: Sequence[tuple[Any, ...]]) -> list[Any]:
        """As `batch`, with its error in the place of each command that was refused."""
        ...

    def primaries(self) -> list[Server]:
        """Return one client for each server that takes writes, in a stable order: for SCAN, DBSIZE and INFO."""
        ...

    def node_of(self, key: str, /) -> str:
        """Return the ``host:port`` that serves `key`, by what is known now, without asking; "" outside of a cluster."""
        ...

    def close(self) -> None:
        """Close every connection."""
        ...


def connect(settings: Settings) -> Client:
    """Make a client for the mode of `settings`, which opens its first connection when the first command needs it.

    How long a command may take is for the `budget` to say that it runs in; without one each exchange has the timeouts
    of `settings`. Nothing is tried twice, but for a cluster's redirections.

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
    """Import what `connect` would have a request wait for; nothing where the mode is "memory". Opens no connection."""
    if settings.mode != "memory":
        connect(settings).close()
        if settings.encrypted:
            from .. import tls  # noqa: F401 - loaded for the requests to come


def read_batch(client: Client, commands: Sequence[tuple[Any, ...]]) -> list[Any]:
    """Send commands that read, as `Client.batch`; return None for a value of another type than the command reads."""
    replies = client.replies(commands)
    for index, reply in enumerate(replies):
        if isinstance(reply, ResponseError):
            if not str(reply).startswith("WRONGTYPE"):
                raise reply
            replies[index] = None
    return replies
