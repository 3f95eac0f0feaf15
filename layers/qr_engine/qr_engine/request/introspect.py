"""Introspection of the annotations of structs, for requests that msgspec refuses.

Reading annotations takes milliseconds and they never change, so the results are cached.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Literal, get_args, get_origin

import msgspec
from msgspec import inspect

__all__ = ["fields_of", "is_color", "item_of", "kinds_of", "struct_of", "tags_of", "title_of", "words_of"]


@cache
def fields_of(struct: Any) -> dict[str, msgspec.structs.FieldInfo]:
    """Map the JSON names of a struct's fields to the fields."""
    return {field.encode_name: field for field in msgspec.structs.fields(struct)}


@cache
def kinds_of(model: Any) -> list[inspect.Type]:
    """List the alternatives of the type `model`, each without its metadata."""
    return _kinds(inspect.type_info(model))


def struct_of(value: dict[str, Any], kinds: list[inspect.Type]) -> inspect.StructType | None:
    """Return the struct among `kinds` that `value` is meant for, by its tag if they have tags; None for a wrong tag."""
    structs = [kind for kind in kinds if isinstance(kind, inspect.StructType)]
    untagged = [kind for kind in structs if kind.tag_field is None]
    matching = [kind for kind in structs if kind.tag_field is not None and value.get(kind.tag_field) == kind.tag]
    return next(iter(untagged + matching), None)


def tags_of(kinds: list[inspect.Type]) -> tuple[str, tuple[str, ...]]:
    """Return the name of the tag field of the structs among `kinds`, and its values."""
    tagged = [kind for kind in kinds if isinstance(kind, inspect.StructType) and kind.tag_field is not None]
    return tagged[0].tag_field or "", tuple(str(kind.tag) for kind in tagged)


@cache
def item_of(model: Any) -> Any:
    """Return the type of the items of the list or tuple in `model`; None if there is none."""
    if get_origin(model) in (list, tuple):
        return get_args(model)[0]
    return next(filter(None, map(item_of, get_args(model))), None)


@cache
def words_of(model: Any) -> tuple[str, ...]:
    """Return the words of the Literal in `model`, in its order."""
    if get_origin(model) is Literal:
        return tuple(str(word) for word in get_args(model))
    return next(filter(None, map(words_of, get_args(model))), ())


@cache
def is_color(model: Any) -> bool:
    """Return whether `model` is a colour, with or without None; its annotation says so in ``extra``."""
    return _is_color(inspect.type_info(model))


@cache
def title_of(model: Any) -> str | None:
    """Return the phrase that describes a valid value in the annotations of `model`; None if there is none."""
    return _title(inspect.type_info(model))


def _kinds(kind: inspect.Type) -> list[inspect.Type]:
    if isinstance(kind, inspect.Metadata):
        return _kinds(kind.type)
    if isinstance(kind, inspect.UnionType):
        return [inner for choice in kind.types for inner in _kinds(choice)]
    return [kind]


def _is_color(kind: inspect.Type) -> bool:
    if isinstance(kind, inspect.UnionType):
        return any(map(_is_color, kind.types))
    return isinstance(kind, inspect.Metadata) and (bool((kind.extra or {}).get("color")) or _is_color(kind.type))


def _title(kind: inspect.Type) -> str | None:
    if isinstance(kind, inspect.UnionType):
        return next(filter(None, map(_title, kind.types)), None)
    if not isinstance(kind, inspect.Metadata):
        return None
    title = (kind.extra_json_schema or {}).get("title")
    return title or _title(kind.type)
