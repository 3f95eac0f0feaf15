"""``GET /healthz``: that the function runs, and what it is. It asks nobody, the cache least of all."""

from __future__ import annotations

from ... import RENDERER_VERSION, __version__
from ..gateway import NO_STORE, Request, Response, json_response

__all__ = ["get"]


def get(_: Request) -> tuple[Response, str]:
    """Alive, with the version of the service and that of its pictures; no cache on the way may keep it."""
    body = {"status": "ok", "version": __version__, "renderer_version": RENDERER_VERSION}
    return json_response(body, headers=NO_STORE), "done"
