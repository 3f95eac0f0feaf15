"""How one server is reached: where it is, who is there, and the socket, encrypted where that is asked for."""

from __future__ import annotations

import socket
from collections.abc import Callable
from time import monotonic

import msgspec

from ..config import Address, Settings

__all__ = ["Dial", "Login", "dial", "known", "open_socket"]

Login = tuple[str, ...]
"""What AUTH takes: a password, or a user and a password or token; empty where nobody asks."""


class Dial(msgspec.Struct, frozen=True):
    """What it takes to connect to one server.

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


def dial(settings: Settings, address: Address, *, log_in: bool = True) -> Dial:
    """How `settings` say that the server at `address` is reached; `log_in` says whether it asks who is there."""
    login: Callable[[], Login] = tuple
    if log_in and settings.redis_auth == "password":
        login = known(settings.redis_username, settings.redis_password)
    elif log_in and settings.redis_auth == "iam":
        from .iam import IamCredentials

        login = IamCredentials(settings, address[0]).get_credentials
    return Dial(
        address=address,
        connect_timeout=settings.redis_connect_timeout_ms / 1000,
        timeout=settings.redis_timeout_ms / 1000,
        login=login,
        encrypted=settings.encrypted,
        ca_file=settings.redis_tls_ca_file,
    )


def known(user: str | None, password: str | None) -> Callable[[], Login]:
    """A login that stays the same."""
    login = (user, password or "") if user else (password,) if password else ()
    return lambda: login


def open_socket(dial: Dial, address: Address, deadline: float) -> socket.socket:
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
        plain = _connected(address, deadline)
    except (ValueError, OverflowError) as error:
        # The name of a host that cannot be one, which a redirection may bring.
        raise OSError(f"there can be no such address: {error}") from error
    if not dial.encrypted:
        return plain
    from .tls import context

    try:
        found = context(dial.ca_file)
        # One timeout for the whole handshake, whatever it consists of.
        plain.settimeout(max(deadline - monotonic(), 0.001))
        return found.wrap_socket(plain, server_hostname=address[0])
    except BaseException:
        plain.close()
        raise


def _connected(address: Address, deadline: float) -> socket.socket:
    """To the first address that answers; all addresses of a name together have until `deadline`."""
    failure: OSError | None = None
    for family, kind, protocol, _, place in socket.getaddrinfo(*address, 0, socket.SOCK_STREAM):
        left = deadline - monotonic()
        if left <= 0:
            failure = failure or TimeoutError("looking the name up took longer than the connect timeout")
            break
        found = socket.socket(family, kind, protocol)
        try:
            found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            found.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            found.settimeout(left)
            found.connect(place)
        except OSError as error:
            found.close()
            failure = error
            continue
        return found
    raise failure or OSError("the name has no address")
