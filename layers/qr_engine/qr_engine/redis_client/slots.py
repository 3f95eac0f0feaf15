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
"""How old the table of slots may be for one moved slot to be patched instead of reading the table again."""


class Slots:
    """The table of slots, read when it is first needed and again when it proves wrong.

    Parameters
    ----------
    settings
        Where some of the nodes are.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._seeds = settings.cluster_nodes
        self._servers: dict[Address, Server] = {}
        # The nodes to ask for the table of slots, in this order; one that fails goes to the end. Shuffled, so that
        # environments that start together do not all ask the same node; importing `random` would take a millisecond.
        self._sources = dict.fromkeys(sorted(self._seeds, key=lambda _: urandom(8)))
        self._table: list[Server | None] = []
        self._read_at = 0.0
        self._outdated = True

    def server_for(self, slot: int) -> Server:
        """Return the server of `slot`.

        Raises
        ------
        ClusterDown
            No server has the slot.
        RedisError
            No node could say which server it is.
        """
        if self._outdated:
            self._refresh()
        server = self._table[slot]
        if server is None:
            self._outdated = True
            raise ClusterDown(f"no node serves the slot {slot}")
        return server

    def patch(self, redirection: Moved, server: Server) -> Server:
        """Record and return the new server of a slot that has moved away from `server`."""
        target = self.redirect_target(redirection, server)
        self._table[redirection.slot] = target
        # A slot seldom moves alone; while many are moving, one after the other, each is patched.
        if monotonic() - self._read_at > PATCHED_SECONDS:
            self._outdated = True
        return target

    def redirect_target(self, redirection: Redirection, server: Server) -> Server:
        """Return the server that `redirection` from `server` points to."""
        # A node that does not know its own name leaves the host out and means itself.
        return self._server((redirection.host or server.address[0], redirection.port))

    def invalidate(self, server: Server) -> None:
        """Have the table read again before its next use, and ask `server` for it last."""
        self._outdated = True
        if server.address in self._sources:
            self._sources[server.address] = self._sources.pop(server.address)

    def primaries(self) -> list[Server]:
        """Return every server that has slots, in a stable order, after reading the table again.

        Raises
        ------
        RedisError
            No node of the cluster could name them.
        """
        self._refresh()
        servers = {server for server in self._table if server is not None}
        if not servers:
            raise ClusterDown("no node serves any slot")
        return sorted(servers, key=lambda server: server.name)

    def node_name(self, slot: int) -> str:
        """Return the ``host:port`` that is known to serve `slot`; "" if none is known."""
        server = self._table[slot] if self._table else None
        return server.name if server is not None else ""

    def close(self) -> None:
        """Close every connection, and forget the table."""
        for server in self._servers.values():
            server.close()
        self._servers.clear()
        self._table, self._outdated = [], True

    def _refresh(self) -> None:
        """Read the table of slots from the first node that has it; the time counts as connecting."""
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
        """Take over a node's reply to CLUSTER SLOTS; `asked_host` is the name under which it was reached."""
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
    """Return the slot of `key`, or of its hash tag in the first pair of braces (Redis Cluster, hash tags)."""
    name = key.encode() if isinstance(key, str) else key
    start = name.find(b"{")
    end = name.find(b"}", start + 1)
    if 0 <= start < end - 1:
        name = name[start + 1 : end]
    return crc_hqx(name, 0) % SLOTS
