"""Which node of a cluster serves which slot, and what to do when that changes."""

from __future__ import annotations

from binascii import crc_hqx
from os import urandom
from time import monotonic
from typing import Any

from ..config import Address, Settings
from .budget import allow, current_budget
from .errors import BudgetSpent, ClusterDown, ConnectionLost, Moved, Redirection, RedisError
from .options import connection_options
from .pool import Server
from .reply_shapes import SLOTS

__all__ = ["Slots", "slot_of"]

PATCHED_SECONDS = 1.0
"""How old the table of slots may be when a slot turns out to have moved, without being read anew."""


class Slots:
    """The table of slots, read when it is first needed and when it turns out to be wrong.

    Parameters
    ----------
    settings
        Where some of the nodes are.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._seeds = settings.cluster_nodes
        self._servers: dict[Address, Server] = {}
        # Who is asked for the table of slots: in this order, and who failed goes to the end. Shuffled, so that the
        # environments that start together do not all ask the same node; `random` would take a millisecond to import.
        self._sources = dict.fromkeys(sorted(self._seeds, key=lambda _: urandom(8)))
        self._table: list[Server | None] = []
        self._read_at = 0.0
        self._outdated = True

    def server_for(self, slot: int) -> Server:
        """Return the server of `slot`.

        Raises
        ------
        ClusterDown
            There is none.
        RedisError
            No node could say which it is.
        """
        if self._outdated:
            self._refresh()
        server = self._table[slot]
        if server is None:
            self._outdated = True
            raise ClusterDown(f"no node serves the slot {slot}")
        return server

    def patch(self, redirection: Moved, server: Server) -> Server:
        """Note, and return, who serves the slot that is not with `server` any more."""
        target = self.redirect_target(redirection, server)
        self._table[redirection.slot] = target
        # One slot that moved is seldom alone, but while many are moving, one after the other, each is patched.
        if monotonic() - self._read_at > PATCHED_SECONDS:
            self._outdated = True
        return target

    def redirect_target(self, redirection: Redirection, server: Server) -> Server:
        """Return the server that `server` names in its `redirection`."""
        # A node that does not know its own name leaves the host out: it is the one that was asked.
        return self._server((redirection.host or server.address[0], redirection.port))

    def invalidate(self, server: Server) -> None:
        """Read the table anew before it is used again, and ask `server` for it last."""
        self._outdated = True
        if server.address in self._sources:
            self._sources[server.address] = self._sources.pop(server.address)

    def primaries(self) -> list[Server]:
        """Return every server that has slots, by a table read anew, in a stable order.

        Raises
        ------
        RedisError
            No node of the cluster could say which they are.
        """
        self._refresh()
        servers = {server for server in self._table if server is not None}
        if not servers:
            raise ClusterDown("no node serves any slot")
        return sorted(servers, key=lambda server: server.name)

    def node_name(self, slot: int) -> str:
        """Return the ``host:port`` of the server of `slot`, by what is known now; "" where nothing is."""
        server = self._table[slot] if self._table else None
        return server.name if server is not None else ""

    def close(self) -> None:
        """Close every connection, and forget the table."""
        for server in self._servers.values():
            server.close()
        self._servers.clear()
        self._table, self._outdated = [], True

    def _refresh(self) -> None:
        """Read the table of slots from the first node that has it; what that takes counts as connecting."""
        settings = self._settings
        budget = current_budget(settings.redis_connect_timeout_ms / 1000, settings.redis_timeout_ms / 1000)
        failure: RedisError = ConnectionLost("the cluster has no nodes")
        with allow(budget.for_connecting):
            for address in tuple(self._sources):
                try:
                    rows = self._server(address).batch([("CLUSTER", "SLOTS")])[0]
                except BudgetSpent:
                    break
                except RedisError as error:
                    failure = error
                    self._sources[address] = self._sources.pop(address)
                    continue
                self._load_table(rows, address[0])
                return
        raise failure

    def _load_table(self, rows: list[Any], asked_host: str) -> None:
        """Take over a reply to CLUSTER SLOTS, from the node that was reached under the name `asked_host`."""
        table: list[Server | None] = [None] * SLOTS
        nodes: dict[Address, None] = {}
        for first, last, *nodes_of_range in rows:
            addresses = [((node[0] or asked_host.encode()).decode(), int(node[1])) for node in nodes_of_range]
            nodes |= dict.fromkeys(addresses)
            if addresses:
                table[first : last + 1] = [self._server(addresses[0])] * (last + 1 - first)
        sources = nodes | dict.fromkeys(self._seeds)
        self._sources = {address: None for address in self._sources if address in sources} | sources
        for address in [address for address in self._servers if address not in nodes]:
            self._servers.pop(address).close()
        self._table, self._read_at, self._outdated = table, monotonic(), False

    def _server(self, address: Address) -> Server:
        server = self._servers.get(address)
        if server is None:
            server = Server(connection_options(self._settings, address), self._settings.redis_max_connections)
            self._servers[address] = server
        return server


def slot_of(key: str | bytes) -> int:
    """Return the slot of `key`: of what its first pair of braces holds, if anything (Redis Cluster, hash tags)."""
    name = key.encode() if isinstance(key, str) else key
    start = name.find(b"{")
    end = name.find(b"}", start + 1)
    if 0 <= start < end - 1:
        name = name[start + 1 : end]
    return crc_hqx(name, 0) % SLOTS
