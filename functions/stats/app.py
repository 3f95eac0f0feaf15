"""The stats function: ``GET /api/qr/cache/stats``."""

from typing import Any

from qr_engine.api.gateway import Event, Response, serve
from qr_engine.api.routes import cache, signature_guard
from qr_engine.pipeline.engine import prepare

ROUTES = {"GET /api/qr/cache/stats": cache.stats}

prepare()


def lambda_handler(event: Event, context: Any) -> Response:
    """Answer one API Gateway event."""
    return serve(event, context, "stats", ROUTES, guard=signature_guard("admin"))
