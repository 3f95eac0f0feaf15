"""``POST /api/qr/batch``: many codes in one call, each with its own success or problem."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..engine import engine
from ..errors import InvalidRequest, Issue, Problem, TooMuchData
from ..http import Request, Response, json_response
from ..request import BatchRequest, checked, object_of_json, parse
from .parameters import parameters
from .picture import envelope

__all__ = ["post"]

BODY_LIMIT = 4 * 1024 * 1024
_PROBLEM_SIZE = 4096
ANSWER_LIMIT = 5 * 1024 * 1024
"""Bytes of pictures in one answer; Lambda returns 6 MB at most, and JSON escapes some of them."""
RESERVE_MS = 5000
"""Milliseconds of an invocation that a batch leaves for the last code that it begins with, and for its answer."""


def post(request: Request) -> tuple[Response, str]:
    """Every code that can be drawn, and a problem in the place of each that cannot."""
    parameters(request)
    batch = checked(object_of_json(request.text(BODY_LIMIT)), BatchRequest)
    results: list[dict[str, Any]] = []
    room = ANSWER_LIMIT
    failed = False
    for index, code in enumerate(batch.codes):
        if failed and batch.options.stop_on_error:
            results.append({"index": index, **_identity(code), "success": False, "skipped": True})
            continue
        result = {"index": index, **_identity(code), **_one(code, room, request.remaining_ms)}
        room -= len(result.get("data", "")) or _PROBLEM_SIZE
        failed = failed or not result["success"]
        results.append(result)
    succeeded = sum(result["success"] for result in results)
    skipped = sum("skipped" in result for result in results)
    summary = {
        "total": len(results),
        "succeeded": succeeded,
        "failed": len(results) - succeeded - skipped,
        "skipped": skipped,
        "cached": sum(bool(result.get("cached")) for result in results),
    }
    return json_response({"success": not failed, "results": results, "summary": summary}), "done"


def _identity(code: dict[str, Any]) -> dict[str, str]:
    return {"id": code["id"]} if _is_identity(code.get("id")) else {}


def _is_identity(identity: Any) -> bool:
    return isinstance(identity, str) and 0 < len(identity) <= 128


def _one(code: dict[str, Any], room: int, remaining_ms: Callable[[], float]) -> dict[str, Any]:
    try:
        asked = dict(code)
        identity = asked.pop("id", None)
        if identity is not None and not _is_identity(identity):
            raise InvalidRequest.of(Issue("id", "Must be a text of 1 to 128 characters.", limit={"min": 1, "max": 128}))
        wanted, canonical = parse(asked)
        if remaining_ms() < RESERVE_MS:
            raise TooMuchData("There is no time left to draw this code; ask for it in another batch.")
        answer = envelope(engine().generate(canonical, cached=wanted.cache, remaining_ms=remaining_ms))
        if len(answer["data"]) > room:
            raise TooMuchData("The answer would be too large; ask for this code in another batch.", limit=ANSWER_LIMIT)
    except Problem as problem:
        return {"success": False, "problem": problem.document()}
    return {"success": True, **answer}
