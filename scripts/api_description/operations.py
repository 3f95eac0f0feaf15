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
            "Each code has a result of its own; a bad one gets its problem and never fails the others, unless "
            "`stop_on_error` leaves the rest undone. The body may have 4 MiB, the pictures of an answer 5 MiB.",
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
            "What a request would give",
            "The symbol, what it has room for, and every warning about reading it, without drawing it. What generate "
            "would refuse is refused here with the same problem, except for what only the finished picture shows: "
            "that a decoder cannot read it, and that its format cannot carry it.",
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
            "The styles that a request may name",
            "The styles that the owner of the service has put beside it, each with the address of a code in it. A "
            "request names one with `style`.",
            answers={
                "200": success(
                    "The styles, by name; a thousand at most.",
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
            "What the codes in a picture say",
            "The symbols of a PNG, JPEG, WebP, GIF, AVIF or SVG, sixteen at most, the largest first, and how well that "
            "one can be read. The picture is the body, the field `file` of a form, or a data URI in JSON; none is "
            "fetched from a URL. It may have 4 MiB and 16 megapixels; of an animation the first frame is read. "
            "A picture without a symbol is no error: the list is empty.",
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
            answers={"200": success("What is read.", json_content("ReadAnswer"), UNKEPT), **TOO_LARGE},
        ),
    },
    "/healthz": {
        "get": operation(
            "health",
            "codes",
            "Whether the service runs",
            "Answers as long as the function runs, without a look at the cache, and is kept by nobody. It says which "
            "version answers, and which version its pictures have.",
            answers={"200": success("It runs.", json_content("Health"), UNKEPT)},
        ),
        "head": operation(
            "healthHead",
            "codes",
            "Whether the service runs, without the words",
            "Status and headers of the same GET.",
            answers={"200": {"description": "It runs.", "headers": UNKEPT}},
        ),
    },
    "/openapi.json": {
        "get": operation(
            "describe",
            "about",
            "This description",
            "The same in JSON, with the address that it was asked at as its only server.",
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
