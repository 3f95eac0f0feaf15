from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import pytest
from jsonschema_rs import Draft202012Validator
from schemathesis import openapi
from scripts.api_description import print_document
from scripts.local_api.routes import parse as parse_yaml
from scripts.local_api.routes import routes

from qr_engine.api.query_string import SIGNATURE_PARAMETERS
from qr_engine.api.signing.guard import OPEN
from qr_engine.content import Content
from qr_engine.errors import Problem
from qr_engine.render import FORMATS
from qr_engine.request import decode_pairs, parse
from qr_engine.request.schema import ClearRequest, QRRequest

ROOT = Path(__file__).parents[2]
COMMITTED = ROOT / "openapi.yaml"
DOCUMENT: dict[str, Any] = parse_yaml(COMMITTED)
TEMPLATE = parse_yaml(ROOT / "template.yaml")
SCHEMAS: dict[str, Any] = DOCUMENT["components"]["schemas"]

OPERATIONS = {
    f"{method.upper()} {path}": operation
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
}


def test_the_committed_file_is_what_the_code_says_now() -> None:
    assert COMMITTED.read_text(encoding="utf-8") == print_document(), "run: python scripts/openapi.py"


def test_it_is_valid_openapi() -> None:
    openapi.from_dict(DOCUMENT).validate()


def test_it_has_the_routes_of_the_template_and_no_others() -> None:
    declared = {route.key.replace("{picture}", "generate.{ending}") for route in routes(TEMPLATE)}
    assert set(OPERATIONS) == declared


def test_it_asks_for_a_signature_exactly_where_the_template_does() -> None:
    guarded = {route.key for route in routes(TEMPLATE) if route.signed}
    assert guarded == {route for route, operation in OPERATIONS.items() if operation["security"] == [{"sigv4": []}]}


def test_a_body_has_the_fields_of_the_request() -> None:
    schema = SCHEMAS["QRRequest"]
    assert tuple(schema["properties"]) == QRRequest.__struct_fields__
    assert schema["additionalProperties"] is False


def parameters(route: str) -> list[dict[str, Any]]:
    """The parameters of a route, those that it shares with others looked up."""
    shared = DOCUMENT["components"]["parameters"]
    found = OPERATIONS[route]["parameters"]
    return [shared[each["$ref"].rpartition("/")[2]] if "$ref" in each else each for each in found]


def default_objects(node: Any) -> list[Any]:
    if not isinstance(node, dict | list):
        return []
    inner = node.values() if isinstance(node, dict) else node
    here = [node["default"]] if isinstance(node, dict) and isinstance(node.get("default"), dict) else []
    return here + [each for item in inner for each in default_objects(item)]


def test_nothing_in_it_makes_generators_of_clients_stumble() -> None:
    assert default_objects(DOCUMENT["paths"]) + default_objects(SCHEMAS) == []
    assert "const: true" not in COMMITTED.read_text(encoding="utf-8").lower()
    assert "const: false" not in COMMITTED.read_text(encoding="utf-8").lower()


def test_the_default_of_a_parameter_is_what_is_assumed_without_it() -> None:
    """To send all of them is to send none of them."""
    defaults = {
        each["name"]: str(each["schema"]["default"])
        for each in parameters("GET /api/qr/generate")
        if each["in"] == "query" and "default" in each["schema"]
    }
    assert len(defaults) > 10
    fields = decode_pairs([("data", "x"), *((name, text) for name, text in defaults.items() if name != "download")])
    assert parse(fields, strict=False)[1] == parse({"data": "x"})[1]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        (
            "Gradient",
            {"colors": ["navy", "teal"], "stops": [{"offset": 0, "color": "red"}, {"offset": 1, "color": "navy"}]},
        ),
        ("Gradient", {"angle": 45}),
        ("Gradient", {"colors": None}),
        ("Effect", {"type": "blur", "color": "navy"}),
        ("Logo", {"data": "x", "asset": "a.svg"}),
        ("Logo", {"size": 20}),
        ("WarmRequest", {}),
        ("WarmRequest", {"listed": False, "popular": 0, "patterns": None}),
    ],
)
def test_what_fields_demand_of_each_other_is_in_the_schema(name: str, value: dict[str, Any]) -> None:
    assert not validator(name).is_valid(value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Gradient", {"colors": ["navy", "teal"], "stops": None}),
        ("Gradient", {"stops": [{"offset": 0, "color": "red"}, {"offset": 1, "color": "navy"}]}),
        ("Effect", {"type": "blur", "color": None}),
        ("Effect", {"type": "glow", "color": "navy"}),
        ("Logo", {"asset": "a.svg"}),
        ("Logo", {"data": "x", "asset": None}),
        ("WarmRequest", {"listed": True}),
        ("WarmRequest", {"popular": 3, "patterns": None}),
        ("WarmRequest", {"patterns": ["a"]}),
    ],
)
def test_what_meets_these_demands_is_valid(name: str, value: dict[str, Any]) -> None:
    validator(name).validate(value)


def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator({"$ref": f"#/components/schemas/{name}", "components": DOCUMENT["components"]})


def test_a_head_takes_the_query_string_of_a_get() -> None:
    assert parameters("HEAD /api/qr/generate") == parameters("GET /api/qr/generate")


def test_a_query_string_has_the_same_fields_with_dots_for_nesting() -> None:
    names = [parameter["name"] for parameter in parameters("GET /api/qr/generate")]
    fields = {name.partition(".")[0] for name in names} - {
        "content",
        "download",
        "If-None-Match",
        *SIGNATURE_PARAMETERS,
    }
    assert fields == set(QRRequest.__struct_fields__)
    assert {"colors.foreground", "structured_append.part"} <= set(names)


def test_every_operation_that_may_ask_for_a_signature_has_its_parameters() -> None:
    signed = {
        route for route, each in OPERATIONS.items() if "parameters" in each and names_of(route) >= SIGNATURE_PARAMETERS
    }
    assert set(OPERATIONS) - signed == OPEN


def names_of(route: str) -> set[str]:
    return {parameter["name"] for parameter in parameters(route)}


def test_a_clear_has_the_same_conditions_in_the_query_string_as_in_the_body() -> None:
    names = [parameter["name"] for parameter in parameters("POST /api/qr/cache/clear")]
    names = [name for name in names if name not in SIGNATURE_PARAMETERS]
    assert tuple(names) == ClearRequest.__struct_fields__ == tuple(SCHEMAS["ClearRequest"]["properties"])


def test_a_cursor_that_a_clear_answers_is_one_that_it_takes() -> None:
    asked, answered = (SCHEMAS[name]["properties"]["cursor"]["pattern"] for name in ("ClearRequest", "ClearAnswer"))
    assert asked == answered


@pytest.mark.parametrize("outcome", ["PatternOutcome", "PopularOutcome", "LineOutcome", "ListOutcome"])
def test_every_result_of_a_warming_says_what_became_of_it(outcome: str) -> None:
    assert set(SCHEMAS[outcome]["properties"]["outcome"]["enum"]) == {"stored", "present", "failed"}


@pytest.mark.parametrize("kind", get_args(Content), ids=lambda kind: kind.__name__)
def test_a_query_string_has_every_field_of_every_content(kind: Any) -> None:
    (content,) = [each["schema"] for each in parameters("GET /api/qr/generate") if each["name"] == "content"]
    assert kind.__struct_config__.tag in content["properties"]["data.type"]["enum"]
    assert {f"data.{field}" for field in kind.__struct_fields__} <= set(content["properties"])


def test_a_problem_has_one_of_the_codes_of_the_tree() -> None:
    codes = SCHEMAS["ProblemDocument"]["properties"]["code"]["enum"]
    assert set(codes) == {problem.code for problem in Problem.__subclasses__()}


@pytest.mark.parametrize("name", ["InvalidRequest", "TooMuchData", "WouldNotScan", "CacheUnavailable", "InternalError"])
def test_the_status_of_a_problem_is_that_of_its_class(name: str) -> None:
    (problem,) = [problem for problem in Problem.__subclasses__() if problem.__name__ == name]
    example = DOCUMENT["components"]["responses"][name]["content"]["application/problem+json"]["example"]
    assert (example["status"], example["code"]) == (problem.status, problem.code)
    reference = f"#/components/responses/{name}"
    said = {
        status
        for operation in OPERATIONS.values()
        for status, response in operation["responses"].items()
        if response.get("$ref") == reference
    }
    assert said == {str(problem.status)}


def test_a_get_answers_in_every_format() -> None:
    content = OPERATIONS["GET /api/qr/generate"]["responses"]["200"]["content"]
    assert set(content) == {form.content_type.partition(";")[0] for form in FORMATS.values()}
