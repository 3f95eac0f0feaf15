"""The query string of a route whose fields are in its body, or that has none."""

from __future__ import annotations

from typing import Any

from ...errors import InvalidRequest, Issue
from ...request import decode_pairs
from ..gateway import Request

__all__ = ["read_parameters"]


def read_parameters(request: Request, *allowed: str) -> dict[str, Any]:
    """The parameters of the query string.

    Raises
    ------
    InvalidRequest
        There is one that is not `known`: it would have no effect.
    """
    values = decode_pairs(request.query)
    unknown = [name for name in values if name not in allowed]
    if unknown:
        message = "Is not known here; the fields go into the body."
        if request.route.startswith("GET"):
            message = "Is not known here: this route takes no parameters."
        raise InvalidRequest.of(*[Issue(name[:64], message, allowed=allowed or None) for name in unknown])
    return values
