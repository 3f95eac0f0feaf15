"""The generate function: ``/api/qr/generate``, ``/api/qr/batch``, ``/api/qr/validate`` and ``/healthz``."""

from typing import Any

from qr_engine.api.gateway import Event, Response, serve
from qr_engine.api.routes import batch, generate, health, validate
from qr_engine.config import settings
from qr_engine.pipeline.engine import prepare

ROUTES = {
    "GET /api/qr/generate": generate.get,
    # API Gateway leaves the body out, as HTTP asks of it.
    "HEAD /api/qr/generate": generate.get,
    "POST /api/qr/generate": generate.post,
    "POST /api/qr/batch": batch.post,
    "POST /api/qr/validate": validate.post,
    "GET /healthz": health.get,
    "HEAD /healthz": health.get,
}

prepare()


def lambda_handler(event: Event, context: Any) -> Response:
    """Answer one API Gateway event."""
    return serve(event, context, "generate", ROUTES, secret=settings().origin_secret)
