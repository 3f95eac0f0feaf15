"""What each route takes and answers."""

from __future__ import annotations

from typing import Any

from .cache_operations import CACHE_PATHS
from .headers import references
from .operation import (
    JSON_ANSWER,
    PRIVATE,
    REQUESTS,
    TOO_LARGE,
    UNKEPT,
    UNREADABLE,
    json_content,
    operation,
    response,
    success,
)
from .picture_operations import PICTURE_PATHS

__all__ = ["PATHS"]

_BATCH_ANSWER = {
    **PRIVATE,
    **references("Vary=Vary-of-batch", "Content-Encoding=Content-Encoding-of-batch"),
    **JSON_ANSWER,
}

_READ = ("image/png", "image/jpeg", "image/webp", "image/gif", "image/avif", "image/svg+xml")

_DRAWN = (
    "data:image/png;base64,"
    "iVBORw0KGgoAAAANSUhEUgAAAEAAAABAAQMAAACQp+OdAAAABlBMVEX///8AAABVwtN+AAAACXBIWXMAAA7EAAAOxAGVKw4bAAAAmklE"
    "QVR4XmNigAKmQc8AAvk7zz+AGQJRJQJghniE6QUIIzwVyoh8CmEI+DyBqJG/Gg7RxSANkWHgzS6FiEhsZIGokbvQXABmcE21UAAzGF/L"
    "bAAzWCfJTAAzxLyvQdRw8xhC1Ije3d8AZjBIboQolr+7FcIQcA+E6BIPuQ9luCQfgDCiBCGWCsRdXQBmyB/4ZwBmQACm3wctAwBYXid5"
    "RYInKgAAAABJRU5ErkJggg=="
)
"""A code of https://example.com, as generate draws it with 64 pixels."""

PATHS: dict[str, dict[str, Any]] = {
    **PICTURE_PATHS,
    "/api/qr/batch": {
        "post": operation(
            "generateBatch",
            "codes",
            "Up to 50 codes in one call",
            "Each code has its own result. A code that fails gets a problem and never fails the others, but with "
            "`stop_on_error` the rest is skipped. The body can have 4 MiB, and the pictures of a response 5 MiB.",
            body=json_content(
                "BatchRequest",
                {
                    "two codes": {
                        "codes": [{"id": "home", "data": "https://example.com"}, {"data": "https://example.org"}]
                    }
                },
            ),
            answers={
                "200": success("A result for each code.", json_content("BatchAnswer"), _BATCH_ANSWER),
                **TOO_LARGE,
            },
        ),
    },
    "/api/qr/validate": {
        "post": operation(
            "validate",
            "codes",
            "What generate would draw for a request",
            "The symbol, its free capacity, and every warning about reading it, without drawing it. It refuses what "
            "generate would refuse, with the same problem, except for two errors that only the finished picture shows: "
            "that a decoder cannot read it, and that its format cannot represent it.",
            body=json_content("QRRequest", REQUESTS),
            answers={
                "200": success("The request can be drawn.", json_content("ValidateAnswer"), {**PRIVATE, **JSON_ANSWER}),
                **UNREADABLE,
            },
        ),
    },
    "/api/qr/styles": {
        "get": operation(
            "listStyles",
            "codes",
            "The named styles of the service",
            "The styles that the owner of the service has defined, each with the URL of an example code. A request "
            "selects one with `style`.",
            answers={
                "200": success(
                    "The styles by name, at most a thousand.",
                    json_content("StylesAnswer"),
                    {**references("Cache-Control=Minute-of-styles"), **JSON_ANSWER},
                ),
                "503": response("AssetUnavailable"),
            },
        ),
    },
    "/api/qr/read": {
        "post": operation(
            "read",
            "codes",
            "Read the codes in a picture",
            "Reads up to sixteen symbols of a PNG, JPEG, WebP, GIF, AVIF or SVG, the largest first, and grades that "
            "one. Send the picture as the body, in the field `file` of a form, or as a data URI in JSON; the service "
            "fetches no URLs. It can have 4 MiB and 16 megapixels. The service reads the first frame of an animation. "
            "A picture without a symbol is not an error: the list is empty.",
            body={
                **json_content("ReadRequest", {"a picture": {"image": _DRAWN}}),
                "multipart/form-data": {
                    "schema": {
                        "type": "object",
                        "properties": {
                            "file": {
                                "description": "The picture.",
                                "type": "string",
                                "format": "binary",
                                "contentMediaType": "application/octet-stream",
                            }
                        },
                        "required": ["file"],
                    }
                },
                **{
                    kind: {"schema": {"type": "string", "format": "binary", "contentMediaType": kind}} for kind in _READ
                },
            },
            answers={"200": success("The symbols and the grade.", json_content("ReadAnswer"), UNKEPT), **TOO_LARGE},
        ),
    },
    "/healthz": {
        "get": operation(
            "health",
            "codes",
            "Whether the service runs",
            "Answers as long as the function runs, without asking the cache; caches must not store the response. It "
            "gives the version of the service and the version of its renderer.",
            answers={"200": success("It runs.", json_content("Health"), UNKEPT)},
        ),
        "head": operation(
            "healthHead",
            "codes",
            "Whether the service runs, without the body",
            "Status and headers of the same GET.",
            answers={"200": {"description": "It runs.", "headers": UNKEPT}},
        ),
    },
    "/openapi.json": {
        "get": operation(
            "describe",
            "about",
            "This description",
            "This description in JSON, with the host of the request as its only server.",
            answers={
                "200": success(
                    "OpenAPI 3.1.",
                    {"application/json": {"schema": {"type": "object", "additionalProperties": True}}},
                    {**references("Cache-Control=Minutes"), **JSON_ANSWER},
                )
            },
        ),
    },
    "/llms.txt": {
        "get": operation(
            "page",
            "about",
            "What a language model needs to write a request",
            "One page of plain text.",
            answers={
                "200": success(
                    "The page.",
                    {"text/plain": {"schema": {"type": "string"}}},
                    {**references("Cache-Control=Minutes"), **JSON_ANSWER},
                )
            },
        ),
    },
    **CACHE_PATHS,
}
