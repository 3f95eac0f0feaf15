"""The template as CloudFormation gets it: expanded by the translator that AWS itself uses."""

from __future__ import annotations

import re
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse
from tests.infrastructure.intrinsics import Resolver

__all__ = ["ROOT", "Route", "of_type", "refused", "resources", "routes", "settled", "stack", "statements", "variables"]

ROOT = Path(__file__).resolve().parents[2]


class Route(msgspec.Struct, frozen=True):
    """Where a request goes, who may send it, and in which form it arrives.

    Attributes
    ----------
    function
        Its logical id; what is called is its alias.
    needs
        What a caller has to show: "AWS_IAM", "Token", or None.
    payload
        The version of the event.
    """

    function: str
    needs: str | None
    payload: str


@cache
def stack(**given: str) -> dict[str, Any]:
    """The whole document, for parameters of which those that are not given have their defaults."""
    template = deepcopy(_constant_template())
    for resource in template["Resources"].values():
        # `sam package` puts an upload's address here; the translator takes nothing else.
        for uri in resource["Properties"].keys() & {"CodeUri", "ContentUri"}:
            resource["Properties"][uri] = "s3://bucket/key"
    parameters = _parameters(template, given)
    document: dict[str, Any] = transform(template, dict(parameters), None)
    resolver = Resolver(document, parameters)
    there = {
        name: each
        for name, each in document["Resources"].items()
        if "Condition" not in each or resolver.holds(each["Condition"])
    }
    outputs = {
        name: each
        for name, each in document["Outputs"].items()
        if "Condition" not in each or resolver.holds(each["Condition"])
    }
    document = {"AWSTemplateFormatVersion": document["AWSTemplateFormatVersion"], "Resources": there}
    resolved: dict[str, Any] = resolver.resolved(document | {"Outputs": outputs})
    for each in (*resolved["Resources"].values(), *resolved["Outputs"].values()):
        each.pop("Condition", None)
    return resolved


def refused(**given: str) -> list[str]:
    """What the template says against these parameters before anything is made; nothing where they may be deployed."""
    template = _constant_template()
    values = _parameters(template, given)
    said = [f"{name} {each}" for name, value in given.items() for each in _wrong(template["Parameters"][name], value)]
    resolver = Resolver(template, values)
    for rule in template["Rules"].values():
        if resolver.resolved(rule["RuleCondition"]):
            failed = (each for each in rule["Assertions"] if not resolver.resolved(each["Assert"]))
            said += [each["AssertDescription"] for each in failed]
    return said


def settled(function: str, **given: str) -> dict[str, str]:
    """The environment of `function` as far as parameters alone decide it, for a stack that need not be expanded.

    What a resource would say, such as the address of a cache, is left as its reference.
    """
    template = _constant_template()
    resolver = Resolver(template, _parameters(template, given))
    shared = template["Globals"]["Function"]["Environment"]["Variables"]
    own = template["Resources"][function]["Properties"]["Environment"]["Variables"]
    found: dict[str, str] = resolver.resolved(shared | own)
    return found


def _wrong(parameter: dict[str, Any], value: str) -> list[str]:
    """What CloudFormation itself says against one value."""
    said = []
    if value not in map(str, parameter.get("AllowedValues", [value])):
        said.append(f"must be one of {parameter['AllowedValues']}")
    if not re.fullmatch(parameter.get("AllowedPattern", "(?s:.*)").strip(), value):
        said.append(parameter["ConstraintDescription"])
    if len(value) > int(parameter.get("MaxLength", len(value))):
        said.append(f"has at most {parameter['MaxLength']} characters")
    if parameter["Type"] == "Number":
        try:
            number = float(value)
        except ValueError:
            return [*said, "must be a number"]
        if not float(parameter.get("MinValue", number)) <= number <= float(parameter.get("MaxValue", number)):
            said.append("is out of bounds")
    return said


@cache
def _constant_template() -> dict[str, Any]:
    """The template, for those who only read it."""
    parsed: dict[str, Any] = yaml_parse((ROOT / "template.yaml").read_text(encoding="utf-8"))
    return parsed


def _parameters(template: dict[str, Any], given: dict[str, str]) -> dict[str, Any]:
    assert given.keys() <= template["Parameters"].keys()
    return {name: value["Default"] for name, value in template["Parameters"].items()} | given


def resources(**given: str) -> dict[str, Any]:
    """Every resource of a stack by logical id; see `stack`."""
    found: dict[str, Any] = stack(**given)["Resources"]
    return found


def of_type(name: str, **given: str) -> dict[str, Any]:
    """The properties of every resource of one type, by logical id; see `stack`."""
    return {key: value.get("Properties", {}) for key, value in resources(**given).items() if value["Type"] == name}


def routes(**given: str) -> dict[str, Route]:
    """Every route of the API, such as ``GET /api/qr/generate``; see `stack`."""
    (api,) = of_type("AWS::ApiGatewayV2::Api", **given).values()
    found = {}
    for path, methods in api["Body"]["paths"].items():
        for method, operation in methods.items():
            integration = operation["x-amazon-apigateway-integration"]
            (needs,) = operation.get("security", [{None: []}])
            function = re.search(r"/functions/\$\{(\w+Function)Aliaslive\}/invocations$", integration["uri"]["Fn::Sub"])
            assert function is not None
            found[f"{method.upper()} {path}"] = Route(
                function[1], next(iter(needs)), integration["payloadFormatVersion"]
            )
    return found


def variables(**given: str) -> dict[str, dict[str, Any]]:
    """The environment variables of each function; see `stack`."""
    found = of_type("AWS::Lambda::Function", **given)
    return {name: each["Environment"]["Variables"] for name, each in found.items()}


def statements(function: str, **given: str) -> list[dict[str, Any]]:
    """What the role of a function says beyond what every function may do; see `stack`."""
    role = of_type("AWS::IAM::Role", **given)[f"{function}Role"]
    return [each for policy in role.get("Policies", ()) for each in policy["PolicyDocument"]["Statement"]]
