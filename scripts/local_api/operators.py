"""Who may use the routes for operators, for which AWS requires a signature: the cache's, and the metrics."""

from __future__ import annotations

from hmac import compare_digest
from typing import TYPE_CHECKING, Any

from qr_engine.errors import Forbidden

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .server_settings import ServerSettings

__all__ = ["check_operator"]


def check_operator(environ: Mapping[str, Any], settings: ServerSettings) -> None:
    """Allow a WSGI request that comes from this computer, or that has the token.

    Only the address that the server is bound to counts, since headers can claim anything.

    Raises
    ------
    Forbidden
        The server listens at an address that others reach, and the request does not have the token, or none is set.
    """
    if settings.is_loopback:
        return
    if settings.admin_token is None:
        raise Forbidden("This route is closed at an address that others reach, unless ADMIN_TOKEN is set.")
    scheme, _, token = str(environ.get("HTTP_AUTHORIZATION", "")).partition(" ")
    # WSGI represents each octet as one character (PEP 3333).
    shown = token.strip().encode("latin-1", errors="replace")
    if not compare_digest(shown, settings.admin_token.encode()) or scheme.lower() != "bearer":
        raise Forbidden("This route needs the token: Authorization: Bearer <ADMIN_TOKEN>.")
