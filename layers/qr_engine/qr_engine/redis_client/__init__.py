"""Ways to reach Redis: one server, a cluster, or the master that sentinels name.

What is needed to connect is imported when `connect` is called, not before: an answer from memory needs none of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from ..config import Settings
from .script import Call, Script

if TYPE_CHECKING:
    from .cluster import Cluster
    from .pool import Server

__all__ = [
    "Call",
    "Client",
    "Script",
    "batch",
    "connect",
    "load_client",
    "node_of",
    "primaries",
    "readable",
    "replies",
    "run",
    "run_all",
]

Client: TypeAlias = "Server | Cluster"
"""What `connect` makes; what is asked of it is `run`, `batch`, `primaries`, `node_of` and `close`."""


def connect(settings: Settings) -> Client:
    """A client for the mode of `settings`, which opens its first connection when the first command needs it.

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
            from . import tls  # noqa: F401 - loaded for the requests to come


def run(client: Client, script: Script, keys: Sequence[str], args: Sequence[Any]) -> Any:
    """What `script` returns for `keys`, which must share a hash tag, and `args`.

    One round trip; two on a server that does not have the script yet, or has lost it.

    Raises
    ------
    Fault
        The server cannot be reached, does not answer in time, or refuses.
    """
    return client.run(script, keys, args)


def run_all(client: Client, script: Script, calls: Mapping[int, Call], answers: dict[int, Any]) -> None:
    """Put what `script` returns for each of `calls` that has no answer yet into `answers`, under the same number.

    One round trip to each server that is concerned, one server after the other; one more where a server does not have
    the script yet, or sends a call on to another. A call that is refused is answered by its error.

    Raises
    ------
    Fault
        A server cannot be reached, does not answer in time, or is none that takes writes any more. What has been
        answered by then is there, the calls to other servers included.
    """
    client.run_all(script, calls, answers)


def batch(client: Client, commands: Sequence[tuple[Any, ...]]) -> list[Any]:
    """What each of `commands`, such as ``("HMGET", key, "hits")``, answers, in their order.

    One round trip to each server that is concerned, one server after the other. Replies are as Redis gives them: bytes,
    integers and lists.

    Raises
    ------
    Fault
        A server cannot be reached or does not answer in time, or one command was refused; the others have been done.
    """
    return client.batch(commands)


def replies(client: Client, commands: Sequence[tuple[Any, ...]]) -> list[Any]:
    """As `batch`, with its error in the place of each command that was refused."""
    return client.replies(commands)


def readable(client: Client, commands: Sequence[tuple[Any, ...]]) -> list[Any]:
    """As `batch`, for commands that read: None where there is a value of another type than the command reads."""
    found = replies(client, commands)
    for number, reply in enumerate(found):
        if isinstance(reply, Exception):
            if not str(reply).startswith("WRONGTYPE"):
                raise reply
            found[number] = None
    return found


def primaries(client: Client) -> list[Server]:
    """One client for each server that takes writes, in a stable order: for SCAN, DBSIZE and INFO.

    Raises
    ------
    Fault
        No node of the cluster could say which they are.
    """
    return client.primaries()


def node_of(client: Client, key: str) -> str:
    """The ``host:port`` that serves `key`, by what is known now, without asking; "" outside of a cluster."""
    return client.node_of(key)
