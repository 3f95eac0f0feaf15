"""API Gateway events in, responses out: the only module that knows their formats."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from time import perf_counter
from typing import Any, Final

import msgspec

from ..errors import Forbidden, InternalError, InvalidRequest, Issue, NotFound, Problem, TooMuchData
from ..observability import flush, logger, without_quotes
from .query_string import SIGNATURE_PARAMETERS, check_pairs, parse_query

__all__ = [
    "Event",
    "Guard",
    "Handler",
    "Response",
    "is_http",
    "json_response",
    "remaining_ms",
    "serve",
    "text_response",
]

Event = Mapping[str, Any]
Response = dict[str, Any]

GATEWAY_MS = 29_000.0
"""Milliseconds that a REST API waits for an answer; an HTTP API waits a second longer."""

ORIGIN_HEADER = "x-origin-secret"

ALWAYS_OPEN = frozenset({"GET /healthz", "HEAD /healthz"})
"""Routes that cost nothing and that monitoring may ask at any address."""

NO_STORE: Final = {"Cache-Control": "no-store"}
"""The header of an answer that no cache may keep."""

_NOSNIFF = {"X-Content-Type-Options": "nosniff"}
_encode = msgspec.json.Encoder().encode


class Request:
    """One HTTP request, read from a payload of version 2.0 (HTTP API) or 1.0 (REST API).

    Attributes
    ----------
    route
        Method and path template, such as ``GET /api/qr/generate``.
    """

    def __init__(self, event: Event, context: Any = None) -> None:
        self._event = event
        self._context = context
        self._started = perf_counter()
        self.is_v2 = "routeKey" in event
        self._headers = _object_or_empty(event.get("headers"))
        # API Gateway sends names in lower case in 2.0 but not in 1.0, `sam local start-api` in neither.
        if "host" not in self._headers:
            self._headers = {name.lower(): value for name, value in self._headers.items()}
        if self.is_v2:
            self.route = str(event["routeKey"])
        else:
            self.route = f"{event.get('httpMethod')} {event.get('resource')}"

    def remaining_ms(self) -> float:
        """Return the milliseconds until Lambda ends this invocation or API Gateway stops waiting for it."""
        return min(remaining_ms(self._context), GATEWAY_MS - (perf_counter() - self._started) * 1000)

    @property
    def raw_query(self) -> str | None:
        """The query string as the client sent it, without the question mark; None for payloads that have none."""
        return str(self._event.get("rawQueryString") or "") if self.is_v2 else None

    @property
    def query(self) -> list[tuple[str, str]]:
        """The parameters of the query string, in order and with repeated ones, but without those of a signature.

        An address may be signed even if the service does not ask for signatures yet, or any more.

        Raises
        ------
        InvalidRequest
            A percent-encoded value is not UTF-8, or there are too many.
        """
        raw = self.raw_query
        pairs = self.decoded_query if raw is None else parse_query(raw)
        return [pair for pair in pairs if pair[0] not in SIGNATURE_PARAMETERS]

    @property
    def decoded_query(self) -> list[tuple[str, str]]:
        """All parameters of a payload without a raw query string, as decoded by API Gateway.

        Raises
        ------
        InvalidRequest
            There are too many.
        """
        multi_value = _object_or_empty(self._event.get("multiValueQueryStringParameters"))
        single = _object_or_empty(self._event.get("queryStringParameters"))
        lists = {name: values for name, values in multi_value.items() if isinstance(values, list)}
        pairs = [(name, value) for name, values in lists.items() for value in values] or list(single.items())
        # In the console's test events, a parameter without a value is null.
        return check_pairs([(name, value if isinstance(value, str) else "") for name, value in pairs])

    def header(self, name: str, default: str) -> str:
        """Return the header `name` (in lower case), or `default` if it is missing or not a text."""
        value = self._headers.get(name)
        return value if isinstance(value, str) else default

    @property
    def domain(self) -> str:
        """The host, with any port, that the client addressed; the empty text if the event does not say."""
        return str(_object_or_empty(self._event.get("requestContext")).get("domainName") or "")

    def path_parameter(self, name: str) -> str:
        """Return the part of the path that the route calls `name`, in braces; the empty text if there is none."""
        value = _object_or_empty(self._event.get("pathParameters")).get(name)
        return value if isinstance(value, str) else ""

    def text(self, limit: int) -> str:
        """Return the body as text.

        Parameters
        ----------
        limit
            Most bytes that the body may have.

        Raises
        ------
        TooMuchData
            The body has more bytes.
        InvalidRequest
            The body is not UTF-8, or not in base64 although the event says so.
        """
        body = self._body(limit)
        if isinstance(body, str):
            return body
        try:
            return body.decode()
        except UnicodeDecodeError:
            raise InvalidRequest.of(Issue("", "The body must be text in UTF-8.")) from None

    def octets(self, limit: int | None = None) -> bytes:
        """Return the body as the client sent it.

        Parameters
        ----------
        limit
            Most bytes that the body may have; None for no limit.

        Raises
        ------
        TooMuchData
            The body has more bytes.
        InvalidRequest
            The body is not text, or not in base64 although the event says so.
        """
        body = self._body(limit)
        return body.encode(errors="surrogatepass") if isinstance(body, str) else body

    def _body(self, limit: int | None) -> str | bytes:
        """Return the body: bytes if the event has it in base64, else text."""
        body = self._event.get("body") or ""
        if not isinstance(body, str):
            raise InvalidRequest.of(Issue("", "The body of the event must be a string."))
        encoded = bool(self._event.get("isBase64Encoded"))
        if limit is not None and len(body) > (limit * 4 // 3 + 4 if encoded else limit):
            detail = f"The body must have at most {limit} bytes."
            raise TooMuchData.of(Issue("", detail, limit={"max": limit}), limit=limit, unit="bytes")
        if not encoded:
            return body
        try:
            return base64.b64decode(body, validate=True)
        except ValueError:
            raise InvalidRequest.of(Issue("", "The body must be in base64, as the event declares.")) from None


Handler = Callable[[Request], tuple[Response, str]]
"""A route: takes a request, returns the response and the outcome that the metrics count."""

Guard = Callable[[Request, Handler], tuple[Response, str]]
"""Runs before every route: passes a request on to its handler, or answers it instead."""


def is_http(event: Event) -> bool:
    """Return whether `event` comes from API Gateway, and not from a schedule or a direct invocation."""
    return isinstance(event, dict) and ("routeKey" in event or "httpMethod" in event)


def _object_or_empty(value: Any) -> dict[str, Any]:
    """Return `value` if it is an object, else an empty one: a member of an event may be null."""
    return value if isinstance(value, dict) else {}


def remaining_ms(context: Any) -> float:
    """Return the milliseconds that the invocation with this Lambda context may still take."""
    return 30_000.0 if context is None else float(context.get_remaining_time_in_millis())


def serve(
    event: Event,
    context: Any,
    name: str,
    handlers: Mapping[str, Handler],
    *,
    secret: str | None = None,
    guard: Guard | None = None,
) -> Response:
    """Answer one API Gateway event.

    Parameters
    ----------
    context
        The Lambda context, which knows how much time is left.
    name
        The name of the function in the metrics.
    handlers
        The routes by their keys, such as ``GET /api/qr/generate``.
    secret
        The value that a request must have in `ORIGIN_HEADER`, except on routes of `ALWAYS_OPEN`; None for no check.
    guard
        Decides which requests reach the routes; None for all.
    """
    started = perf_counter()
    fault = None
    try:
        if not isinstance(event, dict):
            raise InvalidRequest.of(Issue("", "The event must be an object like those that API Gateway sends."))
        request = Request(event, context)
        if secret and request.route not in ALWAYS_OPEN:
            _check_origin(request, secret)
        handler = handlers.get(request.route)
        if handler is None:
            # Half of a surrogate pair, which is not a character, is written as an escape.
            route = request.route[:100].encode(errors="backslashreplace").decode()
            raise NotFound(f"There is no route {route}.")
        response, outcome = handler(request) if guard is None else guard(request, handler)
    except Problem as problem:
        response, outcome = problem_response(problem), "rejected" if problem.status < 500 else "failed"
    except Exception as error:  # the one boundary where an invocation must still answer
        fault = without_quotes(error)
        response, outcome = problem_response(InternalError("The service failed; the fault has been logged.")), "failed"
    if fault is not None:
        # Not in the handler: if this line cannot be written, Python prints the error that is handled, quotes and all.
        logger().exception("unexpected fault", exc_info=fault)
    flush(name, outcome, (perf_counter() - started) * 1000)
    return response


def _check_origin(request: Request, secret: str) -> None:
    """Refuse a request that did not come through CloudFront, which alone knows the secret."""
    from hmac import compare_digest

    if not compare_digest(request.header(ORIGIN_HEADER, "").encode(), secret.encode()):
        raise Forbidden("Only CloudFront may call this host; use the host name of the distribution.")


def json_response(body: Any, *, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """Build a JSON response; `body` is anything that msgspec encodes."""
    return {
        "statusCode": status,
        "headers": {"Content-Type": "application/json", **_NOSNIFF, **(headers or {})},
        "body": _encode(body).decode(),
        "isBase64Encoded": False,
    }


def text_response(text: str, *, headers: Mapping[str, str]) -> Response:
    """Build a response of plain text."""
    return {
        "statusCode": 200,
        "headers": {"Content-Type": "text/plain; charset=utf-8", **_NOSNIFF, **headers},
        "body": text,
        "isBase64Encoded": False,
    }


def picture_response(body: bytes, *, binary: bool, headers: Mapping[str, str]) -> Response:
    """Build the response with a picture; `headers` has the content type."""
    return {
        "statusCode": 200,
        "headers": {**headers, **_NOSNIFF},
        "body": base64.b64encode(body).decode() if binary else body.decode(),
        "isBase64Encoded": binary,
    }


def not_modified_response(headers: Mapping[str, str]) -> Response:
    """Build the response to a client that has the picture already."""
    return {"statusCode": 304, "headers": {**headers, **_NOSNIFF}, "body": "", "isBase64Encoded": False}


def problem_response(problem: Problem) -> Response:
    """Build the response with the RFC 9457 document of `problem`; no cache on the way stores it."""
    return {
        "statusCode": problem.status,
        "headers": {"Content-Type": "application/problem+json", **NO_STORE, **_NOSNIFF},
        "body": _encode(problem.document()).decode(),
        "isBase64Encoded": False,
    }
