"""The schemas of requests and answers, from the structs that the code reads and from `answers`."""

from __future__ import annotations

import inspect
import re
from decimal import Decimal
from typing import Any, get_args

import msgspec

from qr_engine.artwork.words import (
    DataPattern,
    EffectKind,
    EyeBorderStyle,
    EyeCenterStyle,
    EyeShape,
    FrameName,
    GradientType,
    TextPosition,
)
from qr_engine.content.wifi import Security
from qr_engine.pipeline.metadata import Metadata
from qr_engine.request.plain_schema import FormatName, LevelName
from qr_engine.request.read_schema import ReadRequest
from qr_engine.request.schema import BatchRequest, ClearRequest, QRRequest, WarmRequest
from qr_engine.symbol import Eci, Level
from qr_engine.symbol.model import AreaShape

from .answers import ANSWERS

__all__ = ["REFERENCE", "Schema", "schemas", "without_null"]

Schema = dict[str, Any]

REFERENCE = "#/components/schemas/"

_EYES = (EyeShape, EyeBorderStyle, EyeCenterStyle)
_STYLES = (DataPattern, *_EYES, GradientType, EffectKind, AreaShape, FrameName, TextPosition)
# msgspec sorts the words of a Literal; their own order says more.
_WORDS = (FormatName, LevelName, Level, Eci, Security, *_STYLES)
_ORDERS = {frozenset(words): list(words) for words in map(get_args, _WORDS)}

_REQUESTS = (QRRequest, BatchRequest, ReadRequest, ClearRequest, WarmRequest)


def _given(name: str, kind: str) -> Schema:
    """Say that a field is there, and is not null."""
    return {"required": [name], "properties": {name: {"type": kind}}}


def _left_out(name: str) -> Schema:
    return {"properties": {name: {"type": "null"}}}


def _exactly_one(first: str, second: str, kind: str) -> Schema:
    """Say that one of two fields is given, null being as good as none."""
    return {"if": _given(first, kind), "then": _left_out(second), "else": _given(second, kind)}


_CONDITIONS: dict[str, Schema] = {
    "Gradient": _exactly_one("colors", "stops", "array"),
    "Logo": _exactly_one("data", "asset", "string"),
    "Effect": {"if": {"properties": {"type": {"enum": ["blur"]}}}, "then": _left_out("color")},
    "WarmRequest": {
        "if": {"properties": {"listed": {"enum": [False, None]}, "popular": {"enum": [0, None]}}},
        "then": _given("patterns", "array"),
    },
}
"""What fields demand of each other. Generators of clients make classes of `oneOf`, `anyOf` and `not`, not of `if`."""


def schemas() -> dict[str, Schema]:
    """Every schema of the API by its name, with the descriptions that the docstrings give."""
    _, components = msgspec.json.schema_components((*_REQUESTS, *ANSWERS, Metadata), ref_template=REFERENCE + "{name}")
    for schema in components.values():
        _describe(schema)
    components["Metadata"] = _with_time(components["Metadata"])
    components["BatchCode"] = _with_identity(components["QRRequest"])
    components["BatchRequest"]["properties"]["codes"]["items"] = {
        "anyOf": [{"type": "string"}, {"$ref": REFERENCE + "BatchCode"}]
    }
    (patterns,) = (
        kind for kind in components["WarmRequest"]["properties"]["patterns"]["anyOf"] if kind["type"] == "array"
    )
    patterns["items"] = {"anyOf": [{"type": "string"}, {"$ref": REFERENCE + "QRRequest"}]}
    components["Epc"]["properties"]["amount"] = _money(components["Epc"]["properties"]["amount"])
    for name in sorted(_request_schemas(components)):
        _allow_null(components[name])
    # What is meant to spare entries must not go unnoticed.
    properties = components["ClearRequest"]["properties"]
    components["ClearRequest"]["properties"] = {name: without_null(schema) for name, schema in properties.items()}
    for name, condition in _CONDITIONS.items():
        components[name] |= condition
    return {name: _tidy(components[name]) for name in sorted(components)}


def _describe(schema: Schema) -> None:
    """Move what a NumPy-style docstring says of the attributes to the properties."""
    # Up to Python 3.12 docstrings keep their indentation.
    prose, _, attributes = inspect.cleandoc(schema.get("description", "")).partition("\n\nAttributes\n----------\n")
    schema["description"] = _prose(prose)
    for names, text in re.findall(r"^(\S.*)\n((?: {4}.*\n?)+)", attributes, re.MULTILINE):
        for name in names.split(", "):
            schema["properties"][name].setdefault("description", _prose(inspect.cleandoc(" " * 4 + text.strip())))


def _prose(text: str) -> str:
    """Return a docstring's text as Markdown, a paragraph a line, in the words of JSON."""
    joined = re.sub(r"(?<!\n)\n(?!\n)", " ", text.strip())
    return re.sub(r"\bNone\b", "null", joined.replace("``", "`"))


def _tidy(schema: Any) -> Any:
    """Return the same schema without a union inside a union, and with the words of an enum in their own order."""
    if isinstance(schema, list):
        return [_tidy(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    flat = {name: _tidy(item) for name, item in schema.items()}
    if isinstance(flat.get("anyOf"), list):
        choices: list[Schema] = []
        for choice in flat["anyOf"]:
            if choice.keys() <= {"anyOf", "discriminator"}:
                choices += choice["anyOf"]
            else:
                choices.append(choice)
        flat["anyOf"] = choices
    if "enum" in flat:
        flat["enum"] = _ORDERS.get(frozenset(flat["enum"]), flat["enum"])
    if "$ref" in flat:
        flat.pop("type", None)
    return flat


def _with_time(metadata: Schema) -> Schema:
    """Return what the answer adds to what is stored with the picture."""
    time = {"description": "Milliseconds that this answer spent in the cache and on drawing.", "type": "number"}
    return {
        **metadata,
        "properties": {**metadata["properties"], "generation_time_ms": time},
        "required": [*metadata["required"], "generation_time_ms"],
    }


def _with_identity(request: Schema) -> Schema:
    return {
        **request,
        "title": "BatchCode",
        "description": "A request for one code of a batch. One that breaks a rule gets its problem in its place.",
        "properties": {
            "id": {
                "description": "A name of the caller's, given back with the result.",
                "type": "string",
                "minLength": 1,
                "maxLength": 128,
            },
            **request["properties"],
        },
    }


def _request_schemas(components: dict[str, Schema]) -> set[str]:
    """Return the schemas of bodies for codes, and all that they refer to."""
    names: set[str] = set()
    waiting = ["QRRequest", "BatchCode", "BatchRequest", "WarmRequest"]
    while waiting:
        name = waiting.pop()
        if name not in names:
            names.add(name)
            waiting += re.findall(rf"{REFERENCE}(\w+)", str(components[name]))
    return names


def _allow_null(schema: Schema) -> None:
    """Let each field of an object be null that may as well be left out."""
    for name, field in schema["properties"].items():
        choices = field.get("anyOf", ())
        if name in schema.get("required", ()) or "const" in field or {"type": "null"} in choices:
            continue
        kinds = choices or [{key: item for key, item in field.items() if key not in {"description", "default"}}]
        null: Schema = {"default": None}
        schema["properties"][name] = _with_description(null | field, {"anyOf": [*kinds, {"type": "null"}]})


def without_null(schema: Schema) -> Schema:
    """Return the same field where null is none of its values, nor its default."""
    kinds = [kind for kind in schema.get("anyOf", ()) if kind != {"type": "null"}]
    return _with_description(schema, kinds[0] if len(kinds) == 1 else {"anyOf": kinds}, null=False) if kinds else schema


def _with_description(field: Schema, kinds: Schema, *, null: bool = True) -> Schema:
    """`kinds` with the description of `field` before them, and its default behind."""
    described = {"description": field["description"]} if "description" in field else {}
    # Beside `anyOf` generators of clients take no object for a default, and leave the operation out.
    known = "default" in field and not isinstance(field["default"], dict) and (null or field["default"] is not None)
    default = {"default": field["default"]} if known else {}
    return {**described, **kinds, **default}


def _money(schema: Schema) -> Schema:
    """Decimals may come as numbers too, which msgspec's schema does not say."""
    least, most = Decimal("0.01"), Decimal("999999999.99")
    number = {"type": "number", "minimum": float(least), "maximum": float(most)}
    text = {"type": "string", "pattern": r"^[0-9]{1,9}(\.[0-9]{1,2})?$"}
    return {**schema, "anyOf": [number, text, {"type": "null"}]}
