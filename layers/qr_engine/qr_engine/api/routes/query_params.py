"""Query strings of routes that take few parameters or none."""

from __future__ import annotations

from typing import Any

from ...errors import InvalidRequest, Issue
from ...request import decode_pairs
from ..gateway import Request

__all__ = ["read_parameters"]


def read_parameters(request: Request, *allowed: str) -> dict[str, Any]:
    """Read the parameters of the query string.

    Raises
    ------
    InvalidRequest
        A parameter is not `allowed`: it would have no effect.
    """
    values = decode_pairs(request.query)
    unknown = [name for name in values if name not in allowed]
    if unknown:
        message = "Is not a query parameter of this route: send the fields in the body."
        if request.route.startswith("GET"):
            message = "Is not a query parameter of this route, which has none."
        raise InvalidRequest.of(*[Issue(name[:64], message, allowed=allowed or None) for name in unknown])
    return values
