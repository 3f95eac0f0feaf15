"""Spellings that only a query string takes, since nobody sees what an address in a page is refused for.

A query is read strictly first, so that one that is well spelt never loads this module, and takes no longer.
"""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import inspect

from ..errors import InvalidRequest
from .explain import UNKNOWN_FIELD
from .introspect import fields_of, is_color, item_of, kinds_of, struct_of, tags_of, words_of
from .snake_case import to_snake_case

__all__ = ["add_hints", "relax"]

_HEX_DIGITS = frozenset("0123456789abcdefABCDEF")
_HEX_LENGTHS = (3, 4, 6, 8)
_SWITCHES = {"yes": "true", "on": "true", "no": "false", "off": "false", "true": "true", "false": "false"}
_OTHER_NAMES = {"jpg": "jpeg"}


def relax(value: Any, model: Any) -> Any:
    """Spell the values of a query string as JSON does: words in their case, colours with ``#``, switches as booleans.

    What is wrong in another way is left alone.

    Parameters
    ----------
    value
        What `decode_pairs` returned, or a part of it.
    model
        The type that is expected, as annotated.
    """
    kinds = kinds_of(model)
    if isinstance(value, dict):
        return _relax_object(value, kinds)
    if isinstance(value, list):
        item_model = item_of(model)
        return value if item_model is None else [relax(item, item_model) for item in value]
    if isinstance(value, str):
        return _relax_text(value, model, kinds)
    return value


def add_hints(problem: InvalidRequest, fields: dict[str, Any]) -> InvalidRequest:
    """Say what to encode where a query looks as if ``&`` or ``#`` of a value had not been.

    Parameters
    ----------
    problem
        What is wrong with `fields`, the parameters of a query string.
    """
    data = fields.get("data")
    cut = isinstance(data, str) and "?" in data
    issues = []
    for issue in problem.issues:
        hint = ""
        if cut and issue.message == UNKNOWN_FIELD and "." not in issue.path:
            hint = " If it belongs to data, write the & before it as %26."
        elif issue.message == "Must not be empty." and issue.path.partition("[")[0].endswith(_COLOR_FIELDS):
            hint = " Write the # of a colour as %23, or leave it out."
        issues.append(msgspec.structs.replace(issue, message=issue.message + hint) if hint else issue)
    return InvalidRequest.of(*issues) if issues else problem


_COLOR_FIELDS = ("color", "colors", "foreground", "background", "eye_border", "eye_center", "border", "center")


def _relax_object(value: dict[str, Any], kinds: list[inspect.Type]) -> dict[str, Any]:
    value = to_snake_case(value)
    kind = struct_of(value, kinds)
    if kind is None and any(isinstance(each, inspect.StructType) for each in kinds):
        tag_field, tags = tags_of(kinds)
        tag = value.get(tag_field)
        if isinstance(tag, str) and tag.lower() in tags:
            value = {**value, tag_field: tag.lower()}
            kind = struct_of(value, kinds)
    if kind is None:
        return value
    fields = fields_of(kind.cls)
    return {name: relax(item, fields[name].type) if name in fields else item for name, item in value.items()}


def _relax_text(text: str, model: Any, kinds: list[inspect.Type]) -> str:
    if is_color(model):
        return f"#{text}" if len(text) in _HEX_LENGTHS and _HEX_DIGITS.issuperset(text) else text
    word = text.strip().lower().replace("-", "_")
    words = words_of(model)
    if words:
        folded = {each.lower(): each for each in words}
        return folded.get(_OTHER_NAMES.get(word, word), text)
    if any(isinstance(kind, inspect.BoolType) for kind in kinds):
        return _SWITCHES.get(word, text)
    return text
