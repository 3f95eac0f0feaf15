"""A function as services of this kind usually start: segno, Pillow, redis, Powertools with a resolver.

Each part is made as its own documentation shows. It is imported in processes that have nothing of this project.
"""

from __future__ import annotations

from io import BytesIO

import redis
import segno
from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from PIL import Image

__all__ = ["lambda_handler"]

LOADED = (redis.Redis, Image.new, Logger(service="usual"), Metrics(namespace="Usual", service="usual"))

api = APIGatewayHttpResolver()


@api.get("/api/qr/generate")
def generate() -> Response[str]:
    """Draw a plain SVG."""
    code = segno.make(api.current_event.query_string_parameters["data"], error="M", micro=False)
    out = BytesIO()
    code.save(out, kind="svg")
    return Response(200, "image/svg+xml", out.getvalue().decode())


lambda_handler = api.resolve
