"""Accept hyphens in names, as in style sheets, in place of underscores."""

from __future__ import annotations

from typing import Any

__all__ = ["to_snake_case"]

_STYLE_FIELDS = ("data_pattern", "eye_shape", "eye_border_style", "eye_center_style", "shape")
_OBJECT_FIELDS = ("logo", "frame")


def to_snake_case(value: dict[str, Any]) -> dict[str, Any]:
    """Write the names of fields and styles in snake case, so that ``eye-shape: rounded-square`` is valid too."""
    fields = {name.replace("-", "_"): item for name, item in value.items()}
    if len(fields) != len(value):
        return value
    for part in _OBJECT_FIELDS:
        if isinstance(fields.get(part), dict):
            fields[part] = to_snake_case(fields[part])
    words = {name: fields[name] for name in _STYLE_FIELDS if isinstance(fields.get(name), str)}
    return {**fields, **{name: word.replace("-", "_") for name, word in words.items()}}
