"""Explain every problem of a value that msgspec has refused; msgspec itself stops at the first.

Valid requests never load this module.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import msgspec
from msgspec import inspect

from ..errors import Issue
from .decode import contains_null_text
from .introspect import fields_of, item_of, kinds_of, struct_of, tags_of, title_of, words_of

__all__ = ["UNKNOWN_FIELD", "explain", "join_path", "nearest_word"]

MAX_ISSUES = 20
"""Most issues to list for one object or list: nobody reads more."""

UNKNOWN_FIELD = "Is not a known field."

_OTHER_APIS = ("text", "url", "content")
"""Names in other services for the field `data`."""

_LISTS = (inspect.ListType, inspect.VarTupleType)
_VALUES = (
    inspect.StrType,
    inspect.IntType,
    inspect.FloatType,
    inspect.DecimalType,
    inspect.BoolType,
    inspect.LiteralType,
    inspect.DateType,
    inspect.DateTimeType,
)


def explain(value: Any, model: Any, *, strict: bool, path: str = "") -> list[Issue]:
    """List every way in which `value` breaks the rules of `model`, a type that msgspec supports.

    Parameters
    ----------
    strict
        False if numbers and booleans arrive as text, as in a query string.
    path
        The path of the value in the request.
    """
    fits = _is_valid(value, model, strict)
    if fits and (strict or not contains_null_text(value)):
        return []
    kinds = kinds_of(model)
    if isinstance(value, dict) and any(isinstance(kind, inspect.StructType) for kind in kinds):
        return _explain_object(value, kinds, strict, path)
    lists = [kind for kind in kinds if isinstance(kind, _LISTS)]
    if lists and isinstance(value, list) and _has_right_length(value, lists[0]):
        item_model = item_of(model)
        issues: list[Issue] = []
        for index, item in enumerate(value):
            issues += explain(item, item_model, strict=strict, path=f"{path}[{index}]")
            if len(issues) >= MAX_ISSUES:
                break
        return issues
    if fits and any(isinstance(kind, inspect.StrType) for kind in kinds):
        return []
    return [_explain_value(value, model, kinds, path, strict=strict)]


def _is_valid(value: Any, model: Any, strict: bool) -> bool:
    try:
        msgspec.convert(value, model, strict=strict)
    except msgspec.ValidationError:
        return False
    return True


def nearest_word(word: Any, allowed: Iterable[str]) -> str | None:
    """Return the allowed word that is most similar to `word`; None if none is similar."""
    return _nearest_word(word[:40].lower().replace("-", "_"), tuple(allowed)) if isinstance(word, str) else None


# A client usually repeats a wrong word, and comparing it with all fields takes as long as drawing a code.
@lru_cache(maxsize=256)
def _nearest_word(word: str, allowed: tuple[str, ...]) -> str | None:
    from difflib import get_close_matches  # not needed before the first mistake

    folded = {candidate.lower(): candidate for candidate in allowed}
    # ``latitude`` is more similar to ``altitude`` than to ``lat``; but ``text_positoin`` does not mean ``text``.
    prefixes = [
        candidate
        for candidate in folded
        if len(candidate) >= 3 and word.startswith(candidate) and word[len(candidate) :][:1] != "_"
    ]
    close = prefixes or get_close_matches(word, folded, n=1, cutoff=0.6)
    return folded[close[0]] if close else None


def join_path(path: str, name: str) -> str:
    """Build the path of the field `name` of the object at `path`."""
    label = (name if len(name) <= 64 else name[:64] + "…") or '""'
    return f"{path}.{label}" if path else label


def _has_right_length(value: list[Any], kind: inspect.ListType | inspect.VarTupleType) -> bool:
    return (kind.min_length or 0) <= len(value) and (kind.max_length is None or len(value) <= kind.max_length)


def _explain_object(value: dict[str, Any], kinds: list[inspect.Type], strict: bool, path: str) -> list[Issue]:
    kind = struct_of(value, kinds)
    if kind is None:
        tag_field, tags = tags_of(kinds)
        tag = value.get(tag_field)
        message = "Must be one of the known types." if tag_field in value else "Is missing."
        return [Issue(join_path(path, tag_field), message, allowed=tags, suggestion=nearest_word(tag, tags))]
    return _explain_fields({name: item for name, item in value.items() if name != kind.tag_field}, kind, strict, path)


def _explain_fields(value: dict[str, Any], kind: inspect.StructType, strict: bool, path: str) -> list[Issue]:
    fields = fields_of(kind.cls)
    issues: list[Issue] = []
    for name, item in value.items():
        if name in fields:
            issues += explain(item, fields[name].type, strict=strict, path=join_path(path, name))
        else:
            means_data = not path and name.lower() in _OTHER_APIS and "data" in fields and "data" not in value
            suggestion = "data" if means_data else nearest_word(name, fields)
            issues.append(Issue(join_path(path, name), UNKNOWN_FIELD, allowed=tuple(fields), suggestion=suggestion))
        if len(issues) >= MAX_ISSUES:
            return issues
    missing = [name for name, field in fields.items() if field.required and name not in value]
    return issues + [Issue(join_path(path, name), "Is missing.") for name in missing]


def _explain_value(value: Any, model: Any, kinds: list[inspect.Type], path: str, *, strict: bool) -> Issue:
    """Explain the rule that a value breaks, unless it is an object or a list of the right length."""
    lists = [kind for kind in kinds if isinstance(kind, _LISTS)]
    if isinstance(value, list) and not lists and any(isinstance(kind, _VALUES) for kind in kinds):
        return Issue(path, "Must be one value, not a list." if strict else "Is given more than once.")
    # Where a value or a list of values is allowed, a list is checked as a list.
    for kind in lists if lists and isinstance(value, list) else kinds:
        match kind:
            case inspect.IntType() | inspect.FloatType() | inspect.DecimalType():
                noun = "a whole number" if isinstance(kind, inspect.IntType) else "a number"
                least, most = (None, None) if isinstance(kind, inspect.DecimalType) else (kind.ge, kind.le)
                return Issue(path, f"Must be {noun}{_bounds(least, most)}.", limit=_limit(least, most))
            case inspect.LiteralType():
                words = words_of(model)
                message = f"Must be one of {', '.join(words)}."
                return Issue(path, message, allowed=words, suggestion=nearest_word(value, words))
            case inspect.BoolType():
                return Issue(path, "Must be true or false.", allowed=("true", "false"))
            case inspect.DateType() | inspect.DateTimeType():
                return Issue(path, f"Must be {title_of(model) or 'a date, such as 2026-05-01'}.")
            case inspect.StrType():
                if not isinstance(value, str):
                    return Issue(path, f"Must be a text{_or_an_object(kinds)}.")
                return _explain_text(value, kind, title_of(model), path)
            case inspect.ListType() | inspect.VarTupleType():
                few, many = kind.min_length, kind.max_length
                return Issue(path, f"Must be a list of{_range(few, many)} items.", limit=_limit(few, many))
            case inspect.StructType():
                names = tuple(fields_of(kind.cls))
                return Issue(path, f"Must be an object with fields such as {names[0]}.", allowed=names)
            case _:
                pass
    return Issue(path, "Must be an object.")


def _or_an_object(kinds: list[inspect.Type]) -> str:
    if any(isinstance(kind, inspect.StructType) for kind in kinds):
        return ", or an object with a type"
    return ", or an object" if any(isinstance(kind, inspect.DictType) for kind in kinds) else ""


def _explain_text(value: str, kind: inspect.StrType, title: str | None, path: str) -> Issue:
    if not value and kind.min_length:
        return Issue(path, "Must not be empty.", limit=_limit(kind.min_length, kind.max_length))
    if (kind.min_length or 0) <= len(value) <= (kind.max_length or len(value)):
        return Issue(path, f"Must be {title}." if title else f"Must match the pattern `{kind.pattern}`.")
    message = f"Must have{_range(kind.min_length, kind.max_length)} characters, not {len(value)}."
    return Issue(path, message, limit=_limit(kind.min_length, kind.max_length))


def _bounds(least: float | None, most: float | None) -> str:
    """Format the bounds of a number, "from 1 to 5"; `_range` formats those of a count, "1 to 5"."""
    between = least is not None and most is not None and least != most
    return f" from{_range(least, most)}" if between else _range(least, most)


def _range(least: float | None, most: float | None) -> str:
    match least, most:
        case None, None:
            return ""
        case _, None:
            return f" at least {least}"
        case None, _:
            return f" at most {most}"
        case _ if least == most:
            return f" {least}"
        case _:
            return f" {least} to {most}"


def _limit(least: float | None, most: float | None) -> dict[str, float] | None:
    bounds = {name: bound for name, bound in (("min", least), ("max", most)) if bound is not None}
    return bounds or None
