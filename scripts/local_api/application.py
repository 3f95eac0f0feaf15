"""The WSGI application: warms the cache at start, finds routes, calls their handlers, and answers the rest itself."""

from __future__ import annotations

import importlib.util
import sys
import time
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import msgspec

from qr_engine.config import settings
from qr_engine.errors import MethodNotAllowed, NotFound, Problem, TooMuchData

from . import gateway
from .index import index
from .routes import find_methods, parse, routes, schedules
from .sharing import parse_sharing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from wsgiref.types import StartResponse, WSGIEnvironment

    from .gateway import Answer
    from .routes import Function, Schedule

    Handler = Callable[[dict[str, Any], Any], Any]
    Application = Callable[[WSGIEnvironment, StartResponse], Iterable[bytes]]

__all__ = ["BODY_LIMIT", "ROOT", "WARM_SECONDS", "Context", "application"]

ROOT = Path(__file__).resolve().parents[2]

BODY_LIMIT = 10 * 1024 * 1024  # bytes; API Gateway takes no more

WARM_SECONDS = 10
"""How long a worker may warm the cache before it answers its first request."""

_STATUS_LINES = {status.value: f"{status.value} {status.phrase}" for status in HTTPStatus}


class Context(msgspec.Struct, frozen=True):
    """The context that Lambda passes to a handler with the event."""

    function_name: str
    memory_limit_in_mb: str
    invoked_function_arn: str
    aws_request_id: str
    deadline: float
    function_version: str = "$LATEST"

    def get_remaining_time_in_millis(self) -> int:
        """Return the milliseconds until Lambda would end this invocation."""
        return max(0, int((self.deadline - time.monotonic()) * 1000))


def _context(function: Function, seconds: float) -> Context:
    return Context(
        function.name,
        str(function.memory),
        f"arn:aws:lambda:eu-central-1:123456789012:function:{function.name}",
        str(uuid4()),
        time.monotonic() + seconds,
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
    fixed.append(("x-content-type-options", "nosniff"))
    return problem.status, [*fixed, *headers], msgspec.json.encode(problem.document())


def _too_large(needed: int) -> Answer:
    detail = f"The body is larger than {BODY_LIMIT:,} bytes."
    return _problem(TooMuchData(detail, capacity=BODY_LIMIT, needed=needed, unit="bytes"), ("connection", "close"))


def _warm(schedule: Schedule) -> None:
    """Invoke the function of a schedule and print the outcome; the API works even if it fails."""
    function = schedule.function
    try:
        tally = _handler(function)(schedule.event, _context(function, min(WARM_SECONDS, function.timeout)))
    except Problem as problem:
        print(f"The cache was not warmed: {problem.detail}", flush=True)
    else:
        counts = ", ".join(f"{tally[name]} {name}" for name in ("stored", "present", "failed", "left"))
        print(f"The cache is warm: {counts}.", flush=True)


def application() -> Application:
    """Load every handler once, as a Lambda execution environment does, and return the WSGI callable.

    With ``REDIS_WARM_CACHE=true`` the cache is warmed first, with what the template's schedule sends. Each worker does
    so, since each has a memory tier of its own; in a Redis that they share, all but the first find everything present.
    """
    template = parse(ROOT / "template.yaml")
    declared = routes(template)
    if settings().redis_warm_cache:
        for schedule in schedules(template):
            _warm(schedule)
    handlers = {route.function.name: _handler(route.function) for route in declared}
    shared = parse_sharing(template)

    def respond(environ: WSGIEnvironment) -> Answer:
        path, method = environ["PATH_INFO"], environ["REQUEST_METHOD"]
        methods = find_methods(declared, path)
        if not methods:
            if path == "/" and method in {"GET", "HEAD"}:
                return index(declared, environ.get("HTTP_ACCEPT", ""))
            return _problem(NotFound("There is no such route; GET / lists them."))
        if shared.is_preflight(environ):
            return 204, [], b""
        route = methods.get(method) or (methods.get("GET") if method == "HEAD" else None)
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
        return gateway.answer(
            handlers[function.name](gateway.event(environ, route, body), _context(function, function.timeout))
        )

    def wsgi(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        status, headers, body = respond(environ)
        headers += shared.headers(environ)
        if status not in {204, 304}:
            headers.append(("content-length", str(len(body))))
        start_response(_STATUS_LINES[status], headers)
        return [b"" if environ["REQUEST_METHOD"] == "HEAD" else body]

    return wsgi
