"""The page for people, and what it loads."""

from __future__ import annotations

from typing import Any

from .headers import references

__all__ = ["PAGE_PATHS"]

_INDEX = {
    "type": "object",
    "properties": {
        "name": {"type": "string"},
        "version": {"type": "string", "description": "The version of the service."},
        "example": {"type": "string", "description": "The path of a first picture."},
        "routes": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {name: {"type": "string"} for name in ("method", "path", "summary")},
                "required": ["method", "path", "summary"],
            },
        },
    },
    "required": ["name", "version", "example", "routes"],
}

_TEXT = {"schema": {"type": "string"}}
_INDEX_HEADERS = references("Vary=Vary-of-page", "Cache-Control=NoCache", "X-Content-Type-Options")
_PAGE_HEADERS = references("ETag=ETag-of-page", "Content-Encoding=Content-Encoding-of-page")
_FILE_HEADERS = {
    **references("ETag=ETag-of-file", "Content-Encoding=Content-Encoding-of-page", "Vary=Vary-of-batch"),
    **references("Cache-Control=File", "X-Content-Type-Options"),
}

_PARAMETERS = [
    {
        "name": "version",
        "in": "path",
        "required": True,
        "description": "What the page's addresses have: it changes with any file, so that each may be kept for ever.",
        "schema": {"type": "string", "minLength": 1},
    },
    {
        "name": "file",
        "in": "path",
        "required": True,
        "description": "The name of the file.",
        "schema": {"type": "string", "minLength": 1},
    },
]


def _operation(identity: str, summary: str, description: str, responses: dict[str, Any]) -> dict[str, Any]:
    other = {
        "429": {"$ref": "#/components/responses/TooManyRequests"},
        "500": {"$ref": "#/components/responses/InternalError"},
    }
    return {
        "operationId": identity,
        "tags": ["page"],
        "summary": summary,
        "description": description,
        "security": [],
        "responses": dict(sorted({**responses, **other}.items())),
    }


def _ok(description: str, headers: dict[str, Any], content: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"200": {"description": description, "headers": headers, **({"content": content} if content else {})}}


def _file(identity: str, summary: str, description: str, content: dict[str, Any] | None = None) -> dict[str, Any]:
    missing = {"404": {"$ref": "#/components/responses/FileNotFound"}}
    responses = {**_ok("The file.", _FILE_HEADERS, content), **missing}
    return {**_operation(identity, summary, description, responses), "parameters": _PARAMETERS}


PAGE_PATHS: dict[str, Any] = {
    "/": {
        "get": _operation(
            "index",
            "The page for people, or this list for programs",
            "A client that ranks HTML above JSON, as browsers do, gets a page that makes, reads and grades codes. All "
            "others get the list of routes, and so does everybody where the setting `STUDIO` is `false`.",
            _ok(
                "The page, or the routes.",
                {**_INDEX_HEADERS, **_PAGE_HEADERS},
                {"application/json": {"schema": _INDEX}, "text/html": _TEXT},
            ),
        ),
        "head": _operation(
            "indexHead",
            "The same without the body",
            "Status and headers of the same GET.",
            _ok("The page, or the routes.", {**_INDEX_HEADERS, **_PAGE_HEADERS}),
        ),
    },
    "/studio/{version}/{file}": {
        "get": _file(
            "pageFile",
            "A file of the page",
            "Its modules, its style sheet, and the pictures on its buttons.",
            {"text/javascript": _TEXT, "text/css": _TEXT, "image/svg+xml": _TEXT},
        ),
        "head": _file("pageFileHead", "The same without the body", "Status and headers of the same GET."),
    },
}
"""The routes with their operations."""
