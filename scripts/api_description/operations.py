"""What each route takes and answers."""

from __future__ import annotations

from typing import Any

from .headers import references
from .pictures import ENDINGS, PICTURES
from .schemas import REFERENCE

__all__ = ["OPEN", "PATHS", "SIGNATURE"]

_PICTURE = references("X-Cache", "Server-Timing", "X-QR-Changes", "X-Content-Type-Options")
_FILE = references("Content-Encoding", "Content-Disposition", "Content-Security-Policy")

_DOWNLOAD = {
    "name": "download",
    "in": "query",
    "description": "Offer the picture as a file to save. It plays no part in the JSON envelope.",
    "schema": {"type": "string", "enum": ["0", "1", "false", "true"], "default": "0"},
}

_IF_NONE_MATCH = {
    "name": "If-None-Match",
    "in": "header",
    "description": "ETags of pictures that the client has. `*` names none: whether there is a picture is only known "
    "once it is drawn.",
    "schema": {"type": "string"},
}

_ENDING = {
    "name": "ending",
    "in": "path",
    "required": True,
    "description": "The format, as files of it are called.",
    "schema": {"type": "string", "enum": ENDINGS},
}


OPEN = ("health", "healthHead")
"""Operations on codes that a service never asks for a signature on."""

SIGNATURE = {
    "sig": "HMAC-SHA256 over the request, in base64url, where the service asks for signatures; docs/signing.md says "
    "over what. The first 16 bytes are enough.",
    "exp": "Seconds since 1970 until which a signed URL works. The cache routes need it.",
    "kid": "The name of the key that signed; without it any of the keys in use may have.",
}
"""The parameters of a signed URL. Where signatures are not asked for they play no part."""


def _json(name: str, examples: dict[str, Any] | None = None) -> dict[str, Any]:
    content: dict[str, Any] = {"schema": {"$ref": REFERENCE + name}}
    if examples:
        content["examples"] = {title: {"value": value} for title, value in examples.items()}
    return {"application/json": content}


def _ok(description: str, content: dict[str, Any], headers: dict[str, Any]) -> dict[str, Any]:
    return {"description": description, "headers": headers, "content": content}


def _operation(
    identity: str,
    tag: str,
    summary: str,
    description: str,
    *,
    answers: dict[str, Any],
    body: dict[str, Any] | None = None,
    body_required: bool = True,
    parameters: tuple[dict[str, Any], ...] = (),
    pictured: bool = False,
) -> dict[str, Any]:
    other = {
        "400": "InvalidRequest",
        "500": "InternalError",
        "429": "TooManyRequests",
        **({"403": "Forbidden", "503": "CacheUnavailable"} if tag == "cache" else {}),
        **({"403": "NotSigned"} if identity not in OPEN and tag == "codes" else {}),
    }
    responses = {**answers, **{status: _response(name) for status, name in other.items()}}
    if pictured:
        responses |= {status: _response(f"{name}-of-GET") for status, name in _PICTURED.items()}
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


_PICTURED = {
    "400": "InvalidRequest",
    "403": "NotSigned",
    "404": "AssetNotFound",
    "413": "TooMuchData",
    "422": "WouldNotScan",
    "500": "InternalError",
    "503": "AssetUnavailable",
}
"""The problems of a GET, which may come as pictures."""


def _response(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/responses/{name}"}


_UNREADABLE = {
    "404": _response("AssetNotFound"),
    "413": _response("TooMuchData"),
    "422": _response("WouldNotScan"),
    "503": _response("AssetUnavailable"),
}
_TOO_LARGE = {"413": _response("TooMuchData")}
_UNKEPT = references("Cache-Control=NoStore", "X-Content-Type-Options")
_JSON_ANSWER = references("X-Content-Type-Options")
_PRIVATE = references("Cache-Control=Private")
_BATCH_ANSWER = {
    **_PRIVATE,
    **references("Vary=Vary-of-batch", "Content-Encoding=Content-Encoding-of-batch"),
    **_JSON_ANSWER,
}

_REQUESTS = {
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
    "/api/qr/generate": {
        "get": _operation(
            "generateFromQuery",
            "codes",
            "A picture, for an img element or a link",
            "The picture itself. `format` decides which; without it `Accept` does, and SVG is the default. "
            "A parameter that is not listed is an error. A list is its name given several times; a list of objects has "
            "numbers from 0 in its names: `gradient.stops.0.offset=0&gradient.stops.0.color=navy`.",
            parameters=(_DOWNLOAD, _IF_NONE_MATCH),
            answers={
                "200": _ok(
                    "The picture.",
                    PICTURES,
                    {**references("ETag=ETag-of-GET", "Cache-Control=Immutable", "Vary"), **_PICTURE, **_FILE},
                ),
                "304": _response("NotModified"),
            },
            pictured=True,
        ),
        "head": _operation(
            "generateHead",
            "codes",
            "What GET would answer, without the picture",
            "Status and headers of the same GET, with the same query, for whoever wants to know whether a link leads "
            "to a picture.",
            parameters=(_DOWNLOAD, _IF_NONE_MATCH),
            answers={
                "200": {
                    "description": "There is such a picture.",
                    "headers": {
                        **references("ETag=ETag-of-GET", "Cache-Control=Immutable", "Vary"),
                        **_PICTURE,
                        **_FILE,
                    },
                },
                "304": _response("NotModified"),
            },
            pictured=True,
        ),
        "post": _operation(
            "generate",
            "codes",
            "A code in JSON, or a picture",
            "By default the JSON envelope, which has the picture and all that is known of it. Where `Accept` would "
            "rather have a picture, that picture; a `format` in the body narrows the choice to the envelope and that "
            "format. Of the query string `download` is all that may be there. The body may have 2.75 MiB.",
            parameters=(_DOWNLOAD,),
            body=_json("QRRequest", _REQUESTS),
            answers={
                "200": _ok(
                    "The envelope or the picture. `format: json` always comes in the envelope.",
                    {
                        **_json("Envelope"),
                        **{name: content for name, content in PICTURES.items() if name != "application/json"},
                    },
                    {
                        **references("ETag=ETag-of-picture", "Cache-Control=Private", "Vary=Vary-of-POST"),
                        **_PICTURE,
                        **_FILE,
                    },
                ),
                **_UNREADABLE,
            },
        ),
    },
    "/api/qr/generate.{ending}": {
        "get": _operation(
            "generateFromPath",
            "codes",
            "A picture at a path with an ending, for mail and spreadsheets",
            "As the GET without an ending, which is the format here: a `format` that says otherwise is an error. "
            "What is wrong is told in a picture of the same format, other than `txt` and `json`.",
            parameters=(_ENDING, _DOWNLOAD, _IF_NONE_MATCH),
            answers={
                "200": _ok(
                    "The picture.",
                    PICTURES,
                    {**references("ETag=ETag-of-GET", "Cache-Control=Immutable", "Vary"), **_PICTURE, **_FILE},
                ),
                "304": _response("NotModified"),
            },
            pictured=True,
        ),
        "head": _operation(
            "generateHeadFromPath",
            "codes",
            "What that GET would answer, without the picture",
            "Status and headers of the same GET.",
            parameters=(_ENDING, _DOWNLOAD, _IF_NONE_MATCH),
            answers={
                "200": {
                    "description": "There is such a picture.",
                    "headers": {
                        **references("ETag=ETag-of-GET", "Cache-Control=Immutable", "Vary"),
                        **_PICTURE,
                        **_FILE,
                    },
                },
                "304": _response("NotModified"),
            },
            pictured=True,
        ),
    },
    "/api/qr/batch": {
        "post": _operation(
            "generateBatch",
            "codes",
            "Up to 50 codes in one call",
            "Each code has a result of its own; a bad one gets its problem and never fails the others, unless "
            "`stop_on_error` leaves the rest undone. The body may have 4 MiB, the pictures of an answer 5 MiB.",
            body=_json(
                "BatchRequest",
                {
                    "two codes": {
                        "codes": [{"id": "home", "data": "https://example.com"}, {"data": "https://example.org"}]
                    }
                },
            ),
            answers={"200": _ok("A result for each code.", _json("BatchAnswer"), _BATCH_ANSWER), **_TOO_LARGE},
        ),
    },
    "/api/qr/validate": {
        "post": _operation(
            "validate",
            "codes",
            "What a request would give",
            "The symbol, what it has room for, and every warning about reading it, without drawing it. What generate "
            "would refuse is refused here with the same problem, except for what only the finished picture shows: "
            "that a decoder cannot read it, and that its format cannot carry it.",
            body=_json("QRRequest", _REQUESTS),
            answers={
                "200": _ok("The request can be drawn.", _json("ValidateAnswer"), {**_PRIVATE, **_JSON_ANSWER}),
                **_UNREADABLE,
            },
        ),
    },
    "/api/qr/styles": {
        "get": _operation(
            "listStyles",
            "codes",
            "The styles that a request may name",
            "The styles that the owner of the service has put beside it, each with the address of a code in it. A "
            "request names one with `style`.",
            answers={
                "200": _ok(
                    "The styles, by name; a thousand at most.",
                    _json("StylesAnswer"),
                    {**references("Cache-Control=Minute-of-styles"), **_JSON_ANSWER},
                ),
                "503": _response("AssetUnavailable"),
            },
        ),
    },
    "/api/qr/read": {
        "post": _operation(
            "read",
            "codes",
            "What the codes in a picture say",
            "The symbols of a PNG, JPEG, WebP, GIF, AVIF or SVG, sixteen at most, the largest first, and how well that "
            "one can be read. The picture is the body, the field `file` of a form, or a data URI in JSON; none is "
            "fetched from a URL. It may have 4 MiB and 16 megapixels; of an animation the first frame is read. "
            "A picture without a symbol is no error: the list is empty.",
            body={
                **_json("ReadRequest", {"a picture": {"image": _DRAWN}}),
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
            answers={"200": _ok("What is read.", _json("ReadAnswer"), _UNKEPT), **_TOO_LARGE},
        ),
    },
    "/healthz": {
        "get": _operation(
            "health",
            "codes",
            "Whether the service runs",
            "Answers as long as the function runs, without a look at the cache, and is kept by nobody. It says which "
            "version answers, and which version its pictures have.",
            answers={"200": _ok("It runs.", _json("Health"), _UNKEPT)},
        ),
        "head": _operation(
            "healthHead",
            "codes",
            "Whether the service runs, without the words",
            "Status and headers of the same GET.",
            answers={"200": {"description": "It runs.", "headers": _UNKEPT}},
        ),
    },
    "/openapi.json": {
        "get": _operation(
            "describe",
            "about",
            "This description",
            "The same in JSON, with the address that it was asked at as its only server.",
            answers={
                "200": _ok(
                    "OpenAPI 3.1.",
                    {"application/json": {"schema": {"type": "object", "additionalProperties": True}}},
                    {**references("Cache-Control=Minutes"), **_JSON_ANSWER},
                )
            },
        ),
    },
    "/llms.txt": {
        "get": _operation(
            "page",
            "about",
            "What a language model needs to write a request",
            "One page of plain text.",
            answers={
                "200": _ok(
                    "The page.",
                    {"text/plain": {"schema": {"type": "string"}}},
                    {**references("Cache-Control=Minutes"), **_JSON_ANSWER},
                )
            },
        ),
    },
    "/api/qr/cache/stats": {
        "get": _operation(
            "cacheStats",
            "cache",
            "How well the cache serves",
            "Counters of all functions together, what the cache holds, and what is asked for most, by key and format "
            "only. Without Redis the figures are those of the function that answers alone.",
            answers={"200": _ok("The cache in figures.", _json("StatsAnswer"), _UNKEPT)},
        ),
    },
    "/api/qr/cache/clear": {
        "post": _operation(
            "clearCache",
            "cache",
            "Remove entries",
            "Every entry, or those that meet all the conditions, which come in the body or in the query string. A "
            "clear that runs out of time gives a `cursor`: send it with the same conditions to go on. Counters stay, "
            "and so does whatever else lives in the same Redis. The body may have 16 KiB.",
            body=_json(
                "ClearRequest",
                {
                    "one site": {"pattern": "https://example.com/*"},
                    "old bitmaps": {"format": "png", "older_than": 86400},
                },
            ),
            body_required=False,
            answers={"200": _ok("What was removed.", _json("ClearAnswer"), _UNKEPT), **_TOO_LARGE},
        ),
    },
    "/api/qr/cache/warm": {
        "post": _operation(
            "warmCache",
            "cache",
            "Draw and store before anyone asks",
            "The `patterns` of the body, the list in S3 (`listed`), and what is asked for most (`popular`). Each code "
            "is drawn and stored unless it is in the cache and not about to leave it; one that cannot be drawn never "
            "stops the others. The work ends before the invocation does, and the answer says what is left. The body "
            "may have 2 MiB.",
            body=_json(
                "WarmRequest",
                {
                    "two codes": {"patterns": ["https://example.com", {"data": "x", "format": "png"}]},
                    "what is asked for most": {"popular": 100},
                },
            ),
            answers={"200": _ok("An outcome for each code.", _json("WarmAnswer"), _UNKEPT), **_TOO_LARGE},
        ),
    },
}
