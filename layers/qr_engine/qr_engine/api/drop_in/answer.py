"""Answers at the addresses of other services: always a picture, with the changes to the request in a header."""

from __future__ import annotations

import base64
from typing import Any, Final

from ...config import settings
from ...errors import Problem
from ...pipeline.engine import Code, engine
from ...pipeline.keyed_request import KeyedRequest
from ...render import FORMATS
from ...request import style_missing
from ..answer import PRIVATE, find_etag, picture_answer
from ..gateway import Request, Response, not_modified_response
from ..problem_picture import header_text, problem_picture_response
from .draft import Service, Translation, translate
from .form import read_parameters
from .google import GOOGLE
from .goqr import GOQR
from .quickchart import QUICKCHART

__all__ = ["SERVICES", "answer", "refuse"]

SERVICES: Final = {"/qr": QUICKCHART, "/v1/create-qr-code": GOQR, "/chart": GOOGLE, "/gchart": GOOGLE}
"""The services by their paths, which may end in a slash."""

_PROBLEM_CACHE: Final = "public, max-age=60"
_SUCCESS: Final = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}


def answer(request: Request) -> tuple[Response, str]:
    """Answer with the picture that the parameters describe, by the rules of the service that the path belongs to."""
    service = _find_service(request)
    try:
        return _draw(request, service)
    except Problem as problem:
        if problem.status >= 500:
            raise
        return _refuse(problem, service), "rejected"


def _draw(request: Request, service: Service) -> tuple[Response, str]:
    if settings().require_style:
        # None of these services has a parameter for a style.
        raise style_missing()
    query, form = read_parameters(request)
    translation = translate(service, query, form)
    keyed = KeyedRequest.of(translation.request)
    headers = {**_SUCCESS, **(PRIVATE if keyed.is_private else {})}
    if not (keyed.is_private or translation.in_base64 or request.route.startswith("POST")):
        etag = find_etag(request, keyed.key)
        if etag is not None:
            return not_modified_response({**headers, "ETag": etag}), "not_modified"
    code = engine().generate_keyed(keyed, request.remaining_ms)
    warnings = [*translation.warnings, *_picture_warnings(code, translation)]
    if warnings:
        headers["X-QR-Warning"] = header_text(" ".join(warnings))
    response = picture_answer(request, code, keyed.request, headers)
    return (_in_base64(response, code) if translation.in_base64 else response), code.source


def _picture_warnings(code: Code, translation: Translation) -> list[str]:
    """Return the warnings that need the finished picture: that it had to be larger, and what may trouble readers."""
    metadata = code.describe()
    warnings = [each["message"] for each in metadata["scan"]["warnings"]]
    width = metadata["width"]
    if FORMATS[code.format].raster and width != translation.size > 1:
        warnings.insert(0, f"The size is too small for the modules; the picture is {width} pixels wide.")
    return warnings


def _in_base64(response: Response, code: Code) -> Response:
    """Turn an answer into one whose text is the picture in base64."""
    headers: dict[str, Any] = {**response["headers"], "Content-Type": "text/plain; charset=utf-8"}
    # The ETag belongs to the picture itself.
    headers.pop("ETag", None)
    text = base64.b64encode(code.entry.picture()).decode()
    return {**response, "headers": headers, "body": text, "isBase64Encoded": False}


def refuse(request: Request, problem: Problem) -> tuple[Response, str]:
    """Show `problem`, which the parameters did not cause, as a PNG with the problem's status."""
    return _add_error_header(problem_picture_response(problem, "png"), problem, _find_service(request)), "rejected"


def _find_service(request: Request) -> Service:
    return SERVICES[request.route.partition(" ")[2].rstrip("/")]


def _refuse(problem: Problem, service: Service) -> Response:
    """Show a problem as a PNG with status 400, for everything that cannot be drawn at these addresses."""
    response = problem_picture_response(problem, "png", status=400, cache_control=_PROBLEM_CACHE)
    return _add_error_header(response, problem, service)


def _add_error_header(response: Response, problem: Problem, service: Service) -> Response:
    if service.error_header:
        response["headers"][service.error_header] = header_text(problem.detail)
    return response
