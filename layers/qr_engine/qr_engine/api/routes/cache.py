"""``GET /api/qr/cache/stats`` and ``POST /api/qr/cache/clear``: what an operator asks of the cache."""

from __future__ import annotations

import re
from time import time
from typing import Any

from ...cache import Chosen, matcher
from ...errors import InvalidRequest, Issue
from ...pipeline.engine import engine
from ...request import ClearRequest, checked, format_of, object_of_json, object_of_pairs, text_of
from ..gateway import Request, Response, json_response
from .query_params import parameters

__all__ = ["clear", "stats"]

BODY_LIMIT = 16 * 1024
RESERVE_MS = 2000
"""Milliseconds of an invocation that a clear leaves for its last batch and its answer."""

_NEVER_STORED = {"Cache-Control": "no-store"}


def stats(request: Request) -> tuple[Response, str]:
    """What the cache has done, and what it holds."""
    parameters(request)
    answer = {"success": True, "stats": engine().cache.stats(format_of)}
    return json_response(answer, headers=_NEVER_STORED), "done"


def clear(request: Request) -> tuple[Response, str]:
    """Remove every entry, or those that meet the conditions in the body or the query string."""
    wanted = checked(_asked(request), ClearRequest)
    chosen = _chosen(wanted.pattern, wanted.format, wanted.older_than)
    cleared = engine().cache.clear(
        chosen,
        # How old the picture is says nothing about how popular it is.
        forget=chosen if wanted.older_than is None else _nothing,
        conditions=f"{wanted.pattern!r} {wanted.format} {wanted.older_than}",
        cursor=wanted.cursor,
        seconds=max(0.0, (request.remaining_ms() - RESERVE_MS) / 1000),
    )
    answer = {
        "success": True,
        "pattern": wanted.pattern or "*",
        "count": cleared.count,
        "scanned": cleared.scanned,
        "freed_bytes": cleared.freed_bytes,
        "complete": cleared.cursor is None,
    }
    if cleared.cursor is not None:
        answer["cursor"] = cleared.cursor
    return json_response(answer, headers=_NEVER_STORED), "done"


def _chosen(pattern: str | None, form: str | None, older_than: int | None) -> Chosen | None:
    """The conditions as one question, or None where there are none."""
    if pattern is None and form is None and older_than is None:
        return None
    matches = matcher(pattern or "*")
    drawn_before = None if older_than is None else time() - older_than

    def chosen(created: int, request: bytes) -> bool:
        text = text_of(request)
        return (
            # What is damaged meets no condition: nobody can say what it was.
            text != ""
            and (drawn_before is None or created < drawn_before)
            and (form is None or format_of(request) == form)
            and matches(text)
        )

    return chosen


def _nothing(_created: int, _request: bytes) -> bool:
    return False


def _asked(request: Request) -> dict[str, Any]:
    """The conditions, from the query string and the body; one that went wrong must not remove everything."""
    query = object_of_pairs(request.query)
    # Only this is a number there.
    age = query.get("older_than")
    if isinstance(age, str) and re.fullmatch(r"[0-9]{1,10}", age):
        query["older_than"] = int(age)
    text = request.text(BODY_LIMIT)
    body = object_of_json(text) if text.strip() else {}
    nulls = [name for name, value in body.items() if value is None]
    if nulls:
        said = "Must not be null: leave a condition out to have none, which removes more."
        raise InvalidRequest.of(*[Issue(name, said) for name in nulls])
    twice = sorted(query.keys() & body.keys())
    if twice:
        raise InvalidRequest.of(
            *[Issue(name, "Must be given once, in the query string or in the body.") for name in twice]
        )
    return {**query, **body}
