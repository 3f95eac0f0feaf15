"""The generate function: the routes of ``/api/qr``, the page, and the addresses of other services."""

from typing import Any

from qr_engine.api.gateway import Event, Request, Response, serve
from qr_engine.api.routes import generate, on_demand, signature_guard
from qr_engine.config import settings
from qr_engine.pipeline.engine import prepare

DROP_IN = (
    *(f"{method} /qr{end}" for method in ("GET", "HEAD") for end in ("", "/")),
    *(
        f"{method} {path}{end}"
        for method in ("GET", "HEAD", "POST")
        for path in ("/v1/create-qr-code", "/chart", "/gchart")
        for end in ("", "/")
    ),
)
"""The routes at the addresses of other services."""

DROP_IN_READ = tuple(f"{method} /v1/read-qr-code{end}" for method in ("GET", "POST") for end in ("", "/"))
"""The routes at the addresses where other services read a picture."""


def drop_in(request: Request) -> tuple[Response, str]:
    """Answer at the address of another service; the code for it is loaded on first use."""
    from qr_engine.api.drop_in.answer import answer

    return answer(request)


def drop_in_read(request: Request) -> tuple[Response, str]:
    """Read a picture at the address of another service; the code for it is loaded on first use."""
    from qr_engine.api.drop_in.goqr_read import answer

    return answer(request)


def describe(request: Request) -> tuple[Response, str]:
    """Describe the service to programs; the code for it is loaded on first use."""
    from qr_engine.api.routes.about import get_description

    return get_description(request, settings().public_url)


def show_page(request: Request) -> tuple[Response, str]:
    """Describe the service on one page; the code for it is loaded on first use."""
    from qr_engine.api.routes.about import get_page

    return get_page(request, settings().public_url)


ROUTES = {
    "GET /api/qr/generate": generate.get,
    # API Gateway leaves out the body of the answer, as HTTP requires.
    "HEAD /api/qr/generate": generate.get,
    "GET /api/qr/{picture}": generate.get_by_ending,
    "HEAD /api/qr/{picture}": generate.get_by_ending,
    "POST /api/qr/generate": generate.post,
    "POST /api/qr/batch": on_demand("batch", "post"),
    "POST /api/qr/validate": on_demand("validate", "post"),
    "GET /api/qr/styles": on_demand("styles", "get"),
    "POST /api/qr/read": on_demand("read", "post"),
    "GET /healthz": on_demand("health", "get"),
    "HEAD /healthz": on_demand("health", "get"),
    "GET /openapi.json": describe,
    "GET /llms.txt": show_page,
    "GET /": on_demand("studio", "get_index"),
    "HEAD /": on_demand("studio", "get_index"),
    "GET /studio/{version}/{file}": on_demand("studio", "get_file"),
    "HEAD /studio/{version}/{file}": on_demand("studio", "get_file"),
    **dict.fromkeys(DROP_IN, drop_in),
    **dict.fromkeys(DROP_IN_READ, drop_in_read),
}

prepare()


def lambda_handler(event: Event, context: Any) -> Response:
    """Answer one API Gateway event."""
    guard = signature_guard("required")
    return serve(event, context, "generate", ROUTES, secret=settings().origin_secret, guard=guard)
