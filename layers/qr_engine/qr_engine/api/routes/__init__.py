"""The routes of the API, one file per endpoint; the Lambda functions only wire them to events."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from ...config import Signing, is_started_ahead, settings

if TYPE_CHECKING:
    from ..gateway import Guard, Handler, Request, Response

__all__ = ["on_demand", "signature_guard"]


def on_demand(module_name: str, name: str) -> Handler:
    """Return the function `name` of a module of this package; its first request loads the module.

    So a function with several routes starts no later because of routes that nobody has requested. If the environment
    starts ahead of its requests, the module is loaded at once.
    """
    if is_started_ahead():
        return _load(module_name, name)

    def handle(request: Request) -> tuple[Response, str]:
        return _load(module_name, name)(request)

    return handle


def signature_guard(mode: Signing) -> Guard | None:
    """Return the guard that passes signed requests only; it is loaded only if ``SIGNING`` is `mode`."""
    if settings().signing != mode:
        return None
    from ..signing.guard import answer_signed

    return answer_signed


def _load(module_name: str, name: str) -> Handler:
    handler: Handler = getattr(import_module(f".{module_name}", __package__), name)
    return handler
