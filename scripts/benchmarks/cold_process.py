"""Runs in a fresh interpreter: import one stack after the runtime client, answer one event, print the seconds.

Takes the stack, ``engine`` or ``usual``, and the folders to import from.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from io import BytesIO
from time import perf_counter
from types import SimpleNamespace
from typing import Any

__all__: list[str] = []

Handler = Callable[[dict[str, Any], Any], Any]

_LATER = 50


def _engine() -> Handler:
    handler: Handler = importlib.import_module("app").lambda_handler
    return handler


def _usual() -> Handler:
    """What a service of this kind starts with, each part made as its own documentation shows."""
    import redis
    import segno
    from aws_lambda_powertools import Logger, Metrics
    from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
    from PIL import Image

    loaded = (redis.Redis, Image.new, Logger(service="usual"), Metrics(namespace="Usual", service="usual"))
    assert all(loaded)
    api = APIGatewayHttpResolver()

    @api.get("/api/qr/generate")
    def generate() -> Response[str]:
        code = segno.make(api.current_event.query_string_parameters["data"], error="M", micro=False)
        out = BytesIO()
        code.save(out, kind="svg")
        return Response(200, "image/svg+xml", out.getvalue().decode())

    return api.resolve


def main() -> None:
    """Read the event from standard input and print what each part took, in seconds."""
    stack, *folders = sys.argv[1:]
    sys.path[:0] = folders
    event = json.load(sys.stdin)
    importlib.import_module("awslambdaric.bootstrap")
    ready = perf_counter()
    handler = {"engine": _engine, "usual": _usual}[stack]()
    imported = perf_counter()
    # The metrics line goes where it cannot mix with the result.
    with open(os.devnull, "w") as nowhere, redirect_stdout(nowhere):
        response = handler(event, SimpleNamespace())
        answered = perf_counter()
        for _ in range(_LATER):
            handler(event, SimpleNamespace())
        done = perf_counter()
    assert response["statusCode"] == 200, response
    seconds = {"import": imported - ready, "first request": answered - imported, "both": answered - ready}
    print(json.dumps({**seconds, "later request": (done - answered) / _LATER}))


main()
