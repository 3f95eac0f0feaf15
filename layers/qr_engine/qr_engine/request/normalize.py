"""A JSON object as the structs have it, where JSON has several ways to say the same."""

from __future__ import annotations

from typing import Any

from msgspec import inspect

from .introspect import fields_of, item_of, kinds_of, struct_of

__all__ = ["normalize"]


def normalize(value: Any, model: Any) -> Any:
    """The same `value` without the known fields that are null, and with ``300.0`` as 300 where a whole number belongs.

    Null stands for a field that is not given, as those write it who have an object with a place for each field.
    JSON knows no whole numbers; a number whose fraction is zero is one (JSON Schema, 6.1.1).
    What is not right is left as it is, for `problems` to explain.
    """
    if value is None or isinstance(value, str):
        return value
    kinds = kinds_of(model)
    if isinstance(value, dict):
        kind = struct_of(value, kinds)
        fields = {} if kind is None else fields_of(kind.cls)
        return {
            name: normalize(item, fields[name].type) if name in fields else item
            for name, item in value.items()
            if item is not None or name not in fields
        }
    if isinstance(value, list):
        item_model = item_of(model)
        return value if item_model is None else [normalize(item, item_model) for item in value]
    if isinstance(value, float) and value.is_integer() and any(isinstance(kind, inspect.IntType) for kind in kinds):
        return int(value)
    return value
