"""The answers that are no success: their shape, and examples that the code itself gives."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from qr_engine.errors import (
    AssetNotFound,
    AssetUnavailable,
    BadSignature,
    CacheUnavailable,
    InternalError,
    Issue,
    NotFound,
    Problem,
)
from qr_engine.pipeline.generate import plan
from qr_engine.request import parse
from qr_engine.symbol import Level

from .headers import references
from .pictures import NOTICES

__all__ = ["RESPONSES", "GatewayMessage", "ProblemDocument"]

_CODES = tuple(sorted(problem.code for problem in Problem.__subclasses__()))
"""Every `code` that a problem document may have."""


class Fits(msgspec.Struct):
    """What would hold the data: the smallest version, at the strongest level that it fits in.

    Attributes
    ----------
    version
        1 to 40; 1 to 4 for Micro QR.
    error_correction
        The level to ask for.
    micro
        False where no Micro QR symbol holds the data and a QR Code symbol does.
    """

    version: int
    error_correction: Level
    micro: bool | UnsetType = UNSET


class ProblemDocument(msgspec.Struct):
    """Why there is no picture (RFC 9457).

    Attributes
    ----------
    type
        `urn:qr-engine:problem:` and the code.
    title
        The same for every problem of this code.
    status
        The HTTP status.
    detail
        One sentence about this request.
    code
        What kind of problem, for programs.
    errors
        Everything that is wrong with the request, not only the first thing.
    capacity, needed
        Of `too_much_data`: how much there is room for, and how much was sent.
    unit
        Of both: `bits` of a symbol, `characters` of a text, or `bytes` of a body.
    limit
        Of `too_much_data`: the bytes that a body or an answer may have.
    version, error_correction
        Of `would_not_scan`, where a logo covers too much: the symbol that would not bear it.
    touched, allowed
        Of the same: codewords that it covers of the block that loses most, and that a block may lose.
    reserve
        Of the same: the share of what a block can correct that is kept for the camera.
    string_to_sign
        Of `bad_signature`: what a signature of this request is made over.
    """

    type: Annotated[str, Meta(pattern="^urn:qr-engine:problem:[a-z_]+$")]
    title: str
    status: Annotated[int, Meta(ge=400, le=599)]
    detail: str
    code: Annotated[str, Meta(extra_json_schema={"enum": list(_CODES)})]
    errors: list[Issue] | UnsetType = UNSET
    capacity: int | UnsetType = UNSET
    needed: int | UnsetType = UNSET
    unit: Literal["bits", "bytes", "characters"] | UnsetType = UNSET
    limit: int | UnsetType = UNSET
    fits: Fits | UnsetType = UNSET
    version: int | UnsetType = UNSET
    error_correction: Level | UnsetType = UNSET
    touched: int | UnsetType = UNSET
    allowed: int | UnsetType = UNSET
    reserve: float | UnsetType = UNSET
    string_to_sign: str | UnsetType = UNSET


class GatewayMessage(msgspec.Struct):
    """An answer of API Gateway itself, before any function is called."""

    message: str


def _problem(description: str, example: Callable[[], object] | Problem) -> dict[str, Any]:
    return {
        "description": description,
        "headers": references("Cache-Control=NoStore", "X-Content-Type-Options"),
        "content": {
            "application/problem+json": {
                "schema": {"$ref": "#/components/schemas/ProblemDocument"},
                "example": msgspec.to_builtins(_problem_of(example).document()),
            },
        },
    }


def _problem_of(example: Callable[[], object] | Problem) -> Problem:
    if isinstance(example, Problem):
        return example
    try:
        example()
    except Problem as problem:
        return problem
    raise AssertionError("the example of a problem is none")


def _gateway(description: str, message: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/GatewayMessage"}
    return {
        "description": description + " This response comes from API Gateway; the local API never sends it.",
        "content": {"application/json": {"schema": schema, "example": {"message": message}}},
    }


def _plan_of(**request: Any) -> Callable[[], object]:
    return lambda: plan(parse(request)[1])


RESPONSES = {
    "NotModified": {
        "description": "`If-None-Match` has the `ETag` of the picture; the service neither looked it up nor drew it.",
        "headers": references("ETag", "Cache-Control=Immutable", "Vary", "X-Content-Type-Options"),
    },
    "InvalidRequest": _problem(
        "The request is malformed, or fields break their rules. `errors` lists all of them, each with its path.",
        _plan_of(data="https://example.com", sise=300, format="jpg", margin=-1),
    ),
    "TooMuchData": _problem(
        "The data exceeds the symbol, or the body its limit.", _plan_of(data="1" * 30, version=1, error_correction="H")
    ),
    "WouldNotScan": _problem(
        "The code could be drawn, but no phone would read it; with `cannot_be_drawn`, it could not even be drawn. "
        "With `broken_style`, the file of the named style is invalid, and its owner has to fix it. "
        "`errors` says what to change.",
        _plan_of(data="https://example.com", colors={"foreground": "yellow"}),
    ),
    "AssetNotFound": _problem(
        "The asset for the logo is not in the bucket, or the service is not allowed to read it; with "
        "`style_not_found`, the same for the named style.",
        AssetNotFound(
            "logo.asset: There is no such asset, or the service is not allowed to read it.",
            issues=(Issue("logo.asset", "There is no such asset, or the service is not allowed to read it."),),
        ),
    ),
    "AssetUnavailable": _problem(
        "S3 does not return the asset for the logo; with `style_unavailable`, the same for the named style.",
        AssetUnavailable(
            "S3 does not return the asset: SlowDown.",
            issues=(Issue("logo.asset", "Cannot be read at the moment; try again in a few seconds."),),
        ),
    ),
    "FileNotFound": _problem("There is no such file, or `STUDIO` is `false`.", NotFound("The page has no such file.")),
    "CacheUnavailable": _problem(
        "Redis is configured but does not answer. The service still draws codes.",
        CacheUnavailable("Redis does not answer; the service draws codes without it. Try again in a few seconds."),
    ),
    "InternalError": _problem(
        "The service has failed; the cause is in the log.",
        InternalError("The service failed; the fault has been logged."),
    ),
    "NotSigned": _problem(
        "The URL is not signed, or with `expired`, it has expired. Only if the service requires signatures.",
        BadSignature.of(Issue("sig", "Must be given: this route only answers signed URLs.")),
    ),
    "Forbidden": _gateway("No signature, or no permission.", "Forbidden"),
    "TooManyRequests": _gateway("The caller exceeds the throttle of the route.", "Too Many Requests"),
}

# The one or the other asks, as the owner of the service decides.
RESPONSES["Forbidden"]["content"] |= RESPONSES["NotSigned"]["content"]

RESPONSES |= {
    f"{name}-of-GET": {
        **response,
        "description": f"{response['description']} It is a picture if `Accept` or the ending of the path asks for one.",
        "headers": {**response["headers"], **references("X-Problem=X-Problem-of-picture")},
        "content": {**response["content"], **NOTICES},
    }
    for name, response in RESPONSES.items()
    if "application/problem+json" in response.get("content", {})
    if name not in ("CacheUnavailable", "Forbidden")
}
