"""``GET /healthz``: report that the function runs, and its version, without asking any other service."""

from __future__ import annotations

from ... import RENDERER_VERSION, __version__
from ..gateway import NO_STORE, Request, Response, json_response

__all__ = ["get"]


def get(_: Request) -> tuple[Response, str]:
    """Answer that the function is alive, with the version of the service and of its pictures; no cache may keep it."""
    body = {"status": "ok", "version": __version__, "renderer_version": RENDERER_VERSION}
    return json_response(body, headers=NO_STORE), "done"
