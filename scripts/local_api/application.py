"""The WSGI application: warms the cache at start, finds routes, calls their handlers, and answers the rest itself."""

from __future__ import annotations

import importlib.util
import os
import sys
import time
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from qr_engine import observability
from qr_engine.config import settings
from qr_engine.errors import Forbidden, MethodNotAllowed, NotFound, Problem, TooMuchData

from . import gateway
from .exposition import CONTENT_TYPE, expose
from .operators import check_operator
from .orphans import end_with_parent
from .redis_state import redis_state
from .routes import Router, parse, routes, schedules
from .server_settings import DEFAULTS
from .sharing import parse_sharing
from .tally import Board, Tally, add_up

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from wsgiref.types import StartResponse, WSGIEnvironment

    from .gateway import Answer
    from .routes import Function, Schedule
    from .server_settings import ServerSettings

    Handler = Callable[[dict[str, Any], Any], Any]
    Application = Callable[[WSGIEnvironment, StartResponse], Iterable[bytes]]

__all__ = ["BODY_LIMIT", "ROOT", "WARM_SECONDS", "Context", "application", "work"]

ROOT = Path(__file__).resolve().parents[2]

BODY_LIMIT = 10 * 1024 * 1024  # bytes; API Gateway accepts no more

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
    memory, arn = _described(function)
    return Context(function.name, memory, arn, gateway.request_id(), time.monotonic() + seconds)


@cache
def _described(function: Function) -> tuple[str, str]:
    """Return the memory and the ARN of a function for its context."""
    return str(function.memory), f"arn:aws:lambda:eu-central-1:123456789012:function:{function.name}"


def _handler(function: Function) -> Handler:
    """Load the function's code under a unique name, because every function's module is called ``app``."""
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


def _fixed(content_type: str) -> list[tuple[str, str]]:
    """Return the headers of an answer that no cache may keep."""
    return [("content-type", content_type), ("cache-control", "no-store"), ("x-content-type-options", "nosniff")]


def _problem(problem: Problem, *headers: tuple[str, str]) -> Answer:
    document = msgspec.json.encode(problem.document())
    return problem.status, [*_fixed("application/problem+json"), *headers], document


def _ready() -> Answer:
    """Answer that the server is ready, with or without Redis: without it, codes are drawn."""
    return 200, _fixed("application/json"), msgspec.json.encode({"status": "ready", "redis": redis_state()})


def _share_counts(board: Board) -> None:
    """Share what this worker counts with all workers."""
    slot, tally = board.take_slot(), Tally([os.getpid()])
    board.write(slot, tally)

    def record(*counts: Any) -> None:
        tally.record(*counts)
        board.write(slot, tally)

    observability.listen(record)


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


def work(server: ServerSettings, board: Board) -> Application:
    """Start a worker of the server, which ends when the server does, and return its WSGI callable."""
    end_with_parent()
    return application(server, board)


def application(server: ServerSettings | None = None, board: Board | None = None) -> Application:
    """Load every handler once, as a Lambda execution environment does, and return the WSGI callable.

    With ``REDIS_WARM_CACHE=true``, it first warms the cache with the event of the template's schedule. Each worker does
    so, since each has its own memory tier; in a shared Redis, all but the first find everything present.
    """
    server, board = server or DEFAULTS, board or Board(1)
    _share_counts(board)
    template = parse(ROOT / "template.yaml")
    declared = routes(template)
    if settings().redis_warm_cache:
        for schedule in schedules(template):
            _warm(schedule)
    handlers = {route.function.name: _handler(route.function) for route in declared}
    router = Router(declared)
    shared = parse_sharing(template)

    own: dict[str, Callable[[WSGIEnvironment], Answer]] = {
        "/readyz": lambda _: _ready(),
        "/metrics": lambda _: (200, _fixed(CONTENT_TYPE), expose(add_up(board.read())).encode()),
    }

    def respond(environ: WSGIEnvironment) -> Answer:
        path, method = environ["PATH_INFO"], environ["REQUEST_METHOD"]
        methods = router.find_methods(path)
        if not methods:
            if path not in own:
                return _problem(NotFound("There is no such route; GET / lists them."))
            if method not in {"GET", "HEAD"}:
                problem = MethodNotAllowed(f"{path} takes GET or HEAD.", allowed_methods=("GET", "HEAD"))
                return _problem(problem, ("allow", "GET, HEAD"))
            if path == "/metrics":
                check_operator(environ, server)
            return own[path](environ)
        if shared.is_preflight(environ):
            return 204, [], b""
        route = methods.get(method) or (methods.get("GET") if method == "HEAD" else None)
        if route is None:
            allowed = tuple(sorted(methods.keys() | ({"HEAD"} if "GET" in methods else set())))
            detail = f"{path} takes {' or '.join(allowed)}."
            return _problem(MethodNotAllowed(detail, allowed_methods=allowed), ("allow", ", ".join(allowed)))
        # If operators sign their requests, the function itself checks the signature.
        if route.signed and settings().signing != "admin":
            check_operator(environ, server)
        length = environ.get("CONTENT_LENGTH") or ""
        if length.isdigit() and int(length) > BODY_LIMIT:
            return _too_large(int(length))
        # A chunked body has no declared length, so read one byte more than the limit. A GET hardly ever has a body, and
        # asking the server for it takes a while.
        has_body = method not in {"GET", "HEAD"} or length or "HTTP_TRANSFER_ENCODING" in environ
        body = environ["wsgi.input"].read(BODY_LIMIT + 1) if has_body else b""
        if len(body) > BODY_LIMIT:
            return _too_large(len(body))
        function = route.function
        return gateway.answer(
            handlers[function.name](gateway.event(environ, route, body), _context(function, function.timeout))
        )

    def wsgi(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        try:
            status, headers, body = respond(environ)
        except Forbidden as problem:
            status, headers, body = _problem(problem)
        headers += shared.headers(environ)
        if status not in {204, 304}:
            headers.append(("content-length", str(len(body))))
        start_response(_STATUS_LINES[status], headers)
        return [b"" if environ["REQUEST_METHOD"] == "HEAD" else body]

    return wsgi
