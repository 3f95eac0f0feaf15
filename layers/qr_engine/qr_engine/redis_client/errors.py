"""What can go wrong with Redis, as one tree of exceptions.

The names are those of redis-py where it has one.

::

    RedisError
    ├── ConnectionLost           no connection, or none any more
    │   ├── AuthenticationError  wrong user, password or token, or none where one is asked for
    │   ├── BusyLoading          the server still reads its data from disk
    │   └── InvalidResponse      what came is no reply to what was asked
    ├── Timeout                  no answer within the timeout
    ├── BudgetSpent              the request has waited long enough; nothing was asked
    ├── ResponseError            the server answered that it will not
    │   ├── NoScript             it does not have the script
    │   ├── ReadOnly             it is a replica
    │   ├── NoPermission         the user may not do this
    │   ├── ClusterDown          nobody serves the slot
    │   ├── Moved                another node serves the slot
    │   └── Ask                  another node is about to get the slot, and has the key already
    └── NoKey                    the command names no key, so there is no saying which node to ask
"""

from __future__ import annotations

from typing import Final

__all__ = [
    "FAILURES",
    "RETRYABLE",
    "Ask",
    "AuthenticationError",
    "BudgetSpent",
    "BusyLoading",
    "ClusterDown",
    "ConnectionLost",
    "InvalidResponse",
    "Moved",
    "NoKey",
    "NoPermission",
    "NoScript",
    "ReadOnly",
    "Redirection",
    "RedisError",
    "ResponseError",
    "Timeout",
    "error_from_reply",
    "kind_of",
]


class RedisError(Exception):
    """A command did not run, or nobody knows whether it did."""


class ConnectionLost(RedisError):
    """There is no connection to the server."""


class AuthenticationError(ConnectionLost):
    """The login was rejected or is missing; the next connection logs in again."""


class BusyLoading(ConnectionLost):
    """The server has only just started."""


class InvalidResponse(ConnectionLost):
    """What arrived is not a reply to the command; nothing more on this connection can be trusted."""


class Timeout(RedisError):
    """The server did not answer in time."""


class BudgetSpent(RedisError):
    """The request has no time left to ask Redis anything."""


class ResponseError(RedisError):
    """The server answered with an error; the connection is still usable."""


class NoScript(ResponseError):
    """EVALSHA names a script that the server does not have."""


class ReadOnly(ResponseError):
    """A write went to a replica."""


class NoPermission(ResponseError):
    """The access control list does not allow the user to do this."""


class ClusterDown(ResponseError):
    """The cluster serves nothing, or not this slot."""


class Redirection(ResponseError):
    """The server sends the command on to another node.

    Attributes
    ----------
    slot
        The hash slot of the command's key.
    host, port
        Where to go; the host is empty if the node does not know its own name.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message)
        _, slot, address = message.split(" ")[:3]
        host, _, port = address.rpartition(":")
        self.slot, self.host, self.port = int(slot), host, int(port)
        if self.slot not in range(16_384) or self.port not in range(1, 65_536):
            raise ValueError("there is no such slot, or no such port")


class Moved(Redirection):
    """Another node serves the slot from now on."""


class Ask(Redirection):
    """Another node is to get this command only, after ASKING."""


class NoKey(RedisError):
    """A command without a key was given to a cluster."""


FAILURES = (RedisError, OSError)
"""Every way in which a command can fail."""

RETRYABLE = (ConnectionLost, ReadOnly)
"""Failures of a stale connection, or one to a server that has become a replica: a new connection may succeed."""

_BY_CODE: Final[dict[str, type[RedisError]]] = {
    "NOAUTH": AuthenticationError,
    "WRONGPASS": AuthenticationError,
    "LOADING": BusyLoading,
    "NOSCRIPT": NoScript,
    "READONLY": ReadOnly,
    "NOPERM": NoPermission,
    "CLUSTERDOWN": ClusterDown,
    "MOVED": Moved,
    "ASK": Ask,
}


def error_from_reply(message: str) -> RedisError:
    """Return the exception for an error reply, chosen by the code that it begins with."""
    code = message.partition(" ")[0]
    if message.startswith("ERR max number of clients"):
        return ConnectionLost(message)
    try:
        return _BY_CODE.get(code, ResponseError)(message)
    except ValueError:
        # A redirection without an address.
        return ResponseError(message)


_KINDS: Final = ("NOPERM", "OOM", "READONLY", "CLUSTERDOWN", "TRYAGAIN", "BUSY", "NOAUTH", "WRONGPASS")


_NO_PERMISSION_IN_SCRIPT: Final = ("ERR The user executing the script can't", "ERR ACL failure in script")
"""How Redis and Valkey begin this error for a command within a script, where they do not use the code."""


def kind_of(refusal: Exception) -> str:
    """Name the kind of a refusal: one of a few known codes, ``throttled``, or ``other``."""
    message = str(refusal)
    code = message.partition(" ")[0]
    if code in _KINDS:
        return code
    if message.startswith(_NO_PERMISSION_IN_SCRIPT):
        return "NOPERM"
    return "throttled" if "throttl" in message.lower() else "other"
