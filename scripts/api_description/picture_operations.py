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
            "The picture itself. `format` decides which; without it `Accept` does, and SVG is the default. "
            "A parameter that is not listed is an error. A list is its name given several times; a list of objects has "
            "numbers from 0 in its names: `gradient.stops.0.offset=0&gradient.stops.0.color=navy`.",
            _SHOWN,
        ),
        "head": _picture_operation(
            "generateHead",
            "What GET would answer, without the picture",
            "Status and headers of the same GET, with the same query, for whoever wants to know whether a link leads "
            "to a picture.",
            _EXISTS,
        ),
        "post": operation(
            "generate",
            "codes",
            "A code in JSON, or a picture",
            "By default the JSON envelope, which has the picture and all that is known of it. Where `Accept` would "
            "rather have a picture, that picture; a `format` in the body narrows the choice to the envelope and that "
            "format. Of the query string `download` is all that may be there. The body may have 2.75 MiB.",
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
            "A picture at a path with an ending, for mail and spreadsheets",
            "As the GET without an ending, which is the format here: a `format` that says otherwise is an error. "
            "What is wrong is told in a picture of the same format, other than `txt` and `json`.",
            _SHOWN,
            _ENDING,
        ),
        "head": _picture_operation(
            "generateHeadFromPath",
            "What that GET would answer, without the picture",
            "Status and headers of the same GET.",
            _EXISTS,
            _ENDING,
        ),
    },
}
