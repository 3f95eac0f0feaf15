"""Options of a connection to one server, and the socket that they make, encrypted where they say so."""

from __future__ import annotations

import socket
from collections.abc import Callable
from time import monotonic

import msgspec

from ..config import Address, Settings

__all__ = ["ConnectionOptions", "Login", "connection_options", "open_socket", "static_login"]

Login = tuple[str, ...]
"""What AUTH takes: a password, or a user and a password or token; empty where nobody asks."""


class ConnectionOptions(msgspec.Struct, frozen=True):
    """Options of a connection to one server.

    Attributes
    ----------
    address
        Where it is; of a server that `locate` finds, only a name.
    connect_timeout, timeout
        Seconds to wait for a connection, and for an answer.
    login
        Who is there, asked at each connect, since a token does not last.
    locate
        Where the server is at the moment, asked before each connect; None where `address` always says it.
    database
        The number of the database.
    encrypted, ca_file
        Whether to use TLS, and the file of the certificate authority; None for those that the system trusts.
    """

    address: Address
    connect_timeout: float
    timeout: float
    login: Callable[[], Login] = tuple
    locate: Callable[[], Address] | None = None
    database: int = 0
    encrypted: bool = False
    ca_file: str | None = None


def connection_options(settings: Settings, address: Address, *, log_in: bool = True) -> ConnectionOptions:
    """Build the options for `address` from the settings. With `log_in=False` no AUTH is sent."""
    login: Callable[[], Login] = tuple
    if log_in and settings.redis_auth == "password":
        login = static_login(settings.redis_username, settings.redis_password)
    elif log_in and settings.redis_auth == "iam":
        from .iam import IamCredentials

        login = IamCredentials(settings, address[0]).get_credentials
    return ConnectionOptions(
        address=address,
        connect_timeout=settings.redis_connect_timeout_ms / 1000,
        timeout=settings.redis_timeout_ms / 1000,
        login=login,
        encrypted=settings.encrypted,
        ca_file=settings.redis_tls_ca_file,
    )


def static_login(user: str | None, password: str | None) -> Callable[[], Login]:
    """Return a login that stays the same."""
    login = (user, password or "") if user else (password,) if password else ()
    return lambda: login


def open_socket(options: ConnectionOptions, address: Address, deadline: float) -> socket.socket:
    """Return a socket that is connected to `address`; an encrypted one trusts the server's certificate.

    Parameters
    ----------
    deadline
        The `monotonic` time at which it has to be there, and all keys agreed on.

    Raises
    ------
    OSError
        There is none, or the certificate is not one to trust; a `TimeoutError` if it takes too long.
    """
    try:
        plain = _connect(address, deadline)
    except (ValueError, OverflowError) as error:
        # The name of a host that cannot be one, which a redirection may bring.
        raise OSError(f"there can be no such address: {error}") from error
    if not options.encrypted:
        return plain
    from ..tls import tls_context

    try:
        context = tls_context(options.ca_file)
        # One timeout for the whole handshake, whatever it consists of.
        plain.settimeout(max(deadline - monotonic(), 0.001))
        return context.wrap_socket(plain, server_hostname=_encode(address[0]))
    except BaseException:
        plain.close()
        raise


def _connect(address: Address, deadline: float) -> socket.socket:
    """Connect to the first address that answers; all addresses of a name together have until `deadline`."""
    host, port = address
    failure: OSError | None = None
    for family, kind, protocol, _, socket_address in socket.getaddrinfo(_encode(host), port, 0, socket.SOCK_STREAM):
        seconds = deadline - monotonic()
        if seconds <= 0:
            failure = failure or TimeoutError("looking the name up took longer than the connect timeout")
            break
        opened = socket.socket(family, kind, protocol)
        try:
            opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            opened.settimeout(seconds)
            opened.connect(socket_address)
        except OSError as error:
            opened.close()
            failure = error
            continue
        return opened
    raise failure or OSError("the name has no address")


def _encode(host: str) -> str | bytes:
    """Return an ASCII name as bytes, which stay as they are: for a text, `socket` and `ssl` load the codec of IDNA."""
    return host.encode() if host.isascii() else host
