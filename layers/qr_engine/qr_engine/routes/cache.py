"""``GET /api/qr/cache/stats`` and ``POST /api/qr/cache/clear``: what an operator asks of the cache."""

from __future__ import annotations

from typing import Any

from ..cache import Entry, matcher
from ..engine import engine
from ..errors import InvalidRequest, Issue
from ..http import Request, Response, json_response
from ..request import ClearRequest, checked, object_of_json, object_of_pairs, text_of

__all__ = ["clear", "stats"]

BODY_LIMIT = 16 * 1024


def stats(_: Request) -> tuple[Response, str]:
    """What the cache has done, and what it holds."""
    answer = {"success": True, "stats": engine().cache.stats()}
    return json_response(answer, headers={"Cache-Control": "no-store"}), "done"


def clear(request: Request) -> tuple[Response, str]:
    """Remove every entry, or those whose data matches `pattern`, from the body or the query string."""
    pattern = checked(_asked(request), ClearRequest).pattern
    if pattern is None:
        count = engine().cache.clear()
    else:
        matches = matcher(pattern)

        def chosen(entry: Entry) -> bool:
            return matches(text_of(entry.request))

        count = engine().cache.clear(chosen)
    answer = {"success": True, "pattern": pattern or "*", "count": count}
    return json_response(answer, headers={"Cache-Control": "no-store"}), "done"


def _asked(request: Request) -> dict[str, Any]:
    query = object_of_pairs(request.query)
    text = request.text(BODY_LIMIT)
    body = object_of_json(text) if text.strip() else {}
    twice = sorted(query.keys() & body.keys())
    if twice:
        raise InvalidRequest(
            f"{twice[0]} is given in the query string and in the body.",
            issues=tuple(Issue(name, "Is given in the query string and in the body.") for name in twice),
        )
    return {**query, **body}
