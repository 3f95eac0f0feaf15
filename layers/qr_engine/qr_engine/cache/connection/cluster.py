"""A cluster: which node serves a key, and what to do when that changes."""

# mypy: allow-untyped-calls
from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from redis.commands import CoreCommands
from redis.crc import REDIS_CLUSTER_HASH_SLOTS, key_slot
from redis.event import EventDispatcher
from redis.exceptions import (
    AskError,
    ClusterDownError,
    DataError,
    MovedError,
    RedisError,
    ResponseError,
)
from redis.exceptions import ConnectionError as Lost
from redis.exceptions import TimeoutError as TooSlow

from ...config import Address, Settings
from .script import Script
from .server import Server, accepted, evaluate, exchange, open_server, send

if TYPE_CHECKING:
    from redis.connection import Connection

__all__ = ["Cluster", "cluster"]

Result = TypeVar("Result")

REDIRECTIONS = 4
"""How often a command is sent on, before the nodes are taken to disagree."""

PATCHED_SECONDS = 1.0
"""How old the table of slots may be when a slot turns out to have moved, without being read anew."""

_FIRST = (
    "GET SET GETRANGE STRLEN EXISTS DEL UNLINK MGET TYPE EXPIRE PEXPIRE TTL PTTL PERSIST INCRBY "
    "HGET HSET HDEL HMGET HGETALL HINCRBY HLEN ZADD ZINCRBY ZSCORE ZREM ZRANGE ZREVRANGE ZCARD ZPOPMIN ZPOPMAX "
    "ZREMRANGEBYRANK ZREMRANGEBYSCORE ZRANGEBYSCORE"
)
KEY_AT = dict.fromkeys(_FIRST.split(), 1) | {"MEMORY USAGE": 1, "MEMORY": 2, "EVAL": 3, "EVALSHA": 3}
"""Where a command names its (first) key; one that is not here names none, or has not been needed."""


def cluster(settings: Settings) -> Cluster:
    """A client of the cluster that ``REDIS_CLUSTER_NODES`` belong to."""
    return Cluster(settings)


class Cluster(CoreCommands):
    """A client that sends each command to the node that serves its key.

    It takes the place of redis-py's own, which connects when it is made, asks every node in turn when one fails
    (1.8 s for six hung nodes at timeouts of 0.25 s), and parses each command to find its key. Pipelines are `batch`.

    Parameters
    ----------
    settings
        Where some of its nodes are.
    """

    _is_async_client: Literal[False] = False
    _event_dispatcher = EventDispatcher()

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._seeds = settings.cluster_nodes
        self._servers: dict[Address, Server] = {}
        # Who is asked for the table of slots: in this order, and who failed goes to the end. Shuffled, so that the
        # environments that start together do not all ask the same node.
        self._sources = dict.fromkeys(random.SystemRandom().sample(self._seeds, len(self._seeds)))
        self._table: list[Server | None] = []
        self._read_at = 0.0
        self._outdated = True

    def execute_command(self, *args: Any, **options: Any) -> Any:
        """Send a command to the node that serves its key; what it answers, as redis-py's methods give it.

        Raises
        ------
        redis.DataError
            The command names no key, so that there is no saying which node to ask: ask each of `primaries`.
        redis.RedisError
            The node cannot be reached, does not answer in time, or refuses.
        """

        def talk(connection: Connection) -> Any:
            connection.send_command(*args)
            return server.parse_response(connection, args[0], **options)

        server = self._serving(_slot(_key(args)))
        return self._redirected(server, talk)

    def run(self, script: Script, keys: Sequence[str], args: Sequence[Any]) -> Any:
        """See `connection.run`."""
        server = self._serving(_slot(keys[0]))
        return self._redirected(server, lambda connection: evaluate(connection, script, keys, args))

    def batch(self, commands: Sequence[tuple[Any, ...]]) -> list[Any]:
        """See `connection.batch`."""
        return accepted(self.replies(commands))

    def replies(self, commands: Sequence[tuple[Any, ...]]) -> list[Any]:
        """See `connection.replies`."""
        shares: dict[Server, list[int]] = {}
        for number, command in enumerate(commands):
            shares.setdefault(self._serving(_slot(_key(command))), []).append(number)
        replies: list[Any] = [None] * len(commands)
        for server, numbers in shares.items():
            share = [commands[number] for number in numbers]
            for number, reply in zip(numbers, self._share(server, share), strict=True):
                replies[number] = reply
        return replies

    def primaries(self) -> list[Server]:
        """See `connection.primaries`.

        They are asked for anew: what is sent to them goes to this one node, and no redirection tells when it has become
        a replica.
        """
        self._refresh()
        found = {server for server in self._table if server is not None}
        if not found:
            raise ClusterDownError("no node serves any slot")
        return sorted(found, key=lambda server: server.name)

    def node_of(self, key: str) -> str:
        """See `connection.node_of`."""
        server = self._table[_slot(key)] if self._table else None
        return server.name if server is not None else ""

    def close(self) -> None:
        """Close every connection."""
        for server in self._servers.values():
            server.close()
        self._servers.clear()
        self._table, self._outdated = [], True

    def _share(self, server: Server, commands: list[tuple[Any, ...]]) -> list[Any]:
        try:
            replies = exchange(server, lambda connection: send(connection, commands)())
        except (Lost, TooSlow):
            self._distrust(server)
            raise
        return [
            self._redirected(server, partial(_single, command)) if isinstance(reply, AskError) else reply
            for command, reply in zip(commands, replies, strict=True)
        ]

    def _redirected(self, server: Server, talk: Callable[[Any], Result]) -> Result:
        """What `talk` returns for `server`, or for the one that it is sent on to."""
        asking = False
        for _ in range(REDIRECTIONS):
            try:
                return exchange(server, (lambda connection: talk(_Asking(connection))) if asking else talk)
            except MovedError as moved:
                server, asking = self._moved(moved, server), False
            except AskError as ask:
                server, asking = self._server(_target(ask, server)), True
            except (Lost, TooSlow, ClusterDownError):
                self._distrust(server)
                raise
        raise ResponseError("the nodes of the cluster do not agree on who serves this key")

    def _serving(self, slot: int) -> Server:
        if self._outdated:
            self._refresh()
        server = self._table[slot]
        if server is None:
            self._outdated = True
            raise ClusterDownError(f"no node serves the slot {slot}")
        return server

    def _moved(self, moved: MovedError, server: Server) -> Server:
        target = self._server(_target(moved, server))
        self._table[moved.slot_id] = target
        # One slot that moved is seldom alone, but while many are moving, one after the other, each is patched.
        if monotonic() - self._read_at > PATCHED_SECONDS:
            self._outdated = True
        return target

    def _distrust(self, server: Server) -> None:
        self._outdated = True
        address = _address(server)
        if address in self._sources:
            self._sources[address] = self._sources.pop(address)

    def _refresh(self) -> None:
        """Read the table of slots from the first node that has it, within the timeouts."""
        deadline = monotonic() + (self._settings.redis_connect_timeout_ms + self._settings.redis_timeout_ms) / 1000
        failure: RedisError = Lost("the cluster has no nodes")
        for address in tuple(self._sources):
            try:
                rows = self._server(address).batch([("CLUSTER", "SLOTS")])[0]
            except RedisError as error:
                failure = error
                self._sources[address] = self._sources.pop(address)
                if monotonic() >= deadline:
                    break
                continue
            self._learn(rows, address[0])
            return
        raise failure

    def _learn(self, rows: list[Any], asked: str) -> None:
        """Take over a reply to CLUSTER SLOTS, from the node that was reached under the name `asked`."""
        table: list[Server | None] = [None] * REDIS_CLUSTER_HASH_SLOTS
        nodes: dict[Address, None] = {}
        for first, last, *serving in rows:
            addresses = [((node[0] or asked.encode()).decode(), int(node[1])) for node in serving]
            nodes |= dict.fromkeys(addresses)
            table[first : last + 1] = [self._server(addresses[0])] * (last + 1 - first)
        known = nodes | dict.fromkeys(self._seeds)
        self._sources = {address: None for address in self._sources if address in known} | known
        for address in [address for address in self._servers if address not in nodes]:
            self._servers.pop(address).close()
        self._table, self._read_at, self._outdated = table, monotonic(), False

    def _server(self, address: Address) -> Server:
        server = self._servers.get(address)
        if server is None:
            server = self._servers[address] = open_server(self._settings, address)
        return server


def _key(command: tuple[Any, ...]) -> str | bytes:
    position = KEY_AT.get(command[0])
    if position is None:
        raise DataError(f"{command[0]} names no key known to Cluster: send it to each of primaries()")
    key: str | bytes = command[position]
    return key


def _slot(key: str | bytes) -> int:
    return key_slot(key.encode() if isinstance(key, str) else key)


def _address(server: Server) -> Address:
    options = server.connection_pool.connection_kwargs
    return options["host"], options["port"]


def _target(redirection: AskError, server: Server) -> Address:
    # A node that does not know its own name leaves the host out: it is the one that was asked.
    return redirection.host or _address(server)[0], redirection.port


def _single(command: tuple[Any, ...], connection: Connection) -> Any:
    connection.send_command(*command)
    return connection.read_response()


class _Asking:
    """A connection to a node that is about to get the slot: each command needs leave to be answered already."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.read_response = connection.read_response

    def send_command(self, *args: Any) -> None:
        self._ask()
        self._connection.send_command(*args)

    def send_packed_command(self, command: list[bytes]) -> None:
        self._ask()
        self._connection.send_packed_command(command)

    def _ask(self) -> None:
        self._connection.send_command("ASKING")
        self._connection.read_response()
