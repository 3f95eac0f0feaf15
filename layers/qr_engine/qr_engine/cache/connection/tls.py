"""Encrypted connections that share one SSL context."""

from __future__ import annotations

import socket
import ssl
from functools import cache
from typing import Any

from .plain import PlainConnection

__all__ = ["TlsConnection", "context"]


@cache
def context(ca_file: str | None) -> ssl.SSLContext:
    """A context that verifies certificates and host names, against `ca_file` or what the system trusts.

    Loading the system's authorities takes 27 to 33 ms, which redis-py would do for each connection.

    Raises
    ------
    OSError
        The file cannot be read, or holds no certificate.
    """
    return ssl.create_default_context(cafile=ca_file)


class TlsConnection(PlainConnection):
    """A connection that uses TLS, and refuses a certificate that is not of the server it asked for.

    Parameters
    ----------
    ca_file
        The certificate authority, in PEM; None for those that the system trusts.
    options
        What `PlainConnection` takes.
    """

    # A TLS 1.3 server sends session tickets after the handshake: the socket is readable, yet there is nothing to read.
    _nothing_to_read = (ssl.SSLWantReadError,)

    def __init__(self, *, ca_file: str | None, **options: Any) -> None:
        super().__init__(**options)
        self._ca_file = ca_file

    def _connect(self) -> socket.socket:
        plain = super()._connect()
        try:
            return context(self._ca_file).wrap_socket(plain, server_hostname=self.host)
        except BaseException:
            plain.close()
            raise
