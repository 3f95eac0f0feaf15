"""The rules for style files: the same as for requests, except for fields that only the caller may set."""

from __future__ import annotations

from typing import Any, Final

from ..errors import Issue
from .decode import contains_null_text
from .explain import explain
from .normalize import normalize
from .parse import PLACEHOLDER, find_contradictions
from .schema import QRRequest
from .snake_case import to_snake_case

__all__ = ["OWN_FIELDS", "find_issues"]

OWN_FIELDS: Final = frozenset({"data", "style", "verify", "cache", "private"})
"""The fields of a request that a style may not set."""


def find_issues(fields: dict[str, Any]) -> tuple[dict[str, Any], list[Issue]]:
    """Bring the fields of a style into their normal form, and list what is wrong with them."""
    fields = normalize(to_snake_case(fields), QRRequest)
    own = [
        Issue(name, "Must be left out of a style: only a request can set it.") for name in fields if name in OWN_FIELDS
    ]
    others = {name: value for name, value in fields.items() if name not in OWN_FIELDS}
    request = {"data": PLACEHOLDER, **others}
    issues = own + explain(request, QRRequest, strict=True)
    if contains_null_text(others):
        # In a query string, msgspec would read this text as a null.
        issues.append(Issue("", "Must not be null."))
    # A logo that cannot be read now may be there in a moment; it is reported when it is needed.
    contradictions = [
        issue for issue in find_contradictions(request, issues, strict=True) if issue.path != "logo.asset"
    ]
    return others, issues + contradictions
