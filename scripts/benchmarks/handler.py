"""The generate function's handler as Lambda calls it, metrics line included."""

from __future__ import annotations

import importlib.util
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

__all__ = ["Event", "get_event", "lambda_handler", "post_event", "prepare_environment", "require_status", "silent"]

ROOT = Path(__file__).resolve().parents[2]

Event = dict[str, Any]


def prepare_environment() -> None:
    """Set what the template sets and unset what would change the work; before the engine is first imported."""
    for name in [name for name in os.environ if name.startswith(("REDIS_", "MEMORY_CACHE_", "POWERTOOLS_", "AWS_"))]:
        del os.environ[name]
    os.environ["POWERTOOLS_SERVICE_NAME"] = "qr-engine"
    os.environ["POWERTOOLS_METRICS_NAMESPACE"] = "QREngine"


def lambda_handler() -> Callable[[Event], dict[str, Any]]:
    """``functions/generate/app.py``, imported from where it is."""
    spec = importlib.util.spec_from_file_location("generate_app", ROOT / "functions" / "generate" / "app.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)

    def handler(event: Event) -> dict[str, Any]:
        response: dict[str, Any] = module.lambda_handler(event, None)
        return response

    return handler


def get_event(query: Mapping[str, str | list[str]], **headers: str) -> Event:
    """Return what API Gateway makes of a GET by a browser; `headers` with underscores for hyphens."""
    event: Event = json.loads((ROOT / "events" / "generate-get.json").read_text())
    event["rawQueryString"] = urlencode(query, doseq=True)
    event["queryStringParameters"] = {
        name: value if isinstance(value, str) else ",".join(value) for name, value in query.items()
    }
    event["headers"].update({name.replace("_", "-"): value for name, value in headers.items()})
    return event


def post_event(body: str) -> Event:
    """Return what API Gateway makes of a POST with that body."""
    event: Event = json.loads((ROOT / "events" / "generate-post.json").read_text())
    event.update({"body": body, "isBase64Encoded": False})
    return event


def require_status(response: Mapping[str, Any], status: int) -> None:
    """Raise ValueError unless the answer is the one that is to be measured."""
    if response["statusCode"] != status:
        raise ValueError(f"answered {response['statusCode']} and not {status}: {response['body'][:200]}")


@contextmanager
def silent() -> Iterator[None]:
    """Let the metrics lines be written, each with its system call, to where nobody reads them."""
    with Path(os.devnull).open("w", buffering=1) as nowhere, redirect_stdout(nowhere):
        yield
