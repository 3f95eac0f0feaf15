"""From the object that a caller sent to a checked request: all problems at once, or the canonical form."""

from __future__ import annotations

import re
from typing import Any, TypeVar

import msgspec

from ..errors import InvalidRequest, Issue, Problem
from .canonical import CanonicalRequest
from .canonical_style import unhyphenated
from .canonicalize import canonical
from .decode import says_null
from .schema import QRRequest

__all__ = ["checked", "parse"]

Model = TypeVar("Model")


def parse(value: dict[str, Any], *, strict: bool = True) -> tuple[QRRequest, CanonicalRequest]:
    """Check the object that a caller sent as a request for one code.

    Parameters
    ----------
    strict
        False where numbers and booleans arrive as text, as in a query string.

    Raises
    ------
    InvalidRequest
        With every problem of the request, structural ones and contradictions alike.
    TooMuchData
        The text is longer than any symbol holds.
    """
    if "-" in "".join(value) or not value.keys().isdisjoint(_STYLE_WORDS):
        value = unhyphenated(value)
    try:
        if not strict and says_null(value):
            # msgspec takes the text for what JSON calls so, and a query string has no null.
            raise msgspec.ValidationError
        request = msgspec.convert(value, QRRequest, strict=strict)
    except msgspec.ValidationError:
        value, found = _explained(value, QRRequest, strict=strict)
        if found:
            raise InvalidRequest.of(*found, *_contradictions(value, found, strict)) from None
        request = msgspec.convert(value, QRRequest, strict=strict)
    return request, canonical(request)


def checked(value: dict[str, Any], model: type[Model]) -> Model:
    """`value`, from a JSON body, as a `model`.

    Raises
    ------
    InvalidRequest
        With every problem of it.
    """
    try:
        return msgspec.convert(value, model)
    except msgspec.ValidationError:
        value, found = _explained(value, model, strict=True)
        if found:
            raise InvalidRequest.of(*found) from None
        return msgspec.convert(value, model)


def _explained(value: dict[str, Any], model: Any, *, strict: bool) -> tuple[dict[str, Any], list[Issue]]:
    """What msgspec has refused as the structs have it, and what is wrong with it even so."""
    # Not for good requests, and so not for a cold start.
    from .explain import problems
    from .normalize import restated

    if strict:
        value = restated(value, model)
    return value, problems(value, model, strict=strict)


_PLACEHOLDER = "0" * 16
"""Data that contradict nothing, long enough for every structured append."""

_STYLE_WORDS = ("data_pattern", "eye_shape", "eye_border_style", "eye_center_style", "logo", "frame")


def _contradictions(value: dict[str, Any], found: list[Issue], strict: bool) -> list[Issue]:
    """What is wrong among the fields that are right by themselves, being those that `found` does not name."""
    wrong = {re.split(r"[.\[]", issue.path, maxsplit=1)[0] for issue in found}
    right = {name: value[name] for name in QRRequest.__struct_fields__ if name in value and name not in wrong}
    try:
        canonical(msgspec.convert({"data": _PLACEHOLDER, **right}, QRRequest, strict=strict))
    except Problem as problem:
        return list(problem.issues)
    except msgspec.ValidationError:
        # `found` ends before a field that is wrong as well: there are more problems than are told.
        return []
    return []
