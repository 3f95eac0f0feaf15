"""Requests from decoded JSON or query strings: validated and canonicalized, or refused with all problems at once.

`PlainRequest` reads a request for a plain code, and no other schema is loaded for it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from ..errors import InvalidRequest, Issue, Problem
from .canonical import CanonicalRequest
from .canonicalize import canonicalize
from .decode import contains_null_text
from .plain_schema import PlainRequest, is_plain

if TYPE_CHECKING:
    from .schema import QRRequest

__all__ = ["PLACEHOLDER", "find_contradictions", "parse", "parse_parameters", "style_missing", "validate"]

Model = TypeVar("Model")


def style_missing() -> InvalidRequest:
    """Build the problem of a request without a style, for a service that requires one."""
    return InvalidRequest.of(Issue("style", "Must be given: this service only draws codes with a named style."))


def parse(value: dict[str, Any], *, strict: bool = True) -> tuple[PlainRequest | QRRequest, CanonicalRequest]:
    """Validate and canonicalize a request for one code.

    Parameters
    ----------
    strict
        False if numbers and booleans arrive as text, as in a query string.

    Raises
    ------
    InvalidRequest
        With every problem of the request, structural ones and contradictions alike.
    TooMuchData
        The text is longer than any symbol holds.
    """
    if "-" in "".join(value) or not value.keys().isdisjoint(_HYPHENATED_FIELDS):
        from .snake_case import to_snake_case

        value = to_snake_case(value)
    try:
        if not strict and contains_null_text(value):
            # msgspec reads the text "null" as JSON's null, and a query string has no null.
            raise msgspec.ValidationError
        request = msgspec.convert(value, _model_for(value), strict=strict)
    except msgspec.ValidationError:
        value, issues = _normalize_and_explain(value, _model(), strict=strict)
        if issues:
            raise InvalidRequest.of(*issues, *find_contradictions(value, issues, strict=strict)) from None
        request = msgspec.convert(value, _model_for(value), strict=strict)
    return request, canonicalize(request)


def parse_parameters(fields: dict[str, Any]) -> tuple[PlainRequest | QRRequest, CanonicalRequest]:
    """Validate and canonicalize the parameters of a query string, including spellings that a body may not use.

    Raises
    ------
    Problem
        See `parse`.
    """
    try:
        return parse(fields, strict=False)
    except InvalidRequest as refusal:
        from .lenient import add_hints, relax

        problem, relaxed = refusal, relax(fields, _model())
        if relaxed != fields:
            try:
                return parse(relaxed, strict=False)
            except InvalidRequest as second_refusal:
                problem = second_refusal
        raise add_hints(problem, fields) from None


def validate(value: dict[str, Any], model: type[Model]) -> Model:
    """Convert `value`, a decoded JSON body, to a `model`.

    Raises
    ------
    InvalidRequest
        With every problem of the value.
    """
    try:
        return msgspec.convert(value, model)
    except msgspec.ValidationError:
        value, issues = _normalize_and_explain(value, model, strict=True)
        if issues:
            raise InvalidRequest.of(*issues) from None
        return msgspec.convert(value, model)


def _model_for(value: dict[str, Any]) -> type[PlainRequest | QRRequest]:
    """Return the smallest schema that has the fields of `value`."""
    return PlainRequest if is_plain(value) else _model()


def _model() -> type[QRRequest]:
    """Return the schema of all requests, which a plain code does not load."""
    from .schema import QRRequest

    return QRRequest


def _normalize_and_explain(value: dict[str, Any], model: Any, *, strict: bool) -> tuple[dict[str, Any], list[Issue]]:
    """Normalise a value that msgspec has refused, and list what is still wrong with it."""
    # Only refusals load it, so that a cold start does not.
    from .explain import explain
    from .normalize import normalize

    if strict:
        value = normalize(value, model)
    return value, explain(value, model, strict=strict)


PLACEHOLDER = "0" * 16
"""Data that contradict no other field, and are long enough for every structured append."""

_HYPHENATED_FIELDS = ("data_pattern", "eye_shape", "eye_border_style", "eye_center_style", "logo", "frame")


def find_contradictions(value: dict[str, Any], issues: list[Issue], *, strict: bool) -> list[Issue]:
    """Find contradictions among the fields that are valid on their own: those without issues."""
    model = _model()
    wrong_fields = {re.split(r"[.\[]", issue.path, maxsplit=1)[0] for issue in issues}
    right_fields = {name: value[name] for name in model.__struct_fields__ if name in value and name not in wrong_fields}
    try:
        canonicalize(msgspec.convert({"data": PLACEHOLDER, **right_fields}, model, strict=strict))
    except Problem as problem:
        return list(problem.issues)
    except msgspec.ValidationError:
        # The list of issues has a limit, and a field after it is invalid as well.
        return []
    return []
