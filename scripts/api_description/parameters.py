"""The schemas of requests as parameters of a query string."""

from __future__ import annotations

from typing import get_args

import msgspec

from qr_engine.content import Content
from qr_engine.request.schema import QRRequest

from .schemas import REFERENCE, Schema, without_null

__all__ = ["PARAMETERS", "condition_parameters", "query_parameters"]

PARAMETERS = "#/components/parameters/"

_ASSUMED = frozenset(
    {field.encode_name for field in msgspec.structs.fields(QRRequest) if isinstance(field.default, msgspec.Struct)}
)
"""The objects of a request whose fields have their defaults even where the object is left out."""


def query_parameters(components: dict[str, Schema]) -> list[Schema]:
    """`QRRequest` as parameters of a query string: flat, with dots for nesting, and numbers for its lists of objects.

    Parameters
    ----------
    components
        The schemas, by name.
    """
    parameters: list[Schema] = []
    for name, schema in components["QRRequest"]["properties"].items():
        if name == "data":
            parameters += [_text(schema), _content(components)]
            continue
        parameters += _parameters(name, schema, components)
    return parameters


def _parameters(name: str, schema: Schema, components: dict[str, Schema]) -> list[Schema]:
    """Return a field as one parameter, and an object or a list of objects as one for each field in it."""
    choices = [schema, *schema.get("anyOf", ())]
    inner = [name, *(f"{name}.{index}" for index in range(_most_objects(choices)))]
    references = [each["$ref"] for choice in choices for each in (choice, choice.get("items", {})) if "$ref" in each]
    if not references:
        return [_parameter(name, schema)]
    parts = components[references[0].removeprefix(REFERENCE)]["properties"]
    if name not in _ASSUMED:
        parts = {part: _without_default(parts[part], name) for part in parts}
    prefixes = inner[1:] or inner
    return [
        each
        for prefix in prefixes
        for part in parts
        for each in _parameters(f"{prefix}.{part}", parts[part], components)
    ]


def _without_default(schema: Schema, parent: str) -> Schema:
    """Return the same field without a default: to send any field of `parent` asks for the object."""
    default = schema.get("default")
    rest = {key: item for key, item in schema.items() if key != "default"}
    if default is None:
        return rest
    assumed = f"{str(default).lower() if isinstance(default, bool) else default}"
    said = f"`{assumed}` where other fields of `{parent}` are given without it."
    return {**rest, "description": f"{rest.get('description', '')} {said}".strip()}


def _most_objects(choices: list[Schema]) -> int:
    """How many objects a list of them may have; 0 where it is none."""
    return max((choice["maxItems"] for choice in choices if "$ref" in choice.get("items", ())), default=0)


def condition_parameters(components: dict[str, Schema]) -> list[Schema]:
    """`ClearRequest` as parameters of a query string.

    Parameters
    ----------
    components
        The schemas, by name.
    """
    return [
        _parameter(name, {**schema, "description": f"{schema['description']} As in the body; not in both."})
        for name, schema in components["ClearRequest"]["properties"].items()
    ]


def _parameter(name: str, schema: Schema) -> Schema:
    described = {"description": schema["description"]} if "description" in schema else {}
    schema = without_null(schema)
    return {
        "name": name,
        "in": "query",
        **described,
        "schema": {key: item for key, item in schema.items() if key not in {"description", "title"}},
    }


def _text(schema: Schema) -> Schema:
    text = next(choice for choice in schema["anyOf"] if choice.get("type") == "string")
    described = {**text, "description": "The text to encode. Not together with `data.type`."}
    return {**_parameter("data", described), "example": "https://example.com"}


def _content(components: dict[str, Schema]) -> Schema:
    """Return the fields of every content type, each with the types that have it."""
    kinds = {kind.__struct_config__.tag: components[kind.__name__]["properties"] for kind in get_args(Content)}
    fields: dict[str, Schema] = {"data.type": {"description": "What `data` describes.", "enum": list(kinds)}}
    for properties in kinds.values():
        for name, schema in properties.items():
            if name == "type" or f"data.{name}" in fields:
                continue
            having = [kind for kind, fields_of_it in kinds.items() if name in fields_of_it]
            described = {kinds[kind][name].get("description", "") for kind in having}
            description = described.pop() if len(described) == 1 else ""
            fields[f"data.{name}"] = {
                "description": f"Of {', '.join(f'`{kind}`' for kind in having)}. {description}".strip(),
                **_as_query_text(schema),
            }
    return {
        "name": "content",
        "in": "query",
        "description": "Data that are more than a text, flat: `data.type` and the fields of that type, as the schemas "
        "of the same names have them. `data.phone=…&data.phone=…` gives a field several values.",
        "style": "form",
        "explode": True,
        "schema": {
            "type": "object",
            "properties": fields,
            "required": ["data.type"],
            "additionalProperties": False,
        },
        "example": {"data.type": "wifi", "data.ssid": "Guests", "data.password": "correct horse"},
    }


def _as_query_text(schema: Schema) -> Schema:
    """Return a field as a query string has it: text, whatever it means, and a list where several are allowed."""
    several = any(choice.get("type") == "array" for choice in schema.get("anyOf", ()))
    text = {"type": "string"}
    return {"anyOf": [text, {"type": "array", "items": text}]} if several else text
