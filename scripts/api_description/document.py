"""The whole document, and how it is written."""

from __future__ import annotations

import json
from typing import Any

import yaml

from qr_engine import __version__

from .drop_in import DROP_IN_COMPONENTS, DROP_IN_PATHS
from .drop_in_read import DROP_IN_READ_PATHS
from .headers import HEADERS
from .operation import OPEN, SIGNATURE
from .operations import PATHS
from .page import PAGE_PATHS
from .parameters import PARAMETERS, condition_parameters, query_parameters
from .problems import RESPONSES
from .schemas import Schema, schemas

__all__ = ["SERVED", "document", "print_document", "print_served"]

SERVED = "layers/qr_engine/qr_engine/api/description/openapi.json"
"""The file that the service hands out, from the root of the repository."""

_ABOUT = """\
QR codes as vector graphics, bitmaps, text or modules, plain or styled, drawn on request and served from a cache.

Every answer other than success is a problem document (RFC 9457) that lists everything wrong with the request at once.
The same request always gives the same bytes, and therefore the same `ETag`."""

_HEAD = "# Written from the code by `python scripts/openapi.py`; a test holds it against the code.\n"


def document() -> dict[str, Any]:
    """Return the OpenAPI 3.1 document as plain data."""
    components = schemas()
    query = {parameter["name"]: parameter for parameter in query_parameters(components)}
    references = [{"$ref": PARAMETERS + name} for name in query]
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "QR Engine",
            "version": __version__,
            "description": _ABOUT,
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [
            {"url": "http://127.0.0.1:3000", "description": "The local API, `make run`."},
            {
                "url": "https://{api}.execute-api.{region}.amazonaws.com",
                "description": "A deployment: the stack's output `ApiUrl`.",
                "variables": {"api": {"default": "api"}, "region": {"default": "eu-central-1"}},
            },
        ],
        "tags": [
            {"name": "codes", "description": "Making QR codes. Public or signed, and throttled."},
            {"name": "drop-in", "description": "The paths of other services. Public or signed, and throttled."},
            {"name": "about", "description": "Descriptions of the service."},
            {"name": "page", "description": "The page for browsers."},
            {"name": "cache", "description": "Managing the cache. For callers with IAM permissions, or signed."},
        ],
        "paths": _with_signature(
            _with_parameters(
                {**PATHS, **PAGE_PATHS, **DROP_IN_PATHS, **DROP_IN_READ_PATHS},
                {
                    ("/api/qr/generate", "get"): references,
                    ("/api/qr/generate", "head"): references,
                    ("/api/qr/generate.{ending}", "get"): references,
                    ("/api/qr/generate.{ending}", "head"): references,
                    ("/api/qr/cache/clear", "post"): condition_parameters(components),
                },
            )
        ),
        "components": {
            "schemas": components,
            "parameters": {**query, **DROP_IN_COMPONENTS["parameters"], **_SIGNATURE},
            "responses": {**RESPONSES, **DROP_IN_COMPONENTS["responses"]},
            "requestBodies": DROP_IN_COMPONENTS["requestBodies"],
            "headers": HEADERS,
            "securitySchemes": {
                "sigv4": {
                    "type": "apiKey",
                    "in": "header",
                    "name": "Authorization",
                    "description": "AWS Signature Version 4, with permission for `execute-api:Invoke` on the route.",
                    "x-amazon-apigateway-authtype": "awsSigv4",
                },
            },
        },
    }


def print_document() -> str:
    """Return the document as YAML, the same text each time."""
    body: str = yaml.dump(document(), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=118)
    return _HEAD + body


def print_served() -> str:
    """Return the document as compact JSON, without the servers, which the service fills in."""
    return json.dumps({**document(), "servers": []}, ensure_ascii=False, separators=(",", ":")) + "\n"


_SIGNATURE = {
    name: {"name": name, "in": "query", "description": description, "schema": {"type": "string"}}
    for name, description in SIGNATURE.items()
}


def _with_signature(paths: dict[str, Any]) -> dict[str, Any]:
    """Add the parameters of a signed URL to the operations that may ask for one."""
    references = [{"$ref": PARAMETERS + name} for name in SIGNATURE]
    return {
        path: {method: _with_references(operation, references) for method, operation in methods.items()}
        for path, methods in paths.items()
    }


def _with_references(operation: dict[str, Any], references: list[Schema]) -> dict[str, Any]:
    if operation["tags"][0] in ("about", "page") or operation["operationId"] in OPEN:
        return operation
    rest: dict[str, Any] = {name: operation[name] for name in ("requestBody", "responses") if name in operation}
    head = {name: value for name, value in operation.items() if name not in rest}
    return {**head, "parameters": [*operation.get("parameters", ()), *references], **rest}


def _with_parameters(paths: dict[str, Any], queries: dict[tuple[str, str], list[Schema]]) -> dict[str, Any]:
    merged = {path: dict(methods) for path, methods in paths.items()}
    for (path, method), query in queries.items():
        operation = merged[path][method]
        rest = {name: operation[name] for name in ("requestBody", "responses") if name in operation}
        head = {name: value for name, value in operation.items() if name not in rest}
        merged[path][method] = {**head, "parameters": [*query, *operation.get("parameters", ())], **rest}
    return merged


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as blocks, and never an alias."""

    def ignore_aliases(self, _: Any) -> bool:
        return True


def _text(dumper: _Dumper, text: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _text)
