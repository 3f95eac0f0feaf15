"""The generate function: ``/api/qr/generate``, ``/api/qr/batch`` and ``/api/qr/validate``."""

from typing import Any

from qr_engine.engine import prepare
from qr_engine.http import Event, Response, serve
from qr_engine.routes import batch, picture, validate

ROUTES = {
    "GET /api/qr/generate": picture.get,
    "POST /api/qr/generate": picture.post,
    "POST /api/qr/batch": batch.post,
    "POST /api/qr/validate": validate.post,
}

prepare()


def lambda_handler(event: Event, context: Any) -> Response:
    """Answer one API Gateway event."""
    return serve(event, context, "generate", ROUTES)
