"""The address at which goqr.me reads pictures."""

from __future__ import annotations

from typing import Any

from .headers import references
from .schemas import REFERENCE

__all__ = ["DROP_IN_READ_PATHS"]

_FIELDS: dict[str, tuple[str, dict[str, Any]]] = {
    "file": ("The picture.", {"type": "string", "format": "binary", "contentMediaType": "application/octet-stream"}),
    "MAX_FILE_SIZE": ("Bytes beyond which the picture is too big.", {"type": "string"}),
    "outputformat": ("json or xml; json if not given.", {"type": "string"}),
    "fileurl": ("The service fetches no URLs, and treats each as unreachable.", {"type": "string"}),
}
_QUERY: list[dict[str, Any]] = [
    {"name": name, "in": "query", "description": _FIELDS[name][0], "schema": _FIELDS[name][1]}
    for name in ("outputformat", "fileurl")
]
_FORM: dict[str, Any] = {
    "required": False,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "properties": {
                    name: {"description": description, **schema} for name, (description, schema) in _FIELDS.items()
                },
            }
        }
    },
}


def _operation(method: str, end: str) -> dict[str, Any]:
    return {
        "operationId": f"goqrRead{method.capitalize()}{'Slash' if end else ''}",
        "tags": ["drop-in"],
        "summary": "What a code says, as goqr.me answers it",
        "description": "The status is always 200; `error` says what went wrong.",
        "security": [],
        "parameters": list(_QUERY),
        **({"requestBody": _FORM} if method == "post" else {}),
        "responses": {
            "200": {
                "description": "A list of one.",
                "headers": references("Cache-Control=NoStore", "X-Content-Type-Options"),
                "content": {
                    "application/json": {
                        "schema": {
                            "type": "array",
                            "minItems": 1,
                            "maxItems": 1,
                            "items": {"$ref": f"{REFERENCE}GoqrReading"},
                        }
                    },
                    "application/xml": {"schema": {"type": "string"}},
                },
            },
            "403": {"$ref": "#/components/responses/NotSigned"},
            "429": {"$ref": "#/components/responses/TooManyRequests"},
            "500": {"$ref": "#/components/responses/InternalError"},
        },
    }


DROP_IN_READ_PATHS: dict[str, dict[str, Any]] = {
    f"/v1/read-qr-code{end}": {method: _operation(method, end) for method in ("get", "post")} for end in ("", "/")
}
