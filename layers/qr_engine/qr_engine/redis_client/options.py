"""Options of a connection to one server, and the socket that they describe, with or without TLS."""

from __future__ import annotations

import socket
from collections.abc import Callable
from time import monotonic

import msgspec

from ..config import Address, Settings

__all__ = ["ConnectionOptions", "Login", "connection_options", "open_socket", "static_login"]

Login = tuple[str, ...]
"""The arguments of AUTH: a password, or a user and a password or token; empty for no login."""


class ConnectionOptions(msgspec.Struct, frozen=True):
    """Options of a connection to one server.

    Attributes
    ----------
    address
        Where the server is; if `locate` is set, only a name for it.
    connect_timeout, timeout
        Seconds to wait for a connection, and for an answer.
    login
        Gives the login; called at each connect, since a token expires.
    locate
        Finds the server's current address before each connect; None if `address` is always right.
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
    """Return a login that never changes."""
    login = (user, password or "") if user else (password,) if password else ()
    return lambda: login


def open_socket(options: ConnectionOptions, address: Address, deadline: float) -> socket.socket:
    """Return a socket that is connected to `address`; with TLS, the server's certificate has been verified.

    Parameters
    ----------
    deadline
        The `monotonic` time by which the connection and its TLS handshake have to be complete.

    Raises
    ------
    OSError
        There is no connection, or the certificate is not trusted; a `TimeoutError` if it takes too long.
    """
    try:
        plain = _connect(address, deadline)
    except (ValueError, OverflowError) as error:
        # Not a valid host name; a redirection may contain one.
        raise OSError(f"there can be no such address: {error}") from error
    if not options.encrypted:
        return plain
    from ..tls import tls_context

    try:
        context = tls_context(options.ca_file)
        # One timeout for the whole handshake, however many messages it takes.
        plain.settimeout(max(deadline - monotonic(), 0.001))
        return context.wrap_socket(plain, server_hostname=_encode(address[0]))
    except BaseException:
        plain.close()
        raise


def _connect(address: Address, deadline: float) -> socket.socket:
    """Connect to the first address that answers; all addresses of a name share `deadline`."""
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
    """Return an ASCII name as bytes: given a text, `socket` and `ssl` would load the codec of IDNA."""
    return host.encode() if host.isascii() else host
