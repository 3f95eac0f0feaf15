"""``POST /api/qr/cache/warm``, and the same body sent by the schedule or a direct invocation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from time import perf_counter
from typing import Any

import msgspec

from ...errors import InvalidRequest, Issue
from ...observability import flush
from ...pipeline.warm import warm_cache as warmed
from ...request import decode_json, validate
from ...request.schema import WarmRequest
from ..gateway import NO_STORE, Request, Response, json_response, remaining_ms
from .query_params import read_parameters

__all__ = ["invoke", "post", "warm_from_body"]

BODY_LIMIT = 2 * 1024 * 1024
MAX_VALUES = 50_000
"""Values in the body: a thousand patterns with fifty each."""


def post(request: Request) -> tuple[Response, str]:
    """Warm the cache with the codes that the body names."""
    read_parameters(request)
    answer = warm_from_body(decode_json(request.text(BODY_LIMIT), MAX_VALUES), request.remaining_ms)
    return json_response(answer, headers=NO_STORE), "done"


def invoke(body: Mapping[str, Any], context: Any) -> dict[str, Any]:
    """Warm the cache for a schedule or a direct invocation, and write the metrics line.

    Raises
    ------
    Problem
        See `warm_from_body`.
    """
    started, outcome = perf_counter(), "failed"
    try:
        answer = warm_from_body(body, lambda: remaining_ms(context))
        outcome = "done"
        return answer
    except InvalidRequest:
        outcome = "rejected"
        raise
    finally:
        flush("warm", outcome, (perf_counter() - started) * 1000)


def warm_from_body(body: Mapping[str, Any], remaining_ms: Callable[[], float]) -> dict[str, Any]:
    """Warm the cache with the codes that `body` names, and report the outcome of each.

    Raises
    ------
    InvalidRequest
        The body names no code, or one that is neither a text nor an object.
    CacheUnavailable
        Redis does not answer, so there is no cache to warm.
    """
    if not isinstance(body, dict):
        raise InvalidRequest.of(Issue("", "Must be an object, like the one that the schedule sends."))
    try:
        msgspec.json.encode(body)
    except UnicodeEncodeError:
        message = "Must not contain half of a surrogate pair, which is not a character."
        raise InvalidRequest.of(Issue("patterns", message)) from None
    warm_request = validate(dict(body), WarmRequest)
    if not (warm_request.patterns or warm_request.listed or warm_request.popular):
        message = "Must list something to warm, unless listed or popular is given."
        raise InvalidRequest.of(Issue("patterns", message))
    return warmed(warm_request, remaining_ms)
