"""A client of one server, and what every such client is made with."""

# mypy: allow-untyped-calls
from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from hiredis import pack_command
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import NoScriptError, ReadOnlyError, ResponseError
from redis.retry import Retry

from ...config import Address, Settings
from .plain import PlainConnection
from .pool import Pool
from .script import Call, Script

if TYPE_CHECKING:
    from redis.connection import Connection

__all__ = ["Server", "accepted", "evaluate", "evaluate_all", "exchange", "open_server", "send"]

Result = TypeVar("Result")


class Server(Redis):
    """A client of one server, be it alone, a node of a cluster, or the master of the moment."""

    @property
    def name(self) -> str:
        """Its ``host:port``."""
        options = self.connection_pool.connection_kwargs
        return f"{options['host']}:{options['port']}"

    def run(self, script: Script, keys: Sequence[str], args: Sequence[Any]) -> Any:
        """See `connection.run`."""
        pool = self.connection_pool
        connection = pool.get_connection()
        try:
            return evaluate(connection, script, keys, args)
        finally:
            pool.release(connection)

    def run_all(self, script: Script, calls: Mapping[int, Call], answers: dict[int, Any]) -> None:
        """See `connection.run_all`."""
        left = {number: call for number, call in calls.items() if number not in answers}
        exchange(self, lambda connection: evaluate_all(connection, script, left, answers))

    def batch(self, commands: Sequence[tuple[Any, ...]]) -> list[Any]:
        """See `connection.batch`."""
        return accepted(self.replies(commands))

    def replies(self, commands: Sequence[tuple[Any, ...]]) -> list[Any]:
        """See `connection.replies`."""
        return exchange(self, lambda connection: send(connection, commands)())

    def primaries(self) -> list[Server]:
        """See `connection.primaries`."""
        return [self]

    def node_of(self, _key: str, /) -> str:
        """See `connection.node_of`."""
        return ""


def open_server(settings: Settings, address: Address, *, log_in: bool = True, **options: Any) -> Server:
    """A client of the server at `address` that opens its first connection when the first command needs it.

    Parameters
    ----------
    log_in
        Whether the server asks who is there.
    options
        What a connection takes beyond what `settings` say; these win.
    """
    host, port = address
    connection: dict[str, Any] = {"host": host, "port": port, "connection_class": PlainConnection}
    if settings.encrypted:
        from .tls import TlsConnection

        connection |= {"connection_class": TlsConnection, "ca_file": settings.redis_tls_ca_file}
    if log_in and settings.redis_auth == "password":
        connection |= {"username": settings.redis_username, "password": settings.redis_password}
    if log_in and settings.redis_auth == "iam":
        from .iam import IamCredentials

        connection["credential_provider"] = IamCredentials(settings, host)
    pool = Pool(
        max_connections=settings.redis_max_connections,
        wait=settings.redis_timeout_ms / 1000,
        socket_connect_timeout=settings.redis_connect_timeout_ms / 1000,
        socket_timeout=settings.redis_timeout_ms / 1000,
        # With the defaults of redis-py 8 a closed port costs 3 s and a hung server a minute.
        retry=Retry(NoBackoff(), 0),
        # RESP 3 costs a HELLO at each connect, and brings nothing that the cache reads.
        protocol=2,
        driver_info=None,
        **connection | options,
    )
    server = Server(connection_pool=pool)
    server.auto_close_connection_pool = True
    return server


def exchange(server: Redis, talk: Callable[[Connection], Result]) -> Result:
    """What `talk` returns for a connection to `server`, which it has for itself meanwhile."""
    pool = server.connection_pool
    connection = pool.get_connection()
    try:
        return talk(connection)
    finally:
        pool.release(connection)


def evaluate(connection: Connection, script: Script, keys: Sequence[str], args: Sequence[Any]) -> Any:
    """What `script` returns, sent whole where the server does not know it."""
    # Packed without a look at each argument: there are only texts, bytes and numbers.
    connection.send_packed_command([pack_command(("EVALSHA", script.sha1, len(keys), *keys, *args))])
    try:
        return connection.read_response()
    except NoScriptError:
        connection.send_command("EVAL", script.source, len(keys), *keys, *args)
        return connection.read_response()


def evaluate_all(connection: Connection, script: Script, calls: Mapping[int, Call], answers: dict[int, Any]) -> None:
    """Put what `script` returns for each of `calls` into `answers` as it comes in; an error of Redis is an answer.

    Raises
    ------
    redis.exceptions.ReadOnlyError
        The server has become a read-only replica, and the connection to it is closed.
    """
    known = {number: ("EVALSHA", script.sha1, len(call.keys), *call.keys, *call.args) for number, call in calls.items()}
    unknown = _answered(connection, known, answers)
    if unknown:
        # The first brings the script along, and the others find it there.
        first = calls[unknown[0]]
        again = {number: known[number] for number in unknown}
        again[unknown[0]] = ("EVAL", script.source, len(first.keys), *first.keys, *first.args)
        _answered(connection, again, answers)


def _answered(connection: Connection, commands: Mapping[int, tuple[Any, ...]], answers: dict[int, Any]) -> list[int]:
    """Send all `commands` and collect their answers; gives those that met a server without the script."""
    unknown = []
    connection.send_packed_command([b"".join(map(pack_command, commands.values()))])
    for number in commands:
        try:
            answers[number] = connection.read_response()
        except NoScriptError:
            unknown.append(number)
        except ReadOnlyError:
            raise
        except ResponseError as error:
            answers[number] = error
    return unknown


def send(connection: Connection, commands: Sequence[tuple[Any, ...]]) -> Callable[[], list[Any]]:
    """Send all `commands`; the result waits for their replies, in which a refused command is its error."""
    connection.send_packed_command(connection.pack_commands(commands))

    def reply() -> Any:
        try:
            return connection.read_response()
        except ResponseError as error:
            return error

    return lambda: [reply() for _ in commands]


def accepted(replies: list[Any]) -> list[Any]:
    """The same `replies`, if there is no error among them; otherwise raises the first."""
    for reply in replies:
        if isinstance(reply, ResponseError):
            raise reply
    return replies
