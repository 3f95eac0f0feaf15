"""The template as CloudFormation gets it: expanded by the translator that AWS itself uses."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse

__all__ = ["ROOT", "Route", "of_type", "resources", "routes", "variables"]

ROOT = Path(__file__).resolve().parents[2]


class Route(msgspec.Struct, frozen=True):
    """Where a request goes, who may send it, and in which form it arrives."""

    function: str
    iam: bool
    payload: str


@cache
def resources(**given: str) -> dict[str, Any]:
    """Every resource of a stack by logical id; parameters that are not given have their defaults."""
    template = yaml_parse((ROOT / "template.yaml").read_text(encoding="utf-8"))
    for resource in template["Resources"].values():
        # `sam package` puts an upload's address here; the translator takes nothing else.
        for uri in resource["Properties"].keys() & {"CodeUri", "ContentUri"}:
            resource["Properties"][uri] = "s3://bucket/key"
    parameters = {name: value["Default"] for name, value in template["Parameters"].items()} | given
    translated = transform(template, dict(parameters), None)
    expanded: dict[str, Any] = _resolved(translated["Resources"], parameters, translated["Conditions"])
    return expanded


def _resolved(value: Any, parameters: dict[str, Any], conditions: dict[str, Any]) -> Any:
    """What CloudFormation makes of a value: parameters and conditions are known, attributes of resources are not."""

    def inner(part: Any) -> Any:
        return _resolved(part, parameters, conditions)

    if isinstance(value, list):
        return [part for part in map(inner, value) if part != _NOTHING]
    match value:
        case {"Ref": name} if name in parameters:
            return parameters[name]
        case {"Fn::Equals": [one, other]}:
            return inner(one) == inner(other)
        case {"Fn::Not": [condition]}:
            return not inner(condition)
        case {"Fn::If": [condition, met, otherwise]}:
            return inner(met if inner(conditions[condition]) else otherwise)
        case {"Fn::Select": [index, {"Fn::Split": [separator, text]}]}:
            return inner(text).split(separator)[int(index)]
        case dict():
            return {name: inner(part) for name, part in value.items()}
    return value


_NOTHING = {"Ref": "AWS::NoValue"}


def of_type(name: str, **given: str) -> dict[str, Any]:
    """The properties of every resource of one type, by logical id; see `resources`."""
    return {key: value["Properties"] for key, value in resources(**given).items() if value["Type"] == name}


def routes() -> dict[str, Route]:
    """Every route of the API, such as ``GET /api/qr/generate``."""
    (api,) = of_type("AWS::ApiGatewayV2::Api").values()
    found = {}
    for path, methods in api["Body"]["paths"].items():
        for method, operation in methods.items():
            integration = operation["x-amazon-apigateway-integration"]
            function = re.search(r"\$\{(\w+)\.Arn\}", integration["uri"]["Fn::Sub"])
            assert function is not None
            found[f"{method.upper()} {path}"] = Route(
                function[1], {"AWS_IAM": []} in operation.get("security", []), integration["payloadFormatVersion"]
            )
    return found


def variables() -> dict[str, dict[str, Any]]:
    """The environment variables of each function."""
    return {name: each["Environment"]["Variables"] for name, each in of_type("AWS::Lambda::Function").items()}
