"""What may go wrong with Redis: one tree of exceptions, whatever the cause.

::

    Fault
    ├── Lost                 no connection, or none any more
    │   ├── LoginRefused     wrong user, password or token, or none where one is asked for
    │   ├── Loading          the server still reads its data from disk
    │   └── Garbled          what came is no reply to what was asked
    ├── TooSlow              no answer within the timeout
    ├── Spent                the request has waited long enough; nothing was asked
    ├── Refused              the server answered that it will not
    │   ├── NoScript         it does not have the script
    │   ├── ReadOnly         it is a replica
    │   ├── NotAllowed       the user may not do this
    │   ├── ClusterDown      nobody serves the slot
    │   ├── Moved            another node serves the slot
    │   └── Ask              another node is about to get the slot, and has the key already
    └── NoKey                the command names no key, so there is no saying which node to ask
"""

from __future__ import annotations

from typing import Final

__all__ = [
    "ANY",
    "GARBLED",
    "NOBODY_SERVES",
    "NO_LOGIN",
    "NO_TIME",
    "REFUSED",
    "WORTH_ANOTHER_TRY",
    "Ask",
    "ClusterDown",
    "Fault",
    "Garbled",
    "Loading",
    "LoginRefused",
    "Lost",
    "Moved",
    "NoKey",
    "NoScript",
    "NotAllowed",
    "ReadOnly",
    "Redirected",
    "Refused",
    "Spent",
    "TooSlow",
    "fault",
    "kind_of",
]


class Fault(Exception):
    """A command was not done, or nobody knows whether it was."""


class Lost(Fault):
    """There is no connection to the server."""


class LoginRefused(Lost):
    """The server does not know who is there; the next connection logs in anew."""


class Loading(Lost):
    """The server has only just started."""


class Garbled(Lost):
    """What came is no reply to what was asked; neither it nor what follows on this connection can be trusted."""


class TooSlow(Fault):
    """The server did not answer in time."""


class Spent(Fault):
    """There is no time left in which the request could ask anything."""


class Refused(Fault):
    """The server answered with an error; the connection is as good as before."""


class NoScript(Refused):
    """EVALSHA names a script that the server does not have."""


class ReadOnly(Refused):
    """A write went to a replica."""


class NotAllowed(Refused):
    """The access control list of the user forbids it."""


class ClusterDown(Refused):
    """The cluster serves nothing, or not this slot."""


class Redirected(Refused):
    """Another node is to be asked.

    Attributes
    ----------
    slot
        The hash slot that it is about.
    host, port
        Where to go; the host is empty where the node does not know its own name.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message)
        _, slot, address = message.split(" ")[:3]
        host, _, port = address.rpartition(":")
        self.slot, self.host, self.port = int(slot), host, int(port)
        if self.slot not in range(16_384) or self.port not in range(1, 65_536):
            raise ValueError("there is no such slot, or no such port")


class Moved(Redirected):
    """For good."""


class Ask(Redirected):
    """For this command, which is to be announced by ASKING."""


class NoKey(Fault):
    """A command without a key was given to a cluster."""


ANY = (Fault, OSError)
"""Every way in which a command can fail."""

WORTH_ANOTHER_TRY = (Lost, ReadOnly)
"""The connection went stale, or leads to what is a replica by now: a new connection may do better."""

GARBLED = Garbled
"""The connection is lost as well, but the command has been done, or another one has."""

NO_TIME = Spent
"""Nothing was asked any more: it says nothing of the server."""

REFUSED = Refused
"""Redis answered, at once, that it will not do this: it is full, a replica, strict, busy or moving a slot."""

NO_LOGIN = LoginRefused
"""Redis answered that it does not let this user in."""

NOBODY_SERVES = ClusterDown
"""An answer as well, but one that stays the same until the cluster has mended itself."""

_BY_CODE: Final[dict[str, type[Fault]]] = {
    "NOAUTH": LoginRefused,
    "WRONGPASS": LoginRefused,
    "LOADING": Loading,
    "NOSCRIPT": NoScript,
    "READONLY": ReadOnly,
    "NOPERM": NotAllowed,
    "CLUSTERDOWN": ClusterDown,
    "MOVED": Moved,
    "ASK": Ask,
}


def fault(message: str) -> Fault:
    """The exception for an error reply, by the code that it begins with."""
    code = message.partition(" ")[0]
    if message.startswith("ERR max number of clients"):
        return Lost(message)
    try:
        return _BY_CODE.get(code, Refused)(message)
    except ValueError:
        # A redirection that says nowhere.
        return Refused(message)


_KINDS: Final = ("NOPERM", "OOM", "READONLY", "CLUSTERDOWN", "TRYAGAIN", "BUSY", "NOAUTH", "WRONGPASS")


def kind_of(refusal: Exception) -> str:
    """What kind of refusal an answer of Redis is: its code where that is one of a few, ``throttled``, or ``other``."""
    message = str(refusal)
    code = message.partition(" ")[0]
    if code in _KINDS:
        return code
    if message.startswith("ERR The user executing the script can't"):
        return "NOPERM"
    return "throttled" if "throttl" in message.lower() else "other"
