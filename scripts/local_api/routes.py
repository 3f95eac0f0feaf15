"""Routes and schedules from the template, so that the local API cannot differ from the deployed one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import msgspec
import yaml

try:  # libyaml, where PyYAML has it, reads the template ten times as fast
    from yaml import CSafeLoader as SafeLoader
except ImportError:
    from yaml import SafeLoader  # type: ignore[assignment]

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

__all__ = ["Function", "Route", "Router", "Schedule", "environment", "parse", "routes", "schedules"]


class Function(msgspec.Struct, frozen=True):
    """A function of the template.

    Attributes
    ----------
    name
        Its logical id.
    folder
        The folder of its code, relative to the template's.
    handler
        ``module.function``.
    memory
        MB.
    timeout
        Seconds.
    """

    name: str
    folder: str
    handler: str
    memory: int
    timeout: int


class Route(msgspec.Struct, frozen=True):
    """An HTTP method and path, and the function that answers them.

    Attributes
    ----------
    signed
        Whether it is for operators of the service; API Gateway requires their requests to be signed.
    """

    method: str
    path: str
    function: Function
    signed: bool = False

    @property
    def key(self) -> str:
        """The route key of API Gateway: ``GET /api/qr/generate``."""
        return f"{self.method} {self.path}"

    def parameters(self, path: str) -> dict[str, str] | None:
        """Return the parts of `path` that the route names in braces; None if the path does not match."""
        if "{" not in self.path:
            return {} if path == self.path else None
        declared, given = self.path.split("/"), path.split("/")
        if len(declared) != len(given):
            return None
        found = {}
        for part, value in zip(declared, given, strict=True):
            if part.startswith("{") and value:
                found[part[1:-1]] = value
            elif part != value:
                return None
        return found


class Router:
    """Finds the routes of a path.

    Parameters
    ----------
    declared
        All routes of the service.
    """

    def __init__(self, declared: Iterable[Route]) -> None:
        self._exact: dict[str, dict[str, Route]] = {}
        self._with_names: list[Route] = []
        for route in declared:
            if "{" in route.path:
                self._with_names.append(route)
            else:
                self._exact.setdefault(route.path, {})[route.method] = route

    def find_methods(self, path: str) -> dict[str, Route]:
        """Find the route of each method for `path`; routes with names in braces count only if no other matches.

        API Gateway would pass a GET of a path that only supports POST on to the route with a name, whose function
        answers 404; here it gets a 405 that says more.
        """
        exact = self._exact.get(path)
        if exact is not None:
            return exact
        return {route.method: route for route in self._with_names if route.parameters(path) is not None}


class Schedule(msgspec.Struct, frozen=True):
    """A function, and the event with which a schedule invokes it."""

    function: Function
    event: dict[str, Any]


class _Loader(SafeLoader):
    """Reads CloudFormation's short tags as their long form: ``!Ref X`` as ``{"Ref": "X"}``."""


def _intrinsic(loader: _Loader, tag: str, node: yaml.Node) -> dict[str, Any]:
    name = tag if tag in {"Ref", "Condition"} else f"Fn::{tag}"
    if isinstance(node, yaml.ScalarNode):
        return {name: loader.construct_scalar(node)}
    if isinstance(node, yaml.SequenceNode):
        return {name: loader.construct_sequence(node, deep=True)}
    raise yaml.constructor.ConstructorError(None, None, f"!{tag} takes a value or a list", node.start_mark)


_Loader.add_multi_constructor("!", _intrinsic)


def parse(template: Path) -> dict[str, Any]:
    """Read the template as plain data, with intrinsic functions in their long form."""
    document: dict[str, Any] = yaml.load(template.read_text(encoding="utf-8"), Loader=_Loader)
    return document


def routes(template: dict[str, Any]) -> tuple[Route, ...]:
    """List the ``HttpApi`` events of all functions, in the template's order."""
    api = template["Resources"].get("Api", {"Properties": {}})
    paths = api["Properties"].get("DefinitionBody", {}).get("paths", {})

    def asks_for_iam(event: dict[str, Any]) -> bool:
        return "AWS_IAM" in str(paths.get(event["Path"], {}).get(event["Method"].lower()))

    return tuple(
        Route(event["Method"].upper(), event["Path"], function, asks_for_iam(event))
        for function, event in _events(template, "HttpApi")
    )


def schedules(template: dict[str, Any]) -> tuple[Schedule, ...]:
    """List the ``ScheduleV2`` events that have an input, disabled ones too."""
    return tuple(
        Schedule(function, json.loads(event["Input"]))
        for function, event in _events(template, "ScheduleV2")
        if "Input" in event
    )


def _events(template: dict[str, Any], kind: str) -> Iterator[tuple[Function, dict[str, Any]]]:
    """Yield the events of one type with their functions, in the template's order."""
    shared = template.get("Globals", {}).get("Function", {})
    for name, resource in template["Resources"].items():
        if resource["Type"] != "AWS::Serverless::Function":
            continue
        properties = shared | resource["Properties"]
        function = Function(
            name,
            properties["CodeUri"],
            properties["Handler"],
            properties.get("MemorySize", 128),
            properties.get("Timeout", 3),
        )
        for event in properties.get("Events", {}).values():
            if event["Type"] == kind:
                yield function, event["Properties"]


def environment(template: dict[str, Any]) -> dict[str, str]:
    """Collect the variables that every function gets, if they are literals or parameters with a default."""
    parameters = template.get("Parameters", {})
    variables = template.get("Globals", {}).get("Function", {}).get("Environment", {}).get("Variables", {})
    values = {}
    for name, value in variables.items():
        default = parameters.get(value.get("Ref"), {}).get("Default") if isinstance(value, dict) else value
        if default is not None:
            values[name] = str(default)
    return values
