"""Everything that is wrong with a value, where msgspec stops at the first thing.

Only a request that msgspec has refused comes here, so nothing in this file is on the path of a good one.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any, Literal, get_args, get_origin

import msgspec
from msgspec import inspect

from ..errors import Issue

__all__ = ["join", "nearest", "problems"]

MOST = 20
"""Problems of one object or list that are told: whoever has more will not read them all."""

_LISTS = (inspect.ListType, inspect.VarTupleType)

# Reading the annotations takes milliseconds, and they never change.
_type_of = cache(inspect.type_info)
_fields_of = cache(msgspec.structs.fields)


def problems(value: Any, model: Any, *, strict: bool, path: str = "") -> list[Issue]:
    """Every way in which `value` breaks the rules of `model`, a type that msgspec knows.

    Parameters
    ----------
    strict
        False where numbers and booleans arrive as text, as in a query string.
    path
        Where the value stands in the request.
    """
    try:
        msgspec.convert(value, model, strict=strict)
    except msgspec.ValidationError:
        pass
    else:
        return []
    kinds = _kinds(_type_of(model))
    structs = [kind for kind in kinds if isinstance(kind, inspect.StructType)]
    if structs and isinstance(value, dict):
        return _in_object(value, structs, strict, path)
    lists = [kind for kind in kinds if isinstance(kind, _LISTS)]
    if lists and isinstance(value, list) and _counts(value, lists[0]):
        item_model = _item(model)
        found: list[Issue] = []
        for index, item in enumerate(value):
            found += problems(item, item_model, strict=strict, path=f"{path}[{index}]")
            if len(found) >= MOST:
                break
        return found
    return [_described(value, model, kinds, path, strict=strict)]


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


def _kinds(kind: inspect.Type) -> list[inspect.Type]:
    if isinstance(kind, inspect.Metadata):
        return _kinds(kind.type)
    if isinstance(kind, inspect.UnionType):
        return [inner for choice in kind.types for inner in _kinds(choice)]
    return [kind]


def _item(model: Any) -> Any:
    """The type of the items of the list or tuple in `model`."""
    if get_origin(model) in (list, tuple):
        return get_args(model)[0]
    return next(filter(None, map(_item, get_args(model))), None)


def _words(model: Any) -> tuple[str, ...]:
    """The words of the Literal in `model`, in the order in which it gives them."""
    if get_origin(model) is Literal:
        return tuple(str(word) for word in get_args(model))
    return next(filter(None, map(_words, get_args(model))), ())


def _title(kind: inspect.Type) -> str | None:
    """What the annotations call a right value."""
    if isinstance(kind, inspect.UnionType):
        return next(filter(None, map(_title, kind.types)), None)
    if not isinstance(kind, inspect.Metadata):
        return None
    title = (kind.extra_json_schema or {}).get("title")
    return title or _title(kind.type)


def _counts(value: list[Any], kind: inspect.ListType | inspect.VarTupleType) -> bool:
    return (kind.min_length or 0) <= len(value) and (kind.max_length is None or len(value) <= kind.max_length)


def _in_object(value: dict[str, Any], structs: list[inspect.StructType], strict: bool, path: str) -> list[Issue]:
    tagged = {str(kind.tag): kind for kind in structs if kind.tag_field}
    if not tagged:
        return _in_fields(value, structs[0], strict, path)
    tag_field = structs[0].tag_field or ""
    tag = value.get(tag_field)
    if not isinstance(tag, str) or tag not in tagged:
        said = "Must be one of the known types." if tag_field in value else "Is missing."
        return [Issue(join(path, tag_field), said, allowed=tuple(tagged), suggestion=nearest(tag, tagged))]
    rest = {name: item for name, item in value.items() if name != tag_field}
    return _in_fields(rest, tagged[tag], strict, path)


def _in_fields(value: dict[str, Any], kind: inspect.StructType, strict: bool, path: str) -> list[Issue]:
    fields = {field.encode_name: field for field in _fields_of(kind.cls)}
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
    if isinstance(value, list):
        if not lists:
            return Issue(path, "Must be one value, not a list." if strict else "Is given more than once.")
        few, many = lists[0].min_length, lists[0].max_length
        return Issue(path, f"Must be a list of{_range(few, many)} items.", limit=_limit(few, many))
    for kind in kinds:
        match kind:
            case inspect.IntType() | inspect.FloatType() | inspect.DecimalType():
                noun = "a whole number" if isinstance(kind, inspect.IntType) else "a number"
                least, most = (None, None) if isinstance(kind, inspect.DecimalType) else (kind.ge, kind.le)
                return Issue(path, f"Must be {noun}{_range(least, most)}.", limit=_limit(least, most))
            case inspect.LiteralType():
                words = _words(model)
                said = f"Must be one of {', '.join(words)}."
                return Issue(path, said, allowed=words, suggestion=nearest(value, words))
            case inspect.BoolType():
                return Issue(path, "Must be true or false.", allowed=("true", "false"))
            case inspect.DateType() | inspect.DateTimeType():
                return Issue(path, f"Must be {_title(_type_of(model)) or 'a date, such as 2026-05-01'}.")
            case inspect.StrType():
                if not isinstance(value, str):
                    return Issue(path, f"Must be a text{_or_an_object(kinds)}.")
                return _described_text(value, kind, _title(_type_of(model)), path)
            case inspect.ListType() | inspect.VarTupleType():
                return Issue(path, "Must be a list.", limit=_limit(kind.min_length, kind.max_length))
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
        return Issue(path, f"Must be {title}." if title else f"Must match the pattern {kind.pattern}")
    said = f"Must have{_range(kind.min_length, kind.max_length)} characters, not {len(value)}."
    return Issue(path, said, limit=_limit(kind.min_length, kind.max_length))


def _range(least: float | None, most: float | None) -> str:
    match least, most:
        case None, None:
            return ""
        case _, None:
            return f" at least {least}"
        case None, _:
            return f" at most {most}"
        case _:
            return f" {least} to {most}"


def _limit(least: float | None, most: float | None) -> dict[str, float] | None:
    bounds = {name: bound for name, bound in (("min", least), ("max", most)) if bound is not None}
    return bounds or None
