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
def resources() -> dict[str, Any]:
    """Every resource of a stack whose parameters all have their defaults, by logical id."""
    template = yaml_parse((ROOT / "template.yaml").read_text(encoding="utf-8"))
    for resource in template["Resources"].values():
        # `sam package` puts an upload's address here; the translator takes nothing else.
        for uri in resource["Properties"].keys() & {"CodeUri", "ContentUri"}:
            resource["Properties"][uri] = "s3://bucket/key"
    defaults = {name: value["Default"] for name, value in template["Parameters"].items()}
    expanded: dict[str, Any] = _resolved(transform(template, defaults, None)["Resources"], defaults)
    return expanded


def _resolved(value: Any, parameters: dict[str, Any]) -> Any:
    if isinstance(value, dict):
        if value.keys() == {"Ref"} and value["Ref"] in parameters:
            return parameters[value["Ref"]]
        return {name: _resolved(each, parameters) for name, each in value.items()}
    return [_resolved(each, parameters) for each in value] if isinstance(value, list) else value


def of_type(name: str) -> dict[str, Any]:
    """The properties of every resource of one type, by logical id."""
    return {key: value["Properties"] for key, value in resources().items() if value["Type"] == name}


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
