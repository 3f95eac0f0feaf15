"""The WSGI application: finds the route, calls its handler, answers for what no route takes."""

from __future__ import annotations

import importlib.util
import sys
import time
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import msgspec

from qr_engine.errors import MethodNotAllowed, NotFound, Problem, TooMuchData

from . import gateway
from .index import index
from .routes import parse, routes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from wsgiref.types import StartResponse, WSGIEnvironment

    from .gateway import Answer
    from .routes import Function, Route

    Handler = Callable[[dict[str, Any], Any], Any]
    Application = Callable[[WSGIEnvironment, StartResponse], Iterable[bytes]]

__all__ = ["BODY_LIMIT", "ROOT", "Context", "application"]

ROOT = Path(__file__).resolve().parents[2]

BODY_LIMIT = 10 * 1024 * 1024  # bytes; API Gateway takes no more

_STATUS_LINES = {status.value: f"{status.value} {status.phrase}" for status in HTTPStatus}


class Context(msgspec.Struct, frozen=True):
    """What Lambda hands to a handler beside the event."""

    function_name: str
    memory_limit_in_mb: str
    invoked_function_arn: str
    aws_request_id: str
    deadline: float
    function_version: str = "$LATEST"

    def get_remaining_time_in_millis(self) -> int:
        """Milliseconds until Lambda would end this invocation."""
        return max(0, int((self.deadline - time.monotonic()) * 1000))


def _context(function: Function) -> Context:
    return Context(
        function.name,
        str(function.memory),
        f"arn:aws:lambda:eu-central-1:123456789012:function:{function.name}",
        str(uuid4()),
        time.monotonic() + function.timeout,
    )


def _handler(function: Function) -> Handler:
    """Load the function's code under a name of its own, because every one of them is called ``app``."""
    module_name, _, attribute = function.handler.rpartition(".")
    path = ROOT / function.folder / f"{module_name}.py"
    name = ".".join((*Path(function.folder).parts, module_name))
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, path)
        if spec is None or spec.loader is None:
            raise ImportError(f"{path} cannot be loaded")
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
    loaded: Handler = getattr(sys.modules[name], attribute)
    return loaded


def _problem(problem: Problem, *headers: tuple[str, str]) -> Answer:
    fixed = [("content-type", "application/problem+json"), ("cache-control", "no-store")]
    return problem.status, [*fixed, *headers], msgspec.json.encode(problem.document())


def _too_large(needed: int) -> Answer:
    detail = f"The body is larger than {BODY_LIMIT:,} bytes."
    return _problem(TooMuchData(detail, capacity=BODY_LIMIT, needed=needed, unit="bytes"), ("connection", "close"))


def application() -> Application:
    """Load every handler once, as a Lambda execution environment does, and return the WSGI callable."""
    declared = routes(parse(ROOT / "template.yaml"))
    handlers = {route.function.name: _handler(route.function) for route in declared}
    paths: dict[str, dict[str, Route]] = {}
    for route in declared:
        paths.setdefault(route.path, {})[route.method] = route

    def respond(environ: WSGIEnvironment) -> Answer:
        path, method = environ["PATH_INFO"], environ["REQUEST_METHOD"]
        methods = paths.get(path)
        if methods is None:
            if path == "/" and method in {"GET", "HEAD"}:
                return index(declared, environ.get("HTTP_ACCEPT", ""))
            return _problem(NotFound("There is no such route; GET / lists them."))
        route = methods.get("GET" if method == "HEAD" else method)
        if route is None:
            allowed = tuple(sorted(methods.keys() | ({"HEAD"} if "GET" in methods else set())))
            detail = f"{path} takes {' or '.join(allowed)}."
            return _problem(MethodNotAllowed(detail, allowed_methods=allowed), ("allow", ", ".join(allowed)))
        length = environ.get("CONTENT_LENGTH") or ""
        if length.isdigit() and int(length) > BODY_LIMIT:
            return _too_large(int(length))
        # A chunked body does not say how long it is: one byte more than the limit tells.
        body = environ["wsgi.input"].read(BODY_LIMIT + 1)
        if len(body) > BODY_LIMIT:
            return _too_large(len(body))
        function = route.function
        return gateway.answer(handlers[function.name](gateway.event(environ, route, body), _context(function)))

    def wsgi(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        status, headers, body = respond(environ)
        if status not in {204, 304}:
            headers.append(("content-length", str(len(body))))
        start_response(_STATUS_LINES[status], headers)
        return [b"" if environ["REQUEST_METHOD"] == "HEAD" else body]

    return wsgi
