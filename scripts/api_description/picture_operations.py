"""The routes that answer with a picture."""

from __future__ import annotations

from typing import Any

from .headers import references
from .operation import REQUESTS, UNREADABLE, json_content, operation, response, success
from .pictures import ENDINGS, PICTURES

__all__ = ["PICTURE_PATHS"]

_PICTURE = references("X-Cache", "Server-Timing", "X-QR-Changes", "X-Content-Type-Options")
_FILE = references("Content-Encoding", "Content-Disposition", "Content-Security-Policy")

_DOWNLOAD = {
    "name": "download",
    "in": "query",
    "description": "Offer the picture as a file to save. It has no effect on the JSON envelope.",
    "schema": {"type": "string", "enum": ["0", "1", "false", "true"], "default": "0"},
}

_IF_NONE_MATCH = {
    "name": "If-None-Match",
    "in": "header",
    "description": "ETags of pictures that the client has. The service ignores `*`, because it has to draw a picture "
    "to know whether there is one.",
    "schema": {"type": "string"},
}

_ENDING = {
    "name": "ending",
    "in": "path",
    "required": True,
    "description": "The format, as the ending of a file name.",
    "schema": {"type": "string", "enum": ENDINGS},
}

_HEADERS = {**references("ETag=ETag-of-GET", "Cache-Control=Immutable", "Vary"), **_PICTURE, **_FILE}
_SHOWN = success("The picture.", PICTURES, _HEADERS)
_EXISTS = {"description": "There is such a picture.", "headers": _HEADERS}

_PROBLEMS = {
    status: response(f"{name}-of-GET")
    for status, name in {
        "400": "InvalidRequest",
        "403": "NotSigned",
        "404": "AssetNotFound",
        "413": "TooMuchData",
        "422": "WouldNotScan",
        "500": "InternalError",
        "503": "AssetUnavailable",
    }.items()
}
"""The problems of a GET, which may come as pictures."""


def _picture_operation(
    identity: str, summary: str, description: str, answer: dict[str, Any], *parameters: dict[str, Any]
) -> dict[str, Any]:
    """Describe a GET or a HEAD, whose `answer` has status 200."""
    return operation(
        identity,
        "codes",
        summary,
        description,
        parameters=(*parameters, _DOWNLOAD, _IF_NONE_MATCH),
        answers={"200": answer, "304": response("NotModified"), **_PROBLEMS},
    )


PICTURE_PATHS: dict[str, dict[str, Any]] = {
    "/api/qr/generate": {
        "get": _picture_operation(
            "generateFromQuery",
            "A picture, for an img element or a link",
            "Returns the picture itself. `format` sets its format; without it, `Accept` does; the default is SVG. "
            "An unknown parameter is an error. For a list, repeat the name; number the objects of a list from 0: "
            "`gradient.stops.0.offset=0&gradient.stops.0.color=navy`.",
            _SHOWN,
        ),
        "head": _picture_operation(
            "generateHead",
            "What GET would return, without the picture",
            "Status and headers of the same GET, with the same query, for clients that want to know whether a link "
            "leads to a picture.",
            _EXISTS,
        ),
        "post": operation(
            "generate",
            "codes",
            "A code in JSON, or a picture",
            "By default you get the JSON envelope, which has the picture and its metadata. If `Accept` prefers a "
            "picture, you get that picture; a `format` in the body narrows the choice to the envelope and that "
            "format. The query string can only have `download`. The body can have 2.75 MiB.",
            parameters=(_DOWNLOAD,),
            body=json_content("QRRequest", REQUESTS),
            answers={
                "200": success(
                    "The envelope or the picture. `format: json` always comes in the envelope.",
                    {
                        **json_content("Envelope"),
                        **{name: content for name, content in PICTURES.items() if name != "application/json"},
                    },
                    {
                        **references("ETag=ETag-of-picture", "Cache-Control=Private", "Vary=Vary-of-POST"),
                        **_PICTURE,
                        **_FILE,
                    },
                ),
                **UNREADABLE,
            },
        ),
    },
    "/api/qr/generate.{ending}": {
        "get": _picture_operation(
            "generateFromPath",
            "A picture at a path with an ending, for email and spreadsheets",
            "The same as the GET without an ending. The ending is the format; a `format` that contradicts it is an "
            "error. Errors are pictures of the same format, except for `txt` and `json`.",
            _SHOWN,
            _ENDING,
        ),
        "head": _picture_operation(
            "generateHeadFromPath",
            "What that GET would return, without the picture",
            "Status and headers of the same GET.",
            _EXISTS,
            _ENDING,
        ),
    },
}
