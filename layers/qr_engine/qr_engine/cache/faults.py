"""What may go wrong with Redis, by what it means for the tier. Importing this imports the connections."""

from __future__ import annotations

from .connection.faults import ClusterDown, Fault, Garbled, Lost, ReadOnly, Refused, Spent

__all__ = ["ANY", "GARBLED", "NOBODY_SERVES", "NO_TIME", "REFUSED", "WORTH_ANOTHER_TRY"]

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

NOBODY_SERVES = ClusterDown
"""An answer as well, but one that stays the same until the cluster has mended itself."""
