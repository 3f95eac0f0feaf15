from __future__ import annotations

import base64
import importlib.util
import io
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import msgspec
import pytest
import zxingcpp
from PIL import Image
from tests.environment import forget, fresh

DATA = "https://example.com/žluť"

FUNCTIONS = Path(__file__).parents[4] / "functions"

Call = Callable[..., "Answer"]


class Answer(msgspec.Struct):
    """What API Gateway would send on."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def event_v2(
    route: str,
    *,
    query: str | Mapping[str, str] | list[tuple[str, str]] = "",
    body: str | bytes | None = None,
    headers: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """A payload of version 2.0 with the parts that a handler may look at."""
    method, path = route.split(" ")
    event: dict[str, Any] = {
        "version": "2.0",
        "routeKey": route,
        "rawPath": path,
        "rawQueryString": query if isinstance(query, str) else urlencode(query),
        "headers": dict(headers or {}),
        "requestContext": {"http": {"method": method, "path": path}, "stage": "$default"},
        "isBase64Encoded": isinstance(body, bytes),
    }
    if body is not None:
        event["body"] = base64.b64encode(body).decode() if isinstance(body, bytes) else body
    return event


def event_v1(
    route: str,
    *,
    query: Mapping[str, list[str]] | None = None,
    body: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """A payload of version 1.0, as a REST API sends it."""
    method, path = route.split(" ")
    return {
        "version": "1.0",
        "resource": path,
        "path": path,
        "httpMethod": method,
        "headers": dict(headers) if headers else None,
        "queryStringParameters": {name: values[-1] for name, values in query.items()} if query else None,
        "multiValueQueryStringParameters": dict(query) if query else None,
        "body": body,
        "isBase64Encoded": False,
    }


def load(function: str) -> Callable[[Mapping[str, Any], Any], dict[str, Any]]:
    """The handler of one function, as Lambda would import it."""
    spec = importlib.util.spec_from_file_location(f"{function}_app", FUNCTIONS / function / "app.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    handler: Callable[[Mapping[str, Any], Any], dict[str, Any]] = module.lambda_handler
    return handler


def answer(response: dict[str, Any]) -> Answer:
    """Undo the encoding of the body, as API Gateway does."""
    body = response["body"]
    decoded = base64.b64decode(body) if response["isBase64Encoded"] else body.encode()
    return Answer(response["statusCode"], response["headers"], decoded)


HANDLERS = {function: load(function) for function in ("generate", "stats", "clear", "warm")}

FUNCTION_OF = {
    "GET /api/qr/cache/stats": "stats",
    "POST /api/qr/cache/clear": "clear",
    "POST /api/qr/cache/warm": "warm",
}


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A new execution environment with nothing set."""
    fresh(monkeypatch)
    yield
    forget()


@pytest.fixture
def call() -> Call:
    """Call a route as API Gateway would, by payload 2.0."""

    def calling(route: str, **parts: Any) -> Answer:
        if "json" in parts:
            parts["body"] = json.dumps(parts.pop("json"))
        return answer(HANDLERS[FUNCTION_OF.get(route, "generate")](event_v2(route, **parts), None))

    return calling


def draw(call: Call, **fields: Any) -> Any:
    """The envelope of a code that is drawn: a PNG of `DATA` unless `fields` say otherwise."""
    response = call("POST /api/qr/generate", json={"data": DATA, "format": "png", **fields})
    assert response.status == 200, response.json
    return response.json


def read_png(body: bytes) -> str:
    """The text that an independent reader finds in a PNG; of other kinds, some see a barcode in a row of modules."""
    drawn = Image.open(io.BytesIO(body)).convert("RGBA")
    image = Image.alpha_composite(Image.new("RGBA", drawn.size, "white"), drawn).convert("L")
    kinds = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.MicroQRCode])
    (found,) = zxingcpp.read_barcodes(image, formats=kinds, text_mode=zxingcpp.TextMode.Plain)
    return found.text
