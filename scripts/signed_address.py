"""Signed URLs for programs that call a service: with SIGNING_KEY, and SIGNING_KEY_ID, of the environment."""

from __future__ import annotations

import os
from time import time

__all__ = ["sign_with_environment"]


def sign_with_environment(method: str, address: str, body: bytes = b"", *, seconds: int | None = None) -> str:
    """Return a path and its query with a signature; as they are where there is no key in the environment.

    Parameters
    ----------
    seconds
        How long the address works; None for ever.
    """
    variables = {name: os.environ.get(name, "") for name in ("SIGNING_KEY", "SIGNING_KEY_ID")}
    if not variables["SIGNING_KEY"].strip():
        return address
    from qr_engine.api.signing.keys import keys_of, sign_address
    from qr_engine.config import load

    (key,) = keys_of(load(variables))
    return sign_address(key, method, address, None if seconds is None else int(time()) + seconds, body)
