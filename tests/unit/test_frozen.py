"""What is frozen and can be asked of the code itself; what answers hold is in the tests of the handlers."""

from __future__ import annotations

import ast
import inspect
import os
import re
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from scripts.local_api.routes import parse, routes
from tests.documents import table
from tests.frozen import FROZEN, assert_frozen

from qr_engine import config, observability
from qr_engine.config import aws_identity
from qr_engine.errors import Problem
from qr_engine.request.schema import BatchRequest, ClearRequest, QRRequest, WarmRequest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
TEMPLATE = parse(ROOT / "template.yaml")


def test_contributing_describes_every_section() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    assert [row[0] for row in table(text, "section")] == list(FROZEN), "CONTRIBUTING.md and tests/frozen.yaml differ"


def test_routes() -> None:
    # A parameter may take IAM away, which is what a route asks for by default.
    found = {route.key: "AWS_IAM" if route.signed else "by parameter" for route in routes(TEMPLATE)}
    assert_frozen("routes", found)


def test_template_parameters() -> None:
    found = {name: _parameter(each) for name, each in TEMPLATE["Parameters"].items()}
    assert_frozen("template parameters", found)


def _parameter(declared: dict[str, Any]) -> str:
    default = f"{declared['Default']}" if "Default" in declared else "required"
    allowed = f" of {', '.join(map(str, declared['AllowedValues']))}" if "AllowedValues" in declared else ""
    # Its type is free: CloudFormation is given text, whatever it checks of it.
    return f"{default!r}{allowed}"


def test_template_outputs() -> None:
    assert_frozen("template outputs", list(TEMPLATE["Outputs"]))


def test_problem_codes() -> None:
    def all_of(kind: type[Problem]) -> Iterator[type[Problem]]:
        yield kind
        for each in kind.__subclasses__():
            yield from all_of(each)

    assert_frozen("problem codes", {kind.code: kind.status for kind in all_of(Problem)})


class Recording(dict[str, str]):
    """An environment that notes what is asked of it."""

    def __init__(self, values: dict[str, str]) -> None:
        super().__init__(values)
        self.asked: set[str] = set()

    def get(self, name: str, default: Any = None) -> Any:
        self.asked.add(name)
        return super().get(name, default)

    def __getitem__(self, name: str) -> str:
        self.asked.add(name)
        return super().__getitem__(name)


def test_environment_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    environment = Recording({"AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand"})
    monkeypatch.setattr(os, "environ", environment)
    readers = [getattr(module, name) for module in (config, aws_identity) for name in module.__all__]
    for reader in map(inspect.unwrap, readers):
        if inspect.isfunction(reader) and not inspect.signature(reader).parameters:
            reader()
    defaults = msgspec.structs.asdict(config.load({}))
    found = dict.fromkeys(environment.asked, "none") | {
        name.upper(): "none" if value is None else str(value).lower() for name, value in defaults.items()
    }
    assert {name.upper() for name in defaults} <= environment.asked
    assert_frozen("environment variables", found)


def test_metrics(capsys: pytest.CaptureFixture[str]) -> None:
    # What earlier tests of this process have counted, and a line of its own for each refusal among it.
    observability.flush("generate", "miss", 0.0)
    capsys.readouterr()
    for name in observability.METRICS:
        observability.count(name)
    for name in ("kid", "problem"):
        observability.annotate(name, "x")
    observability.flush("generate", "miss", 1.0)
    line = msgspec.json.decode(capsys.readouterr().out)
    found: dict[str, Any] = {"log line members": sorted(set(line) - set(observability.METRICS))}
    for declared in line["_aws"]["CloudWatchMetrics"]:
        for dimensions in declared["Dimensions"]:
            name = f"{declared['Namespace']} by {', '.join(dimensions)}"
            found[name] = {metric["Name"]: metric["Unit"] for metric in declared["Metrics"]}
    assert_frozen("metrics", found)


def test_request_fields() -> None:
    schema = msgspec.json.schema_components([QRRequest, BatchRequest, ClearRequest, WarmRequest])[1]
    found = {name: {field: _words(kind) for field, kind in each["properties"].items()} for name, each in schema.items()}
    assert_frozen("request fields", found)


def _words(schema: Any) -> str:
    """The words that a field takes, where it takes certain ones, and what it is when it is not given."""
    words = [word for part in (schema, *schema.get("anyOf", ())) for word in part.get("enum", ())]
    given = (
        [f"by default {schema['default']}"] if "default" in schema and not isinstance(schema["default"], dict) else []
    )
    return "; ".join([", ".join(map(str, words)), *given] if words else given) or "any"


LEVELS = ("debug", "info", "warning", "error", "exception", "critical")


def test_log_events() -> None:
    trees = [
        ast.parse(path.read_text("utf-8"))
        for folder in ("layers/qr_engine/qr_engine", "functions")
        for path in sorted((ROOT / folder).rglob("*.py"))
    ]
    found: dict[str, list[str]] = defaultdict(list)
    # What hands its own first argument on to the logger logs under the names that it is called with.
    relays = {function.name: level for tree in trees for function, level, name in _logged(tree) if name is None}
    for tree in trees:
        for _, level, name in _logged(tree, relays):
            if name is not None:
                found[name].append(level)
    assert_frozen("log events", {name: ", ".join(sorted(set(levels))) for name, levels in found.items()})


def _logged(
    tree: ast.Module, relays: dict[str, str] | None = None
) -> Iterator[tuple[ast.FunctionDef, str, str | None]]:
    """Every line that is logged: the function that does, the level, and its name, None where that is handed in."""
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        for call in ast.walk(function):
            if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute) or not call.args:
                continue
            owner = call.func.value
            direct = isinstance(owner, ast.Call) and isinstance(owner.func, ast.Name) and owner.func.id == "logger"
            level = call.func.attr if direct and call.func.attr in LEVELS else (relays or {}).get(call.func.attr)
            if level is not None:
                (first, *_) = call.args
                yield function, level, str(first.value) if isinstance(first, ast.Constant) else None


def test_a_changed_name_is_named_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FROZEN, "routes", {"GET /old": "AWS_IAM", "GET /same": "by parameter"})
    with pytest.raises(AssertionError, match=re.escape("gone: /GET /old: AWS_IAM; new: /GET /new: AWS_IAM")):
        assert_frozen("routes", {"GET /new": "AWS_IAM", "GET /same": "by parameter"})
