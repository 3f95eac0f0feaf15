"""The guard before the routes that answer signed requests only."""

from __future__ import annotations

from functools import cache
from time import time

from ...config import settings
from ...errors import BadSignature, Problem, SignatureExpired
from ...observability import annotate
from ..gateway import ALWAYS_OPEN, Handler, Request, Response
from .keys import keys_of
from .verifier import Verifier

__all__ = ["answer_signed", "verifier"]

OPEN = ALWAYS_OPEN | {
    *("GET /openapi.json", "GET /llms.txt", "GET /", "HEAD /"),
    *("GET /studio/{version}/{file}", "HEAD /studio/{version}/{file}"),
}
"""Routes that only describe the service; where pictures are signed, there is no page."""


def answer_signed(request: Request, handler: Handler) -> tuple[Response, str]:
    """Pass a signed request on to `handler`, and refuse any other.

    No cache may keep the answer for longer than its address is valid.

    Raises
    ------
    Problem
        See `Verifier.verify`, and `handler`.
    """
    if request.route in OPEN:
        return handler(request)
    try:
        signed = verifier().verify(request, time())
    except (BadSignature, SignatureExpired) as problem:
        annotate("problem", problem.code)
        return _refuse(request, problem)
    annotate("kid", signed.key)
    response, outcome = handler(request)
    if signed.expires is not None:
        # Drawing may have taken a while.
        response = _limit_age(response, max(0, int(signed.expires - time())))
    return response, outcome


@cache
def verifier() -> Verifier:
    """Return the verifier of this environment."""
    return Verifier(keys_of(settings()), expires=settings().signing == "admin")


def _refuse(request: Request, problem: Problem) -> tuple[Response, str]:
    """Answer with `problem` in the style of the route: as a picture if its callers show nothing else."""
    method, _, path = request.route.partition(" ")
    if path in ("/api/qr/generate", "/api/qr/{picture}") and method != "POST":
        from ..routes.generate import refuse

        return refuse(request, problem)
    if not path.startswith("/api/"):
        from ..drop_in.answer import SERVICES
        from ..drop_in.answer import refuse as refuse_drop_in

        if path.rstrip("/") in SERVICES:
            return refuse_drop_in(request, problem)
    raise problem


def _limit_age(response: Response, seconds: int) -> Response:
    """Let caches keep a response for at most `seconds`."""
    before, name, after = response["headers"].get("Cache-Control", "").partition("max-age=")
    age, comma, rest = after.partition(",")
    if not name or int(age) <= seconds:
        return response
    headers = {**response["headers"], "Cache-Control": f"{before}{name}{seconds}{comma}{rest}"}
    return {**response, "headers": headers}
