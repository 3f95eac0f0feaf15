"""``GET /api/qr/cache/stats`` and ``POST /api/qr/cache/clear``: the routes for operators of the cache."""

from __future__ import annotations

import re
from time import time
from typing import Any

from ...cache.clear import ClearFilter
from ...cache.glob import compile_glob
from ...errors import InvalidRequest, Issue
from ...pipeline.engine import engine
from ...request import decode_json, decode_pairs, format_of, text_of, validate
from ...request.schema import ClearRequest
from ..gateway import NO_STORE, Request, Response, json_response
from .query_params import read_parameters

__all__ = ["clear", "stats"]

BODY_LIMIT = 16 * 1024
CLEAR_RESERVE_MS = 2000
"""Milliseconds of an invocation that a clear keeps for its last batch and its answer."""


def stats(request: Request) -> tuple[Response, str]:
    """Answer with the counters and the contents of the cache."""
    read_parameters(request)
    answer = {"success": True, "stats": engine().cache.stats(format_of)}
    return json_response(answer, headers=NO_STORE), "done"


def clear(request: Request) -> tuple[Response, str]:
    """Remove every entry, or only the entries that meet the conditions in the body or the query string."""
    conditions = validate(_read_conditions(request), ClearRequest)
    cleared = engine().cache.clear(
        _clear_filter(conditions.pattern, conditions.format, conditions.older_than),
        cursor=conditions.cursor,
        seconds=max(0.0, (request.remaining_ms() - CLEAR_RESERVE_MS) / 1000),
    )
    answer = {
        "success": True,
        "pattern": conditions.pattern or "*",
        "count": cleared.count,
        "scanned": cleared.scanned,
        "freed_bytes": cleared.freed_bytes,
        "complete": cleared.cursor is None,
    }
    if cleared.cursor is not None:
        answer["cursor"] = cleared.cursor
    return json_response(answer, headers=NO_STORE), "done"


def _clear_filter(pattern: str | None, format_name: str | None, older_than: int | None) -> ClearFilter | None:
    """Combine the conditions into one filter; None if there are none."""
    if pattern is None and format_name is None and older_than is None:
        return None
    matches = compile_glob(pattern or "*")
    drawn_before = None if older_than is None else time() - older_than

    def meets_all(created: int, request: bytes) -> bool:
        text = text_of(request)
        return (
            # A damaged entry meets no condition: its request is unknown.
            text != ""
            and (drawn_before is None or created < drawn_before)
            and (format_name is None or format_of(request) == format_name)
            and matches(text)
        )

    # The age of a picture says nothing about its popularity.
    return ClearFilter(meets_all, f"{pattern!r} {format_name} {older_than}", forgets_popularity=older_than is None)


def _read_conditions(request: Request) -> dict[str, Any]:
    """Read the conditions from the query string and the body; a mistyped condition must not remove everything."""
    query = decode_pairs(request.query)
    # Only this parameter is a number.
    age = query.get("older_than")
    if isinstance(age, str) and re.fullmatch(r"[0-9]{1,10}", age):
        query["older_than"] = int(age)
    text = request.text(BODY_LIMIT)
    body = decode_json(text) if text.strip() else {}
    nulls = [name for name, value in body.items() if value is None]
    if nulls:
        message = "Must not be null: to remove more, leave the condition out."
        raise InvalidRequest.of(*[Issue(name, message) for name in nulls])
    twice = sorted(query.keys() & body.keys())
    if twice:
        raise InvalidRequest.of(
            *[Issue(name, "Must be given once, in the query string or in the body.") for name in twice]
        )
    return {**query, **body}
