"""One operation: what all of them have, and what several share."""

from __future__ import annotations

from typing import Any

from .headers import references
from .schemas import REFERENCE

__all__ = [
    "JSON_ANSWER",
    "OPEN",
    "PRIVATE",
    "REQUESTS",
    "SIGNATURE",
    "TOO_LARGE",
    "UNKEPT",
    "UNREADABLE",
    "json_content",
    "operation",
    "response",
    "success",
]

OPEN = ("health", "healthHead")
"""Operations on codes that a service never asks for a signature on."""

SIGNATURE = {
    "sig": "HMAC-SHA256 over the request, in base64url, where the service asks for signatures; docs/signing.md says "
    "over what. The first 16 bytes are enough.",
    "exp": "The time, in seconds since 1970, at which the signed URL expires. The cache routes require it.",
    "kid": "The name of the key that signed; without it any of the keys in use may have.",
}
"""The parameters of a signed URL. Where signatures are not asked for they play no part."""


def json_content(name: str, examples: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return the content of a body in JSON, by the name of its schema."""
    content: dict[str, Any] = {"schema": {"$ref": REFERENCE + name}}
    if examples:
        content["examples"] = {title: {"value": value} for title, value in examples.items()}
    return {"application/json": content}


def success(description: str, content: dict[str, Any], headers: dict[str, Any]) -> dict[str, Any]:
    """Return an answer with status 200."""
    return {"description": description, "headers": headers, "content": content}


def operation(
    identity: str,
    tag: str,
    summary: str,
    description: str,
    *,
    answers: dict[str, Any],
    body: dict[str, Any] | None = None,
    body_required: bool = True,
    parameters: tuple[dict[str, Any], ...] = (),
) -> dict[str, Any]:
    """Describe an operation; `answers`, by their status, go before those that every operation with its tag has."""
    other = {
        "400": "InvalidRequest",
        "500": "InternalError",
        "429": "TooManyRequests",
        **({"403": "Forbidden", "503": "CacheUnavailable"} if tag == "cache" else {}),
        **({"403": "NotSigned"} if identity not in OPEN and tag == "codes" else {}),
    }
    responses = {**{status: response(name) for status, name in other.items()}, **answers}
    return {
        "operationId": identity,
        "tags": [tag],
        "summary": summary,
        "description": description,
        "security": [{"sigv4": []}] if tag == "cache" else [],
        **({"parameters": list(parameters)} if parameters else {}),
        **({"requestBody": {"required": body_required, "content": body}} if body else {}),
        "responses": dict(sorted(responses.items())),
    }


def response(name: str) -> dict[str, str]:
    """Refer to one of the answers that many operations have."""
    return {"$ref": f"#/components/responses/{name}"}


UNREADABLE = {
    "404": response("AssetNotFound"),
    "413": response("TooMuchData"),
    "422": response("WouldNotScan"),
    "503": response("AssetUnavailable"),
}
TOO_LARGE = {"413": response("TooMuchData")}
UNKEPT = references("Cache-Control=NoStore", "X-Content-Type-Options")
JSON_ANSWER = references("X-Content-Type-Options")
PRIVATE = references("Cache-Control=Private")

REQUESTS = {
    "a link": {"data": "https://example.com"},
    "a picture": {
        "data": "https://example.com",
        "format": "png",
        "size": 512,
        "error_correction": "Q",
        "colors": {"foreground": "navy"},
    },
    "a style": {
        "data": "https://example.com",
        "data_pattern": "rounded",
        "eye_border_style": "rounded_square",
        "eye_center_style": "circle",
        "colors": {"eye_center": "#c2185b"},
        "gradient": {"type": "linear", "colors": ["#5b2a86", "#0b3d91"], "angle": 45},
    },
    "a logo": {
        "data": "https://example.com",
        "logo": {
            "data": "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'>"
            "<circle cx='4' cy='4' r='4' fill='%23c2185b'/></svg>",
            "shape": "circle",
        },
    },
    "a network": {"data": {"type": "wifi", "ssid": "Guests", "password": "correct horse"}},
}
