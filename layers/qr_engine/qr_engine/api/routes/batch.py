"""``POST /api/qr/batch``: many codes in one call, each with its own success or problem."""

from __future__ import annotations

from typing import Any

from ...errors import InvalidRequest, Issue, Problem, TooMuchData
from ...pipeline.engine import Code, engine
from ...request import BatchRequest, CanonicalRequest, checked, object_of_json, parse
from ..gateway import Request, Response, compressed, json_response
from ..negotiation import takes_gzip
from .generate import envelope, too_large
from .query_params import parameters

__all__ = ["post"]

BODY_LIMIT = 4 * 1024 * 1024
MOST_VALUES = 30_000
"""Values in the body: fifty codes with every field and list at its longest have a third of them."""
_PROBLEM_SIZE = 4096
ANSWER_LIMIT = 5 * 1024 * 1024
"""Bytes of pictures in one answer; Lambda returns 6 MB at most, and JSON escapes some of them."""
COMPRESSED_FROM = 8192
"""Bytes of an answer from which on to compress it takes less time than to hand it to Lambda as it is."""
RESERVE_MS = 5000
"""Milliseconds of an invocation that a batch leaves for the last code that it begins with, and for its answer."""


def post(request: Request) -> tuple[Response, str]:
    """Every code that can be drawn, and a problem in the place of each that cannot."""
    parameters(request)
    batch = checked(object_of_json(request.text(BODY_LIMIT), MOST_VALUES), BatchRequest)
    stops = batch.options.stop_on_error
    results: list[dict[str, Any]] = []
    room = ANSWER_LIMIT
    failed = False
    for index, outcome in enumerate(_made(batch.codes, request, stops=stops)):
        result: dict[str, Any] = {"index": index, **_identity(batch.codes[index])}
        if outcome is None or (failed and stops):
            result |= {"success": False, "skipped": True}
        else:
            result |= _told(outcome, room)
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
    headers = {"Vary": "Accept-Encoding"}
    response = json_response({"success": not failed, "results": results, "summary": summary}, headers=headers)
    # A REST API, which sends payloads of version 1.0, hands out what is in base64 as it is.
    if request.is_v2 and takes_gzip(request.header("accept-encoding", "")) and _worth_compressing(response, results):
        response = compressed(response)
    return response, "done"


def _worth_compressing(response: Response, results: list[dict[str, Any]]) -> bool:
    """Whether the answer is large and mostly text: pictures in base64 take ten times as long, and shrink little."""
    text = sum(len(result["data"]) for result in results if result.get("encoding") == "utf-8")
    length = len(response["body"])
    return length >= COMPRESSED_FROM and 2 * text > length


def _made(codes: list[dict[str, Any]], request: Request, *, stops: bool) -> list[Code | Problem | None]:
    """What became of each of `codes`; None where it was left undone because one before it failed."""
    # A plain code does without it, and comes to the same function.
    from ...pipeline.batch import Order, generate_all, no_time

    outcomes: list[Code | Problem | None] = [None] * len(codes)
    orders: dict[int, Order] = {}
    for index, code in enumerate(codes):
        try:
            # To read a logo, or to ask for an asset, may take long.
            if "logo" in code and request.remaining_ms() < RESERVE_MS:
                raise no_time()
            orders[index] = Order(*_parsed(code))
        except Problem as problem:
            outcomes[index] = problem
            if stops:
                break
    made = generate_all(
        engine(),
        list(orders.values()),
        remaining_ms=request.remaining_ms,
        reserve_ms=RESERVE_MS,
        stop_on_error=stops,
    )
    for index, outcome in zip(orders, made, strict=True):
        outcomes[index] = outcome
    return outcomes


def _parsed(code: dict[str, Any]) -> tuple[CanonicalRequest, bool]:
    asked = dict(code)
    identity = asked.pop("id", None)
    if identity is not None and not _is_identity(identity):
        raise InvalidRequest.of(Issue("id", "Must be a text of 1 to 128 characters.", limit={"min": 1, "max": 128}))
    wanted, canonical = parse(asked)
    return canonical, wanted.cache


def _identity(code: dict[str, Any]) -> dict[str, str]:
    return {"id": code["id"]} if _is_identity(code.get("id")) else {}


def _is_identity(identity: Any) -> bool:
    return isinstance(identity, str) and 0 < len(identity) <= 128


def _told(outcome: Code | Problem, room: int) -> dict[str, Any]:
    """One result, which is a problem as well where the answer has no `room` for the picture."""
    if isinstance(outcome, Code):
        answer = envelope(outcome)
        if len(answer["data"]) <= room:
            return {"success": True, **answer}
        length, metadata = len(answer["data"]), answer["metadata"]
        if length > ANSWER_LIMIT:
            outcome = too_large(answer["format"], max(metadata["width"], metadata["height"]), length, ANSWER_LIMIT)
        else:
            detail = "The answer to the batch would be too large; ask for this code in another batch."
            outcome = TooMuchData(detail, limit=ANSWER_LIMIT)
    return {"success": False, "problem": outcome.document()}
