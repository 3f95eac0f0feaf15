"""The addresses of other services: what each takes there, and the pictures that it answers."""

from __future__ import annotations

from typing import Any

import msgspec

from qr_engine.render import FORMATS

from .headers import references

__all__ = ["DROP_IN_COMPONENTS", "DROP_IN_PATHS"]

Parameters = dict[str, tuple[str, str]]
"""What each parameter is, and an example."""

_QUICKCHART: Parameters = {
    "text": ("The text to encode.", "Hello world"),
    "size": ("Pixels of the side, 150 if not given; up to 3000.", "300"),
    "margin": ("Quiet zone in modules, 4 if not given.", "2"),
    "ecLevel": ("L, M, Q or H; M if not given.", "Q"),
    "dark": ("Hex digits of the modules, 000 if not given.", "1a2b3c"),
    "light": ("Hex digits of the background, fff if not given.", "ffffff00"),
    "format": ("png, svg or base64; png if not given.", "svg"),
    "mode": ("sjis for Kanji.", "sjis"),
}
_GOQR: Parameters = {
    "data": ("The text to encode.", "HelloWorld"),
    "size": ("Width and height in pixels, 200x200 if not given.", "150x150"),
    "charset-source": ("How the bytes of data are read: UTF-8 or ISO-8859-1.", "UTF-8"),
    "charset-target": ("How the text is written: UTF-8 or ISO-8859-1.", "ISO-8859-1"),
    "ecc": ("L, M, Q or H; L if not given.", "M"),
    "color": ("The modules: R-G-B, or 3 or 6 hex digits.", "255-0-0"),
    "bgcolor": ("The background: R-G-B, or 3 or 6 hex digits.", "f00"),
    "margin": ("Pixels that modules keep away from the edges, 1 if not given; up to 50.", "10"),
    "qzone": ("Quiet zone in modules, 0 if not given; up to 100.", "4"),
    "format": ("png, jpeg, jpg, svg or eps; png if not given.", "svg"),
}
_GOOGLE: Parameters = {
    "cht": ("The chart, qr.", "qr"),
    "chs": ("Width and height in pixels.", "300x300"),
    "chl": ("The text to encode.", "Hello world"),
    "chld": ("The level and, after a bar, the quiet zone in modules; L|4 if not given.", "M|2"),
    "choe": ("How the text is written: UTF-8, Shift_JIS or ISO-8859-1.", "UTF-8"),
    "chof": ("png, svg or jpg; png if not given.", "png"),
    "chf": ("The background, after `bg,s,`.", "bg,s,FFFFFF"),
    "icqrf": ("The modules: RRGGBB or RRGGBBAA.", "000000"),
    "icqrb": ("The background: RRGGBB or RRGGBBAA.", "FFFFFF"),
}


class Service(msgspec.Struct, frozen=True):
    """An address and what it takes and answers.

    Attributes
    ----------
    identity
        What the identities of its operations begin with.
    form
        What its parameters are called; two addresses share those of Google.
    types
        The types of its pictures.
    """

    path: str
    identity: str
    form: str
    name: str
    parameters: Parameters
    types: tuple[str, ...]
    methods: tuple[str, ...] = ("get", "head", "post")


_PNG, _SVG, _JPEG = "image/png", "image/svg+xml", "image/jpeg"
_GIF = tuple([entry.content_type for name, entry in FORMATS.items() if name == "gif"])
_SERVICES = (
    Service("/qr", "quickChart", "quickChart", "QuickChart", _QUICKCHART, (_PNG, _SVG, "text/plain"), ("get", "head")),
    Service(
        "/v1/create-qr-code", "goqr", "goqr", "goqr.me", _GOQR, (_PNG, _SVG, _JPEG, *_GIF, "application/postscript")
    ),
    Service("/chart", "googleChart", "googleChart", "Google's Image Charts", _GOOGLE, (_PNG, _SVG, _JPEG, *_GIF)),
    Service("/gchart", "imageChart", "googleChart", "Image-Charts", _GOOGLE, (_PNG, _SVG, _JPEG, *_GIF)),
)

_TEXT_TYPES = {"image/svg+xml", "application/postscript", "text/plain"}


def _schema(content_type: str) -> dict[str, Any]:
    schema = {"type": "string"}
    return schema if content_type in _TEXT_TYPES else {**schema, "contentMediaType": content_type}


def _query(identity: str, parameters: Parameters) -> dict[str, dict[str, Any]]:
    """Describe the parameters in a query string, by the names of the components; POST may have them in its form."""
    return {
        f"{identity}-{name}": {
            "name": name,
            "in": "query",
            "description": description,
            "schema": {"type": "string"},
            "example": example,
        }
        for name, (description, example) in parameters.items()
    }


def _form(parameters: Parameters) -> dict[str, Any]:
    properties = {
        name: {"type": "string", "description": description, "examples": [example]}
        for name, (description, example) in parameters.items()
    }
    return {
        "required": False,
        "content": {"application/x-www-form-urlencoded": {"schema": {"type": "object", "properties": properties}}},
    }


_HEADERS = {
    **references("ETag=ETag-of-picture", "Cache-Control=Immutable", "Vary", "X-Cache", "Server-Timing"),
    **references("X-QR-Warning", "Content-Encoding", "Content-Security-Policy", "X-Content-Type-Options"),
}
_REFUSED = {
    "description": "The code cannot be drawn; the picture says why.",
    "headers": references("Cache-Control=Minute", "X-Problem", "X-Content-Type-Options"),
}


_NOT_SIGNED = {
    "description": "The service requires signatures, and this request has none; the picture says so.",
    "headers": references("Cache-Control=NoStore", "X-Problem", "X-Content-Type-Options"),
}


def _component(kind: str, name: str) -> dict[str, str]:
    return {"$ref": f"#/components/{kind}/{name}"}


def _operation(service: Service, method: str, end: str) -> dict[str, Any]:
    responses = {
        "200": _component("responses", "AnyPicture" if method == "head" else f"{service.identity}-picture"),
        "304": _component("responses", "NotModified"),
        "400": _component("responses", "RefusedHead" if method == "head" else "RefusedPicture"),
        "403": _component("responses", "NotSignedHead" if method == "head" else "NotSignedPicture"),
        "429": _component("responses", "TooManyRequests"),
        "500": _component("responses", "InternalError"),
    }
    if method == "post":
        del responses["304"]
    return {
        "operationId": f"{service.identity}{method.capitalize()}{'Slash' if end else ''}",
        "tags": ["drop-in"],
        "summary": f"A picture, as {service.name} takes its parameters",
        "description": "Names, defaults and leniency are those of that service; `X-QR-Warning` says what was changed "
        "or ignored. docs/coming-from.md lists the differences.",
        "security": [],
        "parameters": [_component("parameters", name) for name in _query(service.form, service.parameters)],
        **({"requestBody": _component("requestBodies", f"{service.form}-form")} if method == "post" else {}),
        "responses": responses,
    }


DROP_IN_PATHS: dict[str, dict[str, Any]] = {
    service.path + end: {method: _operation(service, method, end) for method in service.methods}
    for service in _SERVICES
    for end in ("", "/")
}

DROP_IN_COMPONENTS: dict[str, dict[str, Any]] = {
    "responses": {
        **{
            f"{service.identity}-picture": {
                "description": "The picture.",
                "headers": _HEADERS,
                "content": {content_type: {"schema": _schema(content_type)} for content_type in service.types},
            }
            for service in _SERVICES
        },
        "AnyPicture": {"description": "There is such a picture.", "headers": _HEADERS},
        "RefusedPicture": {**_REFUSED, "content": {"image/png": {"schema": _schema("image/png")}}},
        "RefusedHead": _REFUSED,
        "NotSignedPicture": {**_NOT_SIGNED, "content": {"image/png": {"schema": _schema("image/png")}}},
        "NotSignedHead": _NOT_SIGNED,
    },
    "parameters": {
        name: parameter for service in _SERVICES for name, parameter in _query(service.form, service.parameters).items()
    },
    "requestBodies": {
        f"{service.form}-form": _form(service.parameters) for service in _SERVICES if "post" in service.methods
    },
}
