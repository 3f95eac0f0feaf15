"""Normalise JSON before conversion: drop nulls of known fields, turn 300.0 into 300 for integers."""

from __future__ import annotations

from typing import Any

from msgspec import inspect

from .introspect import fields_of, item_of, kinds_of, struct_of

__all__ = ["normalize"]


def normalize(value: Any, model: Any) -> Any:
    """Drop known fields that are null from `value`, and turn ``300.0`` into 300 where `model` has an integer.

    Some clients send an object with every field, so null stands for a missing field. JSON has no integers; a number
    whose fraction is zero is one (JSON Schema, 6.1.1). Wrong values stay unchanged, for `explain` to describe.
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
