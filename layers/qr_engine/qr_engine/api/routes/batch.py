"""``POST /api/qr/batch``: many codes in one call, each with its own result or problem."""

from __future__ import annotations

from typing import Any

from ...errors import InvalidRequest, Issue, Problem, TooMuchData
from ...pipeline.engine import Code, engine
from ...pipeline.keyed_request import KeyedRequest
from ...request import decode_json, validate, with_style
from ...request.schema import BatchRequest
from ..answer import PRIVATE, envelope, too_large_problem
from ..compression import compress
from ..gateway import Request, Response, json_response
from .query_params import read_parameters

__all__ = ["post"]

BODY_LIMIT = 4 * 1024 * 1024
MAX_VALUES = 30_000
"""Values in the body: fifty codes with every field and list at its longest need a third of that."""
_PROBLEM_SIZE = 4096
PICTURES_LIMIT = 5 * 1024 * 1024
"""Bytes of pictures in one answer; Lambda returns 6 MB at most, and JSON escapes some of them."""
COMPRESS_FROM = 8192
"""Bytes of an answer from which compressing it takes less time than passing it to Lambda uncompressed."""
BATCH_RESERVE_MS = 5000
"""Milliseconds of an invocation that a batch keeps for the last code that it starts and for its answer."""


def post(request: Request) -> tuple[Response, str]:
    """Answer with every code that can be drawn, and a problem in place of each that cannot."""
    read_parameters(request)
    batch = validate(decode_json(request.text(BODY_LIMIT), MAX_VALUES), BatchRequest)
    codes = [{"data": code} if isinstance(code, str) else code for code in batch.codes]
    stop_on_error = batch.options.stop_on_error
    results: list[dict[str, Any]] = []
    bytes_left = PICTURES_LIMIT
    failed = False
    for index, outcome in enumerate(_generate(codes, request, stop_on_error=stop_on_error)):
        result: dict[str, Any] = {"index": index, **_id_member(codes[index])}
        if outcome is None or (failed and stop_on_error):
            result |= {"success": False, "skipped": True}
        else:
            result |= _result(outcome, bytes_left)
            bytes_left -= len(result.get("data", "")) or _PROBLEM_SIZE
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
    is_private = any(result.get("success") and result["etag"] is None for result in results)
    headers = {"Vary": "Accept-Encoding", **(PRIVATE if is_private else {})}
    response = json_response({"success": not failed, "results": results, "summary": summary}, headers=headers)
    return compress(request, response) if _is_worth_compressing(response, results) else response, "done"


def _is_worth_compressing(response: Response, results: list[dict[str, Any]]) -> bool:
    """Return whether the answer is large and mostly text: base64 compresses ten times as slowly and shrinks little."""
    text = sum(len(result["data"]) for result in results if result.get("encoding") == "utf-8")
    length = len(response["body"])
    return length >= COMPRESS_FROM and 2 * text > length


def _generate(codes: list[dict[str, Any]], request: Request, *, stop_on_error: bool) -> list[Code | Problem | None]:
    """Generate each of `codes`; an outcome is None if the code was skipped because an earlier one failed."""
    # The same Lambda function answers plain codes, which do not need this module.
    from ...pipeline.batch import generate_all, no_time_problem

    outcomes: list[Code | Problem | None] = [None] * len(codes)
    requests: dict[int, KeyedRequest] = {}
    for index, code in enumerate(codes):
        try:
            # Reading a logo or fetching an asset or a style may take long.
            if ("logo" in code or "style" in code) and request.remaining_ms() < _reading_ms(code):
                raise no_time_problem()
            requests[index] = _parse_code(code)
        except Problem as problem:
            outcomes[index] = problem
            if stop_on_error:
                break
    generated = generate_all(
        engine(),
        list(requests.values()),
        remaining_ms=request.remaining_ms,
        stop_on_error=stop_on_error,
    )
    for index, outcome in zip(requests, generated, strict=True):
        outcomes[index] = outcome
    return outcomes


def _reading_ms(code: dict[str, Any]) -> float:
    """Return the milliseconds needed to read the logo and the style of a code, and then to draw the code."""
    from ...pipeline.drawing_time import ANSWER_MS, ASSET_READING_MS, LEAST_MS, LOGO_READING_MS

    logo = code.get("logo")
    fetches = "style" in code or (isinstance(logo, dict) and "asset" in logo)
    return ANSWER_MS + LEAST_MS + (ASSET_READING_MS if fetches else LOGO_READING_MS)


def _parse_code(code: dict[str, Any]) -> KeyedRequest:
    fields = dict(code)
    identity = fields.pop("id", None)
    if identity is not None and not _is_id(identity):
        raise InvalidRequest.of(Issue("id", "Must be a text of 1 to 128 characters.", limit={"min": 1, "max": 128}))
    return KeyedRequest.from_fields(*with_style(fields))


def _id_member(code: dict[str, Any]) -> dict[str, str]:
    return {"id": code["id"]} if _is_id(code.get("id")) else {}


def _is_id(identity: Any) -> bool:
    return isinstance(identity, str) and 0 < len(identity) <= 128


def _result(outcome: Code | Problem, bytes_left: int) -> dict[str, Any]:
    """Build the result of one outcome; a picture of more than `bytes_left` becomes a problem."""
    if isinstance(outcome, Code):
        answer = envelope(outcome)
        if len(answer["data"]) <= bytes_left:
            return {"success": True, **answer}
        length, metadata = len(answer["data"]), answer["metadata"]
        if length > PICTURES_LIMIT:
            outcome = too_large_problem(
                answer["format"], max(metadata["width"], metadata["height"]), length, PICTURES_LIMIT
            )
        else:
            detail = "The response to the batch would be too large; request this code in another batch."
            outcome = TooMuchData(detail, limit=PICTURES_LIMIT)
    return {"success": False, "problem": outcome.document()}
