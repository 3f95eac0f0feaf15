"""Everything that is wrong with a value, where msgspec stops at the first thing.

Only a request that msgspec has refused comes here, so nothing in this file is on the path of a good one.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import msgspec
from msgspec import inspect

from ..errors import Issue
from .decode import says_null
from .introspect import fields_of, item_of, kinds_of, struct_of, tags_of, title_of, words_of

__all__ = ["join", "nearest", "problems"]

MOST = 20
"""Problems of one object or list that are told: whoever has more will not read them all."""

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


def problems(value: Any, model: Any, *, strict: bool, path: str = "") -> list[Issue]:
    """Every way in which `value` breaks the rules of `model`, a type that msgspec knows.

    Parameters
    ----------
    strict
        False where numbers and booleans arrive as text, as in a query string.
    path
        Where the value stands in the request.
    """
    fits = _fits(value, model, strict)
    if fits and (strict or not says_null(value)):
        return []
    kinds = kinds_of(model)
    if isinstance(value, dict) and any(isinstance(kind, inspect.StructType) for kind in kinds):
        return _in_object(value, kinds, strict, path)
    lists = [kind for kind in kinds if isinstance(kind, _LISTS)]
    if lists and isinstance(value, list) and _counts(value, lists[0]):
        item_model = item_of(model)
        found: list[Issue] = []
        for index, item in enumerate(value):
            found += problems(item, item_model, strict=strict, path=f"{path}[{index}]")
            if len(found) >= MOST:
                break
        return found
    if fits and any(isinstance(kind, inspect.StrType) for kind in kinds):
        return []
    return [_described(value, model, kinds, path, strict=strict)]


def _fits(value: Any, model: Any, strict: bool) -> bool:
    try:
        msgspec.convert(value, model, strict=strict)
    except msgspec.ValidationError:
        return False
    return True


def nearest(word: Any, allowed: Iterable[str]) -> str | None:
    """The allowed word most like `word`, if one is like it at all."""
    return _nearest(word[:40].lower().replace("-", "_"), tuple(allowed)) if isinstance(word, str) else None


# Whoever sends a wrong word usually sends it again; to compare it with all fields takes as long as drawing a code.
@lru_cache(maxsize=256)
def _nearest(word: str, allowed: tuple[str, ...]) -> str | None:
    from difflib import get_close_matches  # not needed until somebody errs

    folded = {candidate.lower(): candidate for candidate in allowed}
    # ``latitude`` is more like ``altitude`` than like ``lat``; but ``text_positoin`` does not mean ``text``.
    begun = [each for each in folded if len(each) >= 3 and word.startswith(each) and word[len(each) :][:1] != "_"]
    close = begun or get_close_matches(word, folded, n=1, cutoff=0.6)
    return folded[close[0]] if close else None


def join(path: str, name: str) -> str:
    """The path of the field `name` of the object at `path`."""
    shown = (name if len(name) <= 64 else name[:64] + "…") or '""'
    return f"{path}.{shown}" if path else shown


def _counts(value: list[Any], kind: inspect.ListType | inspect.VarTupleType) -> bool:
    return (kind.min_length or 0) <= len(value) and (kind.max_length is None or len(value) <= kind.max_length)


def _in_object(value: dict[str, Any], kinds: list[inspect.Type], strict: bool, path: str) -> list[Issue]:
    kind = struct_of(value, kinds)
    if kind is None:
        tag_field, tags = tags_of(kinds)
        tag = value.get(tag_field)
        said = "Must be one of the known types." if tag_field in value else "Is missing."
        return [Issue(join(path, tag_field), said, allowed=tags, suggestion=nearest(tag, tags))]
    return _in_fields({name: item for name, item in value.items() if name != kind.tag_field}, kind, strict, path)


def _in_fields(value: dict[str, Any], kind: inspect.StructType, strict: bool, path: str) -> list[Issue]:
    fields = fields_of(kind.cls)
    found: list[Issue] = []
    for name, item in value.items():
        if name in fields:
            found += problems(item, fields[name].type, strict=strict, path=join(path, name))
        else:
            near = nearest(name, fields)
            found.append(Issue(join(path, name), "Is not a known field.", allowed=tuple(fields), suggestion=near))
        if len(found) >= MOST:
            return found
    absent = [name for name, field in fields.items() if field.required and name not in value]
    return found + [Issue(join(path, name), "Is missing.") for name in absent]


def _described(value: Any, model: Any, kinds: list[inspect.Type], path: str, *, strict: bool) -> Issue:
    """The rule that a single value, not an object or a list of the right length, has broken."""
    lists = [kind for kind in kinds if isinstance(kind, _LISTS)]
    if isinstance(value, list) and not lists and any(isinstance(kind, _VALUES) for kind in kinds):
        return Issue(path, "Must be one value, not a list." if strict else "Is given more than once.")
    # Of a value or a list of such, whoever sends a list means the list.
    for kind in lists if lists and isinstance(value, list) else kinds:
        match kind:
            case inspect.IntType() | inspect.FloatType() | inspect.DecimalType():
                noun = "a whole number" if isinstance(kind, inspect.IntType) else "a number"
                least, most = (None, None) if isinstance(kind, inspect.DecimalType) else (kind.ge, kind.le)
                return Issue(path, f"Must be {noun}{_bounds(least, most)}.", limit=_limit(least, most))
            case inspect.LiteralType():
                words = words_of(model)
                said = f"Must be one of {', '.join(words)}."
                return Issue(path, said, allowed=words, suggestion=nearest(value, words))
            case inspect.BoolType():
                return Issue(path, "Must be true or false.", allowed=("true", "false"))
            case inspect.DateType() | inspect.DateTimeType():
                return Issue(path, f"Must be {title_of(model) or 'a date, such as 2026-05-01'}.")
            case inspect.StrType():
                if not isinstance(value, str):
                    return Issue(path, f"Must be a text{_or_an_object(kinds)}.")
                return _described_text(value, kind, title_of(model), path)
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


def _described_text(value: str, kind: inspect.StrType, title: str | None, path: str) -> Issue:
    if not value and kind.min_length:
        return Issue(path, "Must not be empty.", limit=_limit(kind.min_length, kind.max_length))
    if (kind.min_length or 0) <= len(value) <= (kind.max_length or len(value)):
        return Issue(path, f"Must be {title}." if title else f"Must match the pattern `{kind.pattern}`.")
    said = f"Must have{_range(kind.min_length, kind.max_length)} characters, not {len(value)}."
    return Issue(path, said, limit=_limit(kind.min_length, kind.max_length))


def _bounds(least: float | None, most: float | None) -> str:
    """Say what a number lies between; `_range` says how many of something there are."""
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
