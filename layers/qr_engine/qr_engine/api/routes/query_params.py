"""The query string of a route whose fields are in its body, or that has none."""

from __future__ import annotations

from typing import Any

from ...errors import InvalidRequest, Issue
from ...request import object_of_pairs
from ..gateway import Request

__all__ = ["parameters"]


def parameters(request: Request, *known: str) -> dict[str, Any]:
    """The parameters of the query string.

    Raises
    ------
    InvalidRequest
        There is one that is not `known`: it would have no effect.
    """
    given = object_of_pairs(request.query)
    unknown = [name for name in given if name not in known]
    if unknown:
        said = "Is not known here; the fields go into the body."
        if request.route.startswith("GET"):
            said = "Is not known here: this route takes no parameters."
        raise InvalidRequest.of(*[Issue(name[:64], said, allowed=known or None) for name in unknown])
    return given
