"""Encryption of connections to Redis. Importing this imports ssl."""

from __future__ import annotations

import os
import re
import ssl
from functools import cache

__all__ = ["NOTHING_TO_READ", "tls_context"]

NOTHING_TO_READ = ssl.SSLWantReadError
"""What reading says after a TLS 1.3 server has sent session tickets: the socket is readable, yet holds no data."""

_AMAZON_LINUX = "/etc/pki/ca-trust/extracted/pem/directory-hash"


@cache
def tls_context(ca_file: str | None) -> ssl.SSLContext:
    """Return the one context that verifies certificates and host names, by `ca_file` or what the system trusts.

    The file with all of the system's authorities takes 19 to 33 ms to read; where there is a folder that OpenSSL looks
    the one in question up in, that is used instead, in less than 1.

    Raises
    ------
    OSError
        The file cannot be read, or holds no certificate.
    """
    return ssl.create_default_context(cafile=ca_file, capath=None if ca_file else _authorities_folder())


def _authorities_folder() -> str | None:
    """Return a folder of authorities by the hash of their names (OpenSSL, SSL_CTX_load_verify_locations), or None.

    ``SSL_CERT_FILE`` and ``SSL_CERT_DIR`` say otherwise, as they do to every program.
    """
    paths = ssl.get_default_verify_paths()
    if paths.cafile not in (None, paths.openssl_cafile):
        return None
    return next((folder for folder in (paths.capath, _AMAZON_LINUX) if folder and _is_hashed(folder)), None)


def _is_hashed(folder: str) -> bool:
    try:
        return any(re.fullmatch(r"[0-9a-f]{8}\.[0-9]+", name) for name in os.listdir(folder))
    except OSError:
        return False
