"""Spellings that only a query string allows, since the author of a page never sees the refusal of an address in it.

A query is read strictly first, so that one with correct spelling never loads this module, and takes no longer.
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
    """Respell the values of a query string as in JSON: words in their case, colours with ``#``, switches as booleans.

    Values that are wrong in other ways stay unchanged.

    Parameters
    ----------
    value
        The result of `decode_pairs`, or a part of it.
    model
        The expected type, as annotated.
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
    """Add what to percent-encode, if a query looks as if ``&`` or ``#`` in a value was not encoded.

    Parameters
    ----------
    problem
        The problem with `fields`, the parameters of a query string.
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
