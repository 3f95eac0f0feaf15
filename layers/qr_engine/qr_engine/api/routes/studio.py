"""``GET /``: the page for people, or an index for programs; and ``GET /studio/{version}/{file}``, its files."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from ... import __version__
from ...config import settings
from ...errors import NotFound
from ...studio.files import PageFile, find_file, find_version, load_page
from ..gateway import Request, Response, json_response, not_modified_response, picture_response
from ..negotiation import accepts_gzip, best_match, matching_etag

__all__ = ["get_file", "get_index"]

_DESCRIPTION = Path(__file__).parents[1] / "description" / "openapi.json"
_OFFERED = ("application/json", "text/html")
_EXAMPLE = "/api/qr/generate?data=https://example.com"
_STYLES = "/api/qr/styles"
"""The example where every code needs a style: the list has an address for each."""

_POLICY = "default-src 'self'; img-src 'self' blob: data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""Nothing from other hosts, no inline script or style, and no embedding in other sites."""

_IMMUTABLE = "public, max-age=31536000, immutable"
_ASKED_EACH_TIME = "no-cache"


def get_index(request: Request) -> tuple[Response, str]:
    """Answer with the page if HTML is preferred and there is a page, else with the list of routes in JSON."""
    is_page = settings().has_page and best_match(request.header("accept", "*/*"), _OFFERED) == "text/html"
    if not is_page:
        headers = {"Cache-Control": _ASKED_EACH_TIME, "Vary": "Accept"}
        return json_response(_list_routes(_STYLES if settings().require_style else _EXAMPLE), headers=headers), "done"
    headers = {
        "Cache-Control": _ASKED_EACH_TIME,
        "Vary": "Accept, Accept-Encoding",
        "Content-Security-Policy": _POLICY,
        "Referrer-Policy": "no-referrer",
    }
    return _send(request, load_page(), headers)


def get_file(request: Request) -> tuple[Response, str]:
    """Answer with a file of the page; its address contains the version, so a browser keeps it for ever.

    Raises
    ------
    NotFound
        There is no page, or no such file.
    """
    found = find_file(request.path_parameter("file")) if settings().has_page else None
    if found is None:
        raise NotFound("The page has no such file.")
    # During a release, a page of the other version may ask: it gets the present file, and asks again.
    is_current = request.path_parameter("version") == find_version()
    headers = {"Cache-Control": _IMMUTABLE if is_current else _ASKED_EACH_TIME, "Vary": "Accept-Encoding"}
    return _send(request, found, headers)


def _send(request: Request, found: PageFile, headers: dict[str, str]) -> tuple[Response, str]:
    # A REST API, which sends payloads of version 1.0, delivers base64 text undecoded.
    gzipped = request.is_v2 and accepts_gzip(request.header("accept-encoding", ""))
    etag = f'"{found.digest}-gzip"' if gzipped else f'"{found.digest}"'
    headers = {**headers, "ETag": etag}
    if matching_etag((etag,), request.header("if-none-match", "")):
        return not_modified_response(headers), "not_modified"
    headers["Content-Type"] = found.content_type
    if not gzipped:
        return picture_response(found.text.encode(), binary=False, headers=headers), "done"
    headers["Content-Encoding"] = "gzip"
    return picture_response(found.gzipped, binary=True, headers=headers), "done"


@cache
def _list_routes(example: str) -> dict[str, Any]:
    """List the routes in the description of the service, with an `example` of an address."""
    paths = json.loads(_DESCRIPTION.read_text(encoding="utf-8"))["paths"]
    routes = [
        {"method": method.upper(), "path": path, "summary": operation["summary"]}
        for path, operations in paths.items()
        for method, operation in operations.items()
    ]
    return {"name": "QR Engine", "version": __version__, "example": example, "routes": routes}
