"""The clear function: ``POST /api/qr/cache/clear``."""

from typing import Any

from qr_engine.api.gateway import Event, Response, serve
from qr_engine.api.routes import cache, signature_guard
from qr_engine.pipeline.engine import prepare

ROUTES = {"POST /api/qr/cache/clear": cache.clear}

prepare()


def lambda_handler(event: Event, context: Any) -> Response:
    """Answer one API Gateway event."""
    return serve(event, context, "clear", ROUTES, guard=signature_guard("admin"))
