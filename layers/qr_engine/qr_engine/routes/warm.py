"""``POST /api/qr/cache/warm``, and the same body from the schedule or a direct invocation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..engine import engine
from ..errors import CacheUnavailable, Problem
from ..http import Request, Response, json_response
from ..request import WarmRequest, checked, object_of_json, parse

__all__ = ["post", "warm"]

BODY_LIMIT = 2 * 1024 * 1024


def post(request: Request) -> tuple[Response, str]:
    """Warm the cache with what the body lists."""
    return json_response(warm(object_of_json(request.text(BODY_LIMIT))), headers={"Cache-Control": "no-store"}), "done"


def warm(body: Mapping[str, Any]) -> dict[str, Any]:
    """Draw and store each pattern; one that cannot be drawn never stops the others.

    Raises
    ------
    InvalidRequest
        The body does not list any pattern, or lists something that is neither a text nor an object.
    CacheUnavailable
        There is no cache to warm: Redis does not answer.
    """
    asked = checked(dict(body), WarmRequest)
    results = [_one(pattern) for pattern in asked.patterns]
    kept = sum(result["outcome"] != "failed" for result in results)
    gone = [result for result in results if result.get("problem", {}).get("code") == CacheUnavailable.code]
    if gone and not kept:
        raise CacheUnavailable(gone[0]["problem"]["detail"])
    return {"success": True, "count": kept, "results": results}


def _one(pattern: str | dict[str, Any]) -> dict[str, Any]:
    try:
        _, canonical = parse({"data": pattern} if isinstance(pattern, str) else pattern)
        outcome = "stored" if engine().warm(canonical) else "present"
    except Problem as problem:
        return {"pattern": pattern, "outcome": "failed", "problem": problem.document()}
    return {"pattern": pattern, "outcome": outcome}
