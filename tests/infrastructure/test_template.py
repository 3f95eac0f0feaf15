"""The template, expanded: what AWS would be told to make."""

from __future__ import annotations

import json
import re
import subprocess
from typing import Any

import msgspec
import pytest
from scripts.local_api import routes as local
from tests.infrastructure.expanded import ROOT, Route, of_type, resources, routes, variables
from tests.machine import command

from qr_engine.config import Settings, load
from qr_engine.request import WarmRequest

PUBLIC = {
    "GET /api/qr/generate": "GenerateFunction",
    "POST /api/qr/generate": "GenerateFunction",
    "POST /api/qr/batch": "GenerateFunction",
    "POST /api/qr/validate": "GenerateFunction",
}
OPERATORS_ONLY = {
    "GET /api/qr/cache/stats": "StatsFunction",
    "POST /api/qr/cache/clear": "ClearFunction",
    "POST /api/qr/cache/warm": "WarmFunction",
}


def test_there_are_no_other_routes() -> None:
    assert routes().keys() == PUBLIC.keys() | OPERATORS_ONLY.keys()


@pytest.mark.parametrize("route", PUBLIC)
def test_a_picture_route_reaches_its_function_without_credentials(route: str) -> None:
    assert routes()[route] == Route(PUBLIC[route], iam=False, payload="2.0")


@pytest.mark.parametrize("route", OPERATORS_ONLY)
def test_a_cache_route_reaches_its_function_with_iam_only(route: str) -> None:
    assert routes()[route] == Route(OPERATORS_ONLY[route], iam=True, payload="2.0")


def test_iam_means_signature_version_4() -> None:
    (api,) = of_type("AWS::ApiGatewayV2::Api").values()
    assert api["Body"]["components"]["securitySchemes"]["AWS_IAM"]["x-amazon-apigateway-authtype"] == "awsSigv4"


def test_every_route_is_throttled_and_batches_most() -> None:
    (stage,) = of_type("AWS::ApiGatewayV2::Stage").values()
    everywhere, batch = stage["DefaultRouteSettings"], stage["RouteSettings"]["POST /api/qr/batch"]
    assert 0 < batch["ThrottlingRateLimit"] < everywhere["ThrottlingRateLimit"]
    assert 0 < batch["ThrottlingBurstLimit"] < everywhere["ThrottlingBurstLimit"]


def test_pages_on_other_sites_may_get_and_post() -> None:
    (api,) = of_type("AWS::ApiGatewayV2::Api").values()
    cors = api["Body"]["x-amazon-apigateway-cors"]
    assert (cors["allowOrigins"], sorted(cors["allowMethods"])) == (["*"], ["GET", "POST"])


def test_every_function_runs_what_the_layer_is_compiled_for() -> None:
    functions, (layer,) = of_type("AWS::Lambda::Function").values(), of_type("AWS::Lambda::LayerVersion").values()
    assert {each["Runtime"] for each in functions} == set(layer["CompatibleRuntimes"]) == {"python3.13"}
    assert {*map(tuple, (each["Architectures"] for each in functions))} == {tuple(layer["CompatibleArchitectures"])}


def test_every_function_gets_the_layer() -> None:
    (layer,) = of_type("AWS::Lambda::LayerVersion")
    assert all(each["Layers"] == [{"Ref": layer}] for each in of_type("AWS::Lambda::Function").values())


@pytest.mark.parametrize("function", ["GenerateFunction", "StatsFunction", "ClearFunction", "WarmFunction"])
def test_a_function_gets_every_setting_that_the_engine_reads(function: str) -> None:
    settings = {field.name.upper() for field in msgspec.structs.fields(Settings)}
    assert settings <= variables()[function].keys()


def test_no_function_gets_a_setting_that_nobody_reads() -> None:
    known = {field.name.upper() for field in msgspec.structs.fields(Settings)}
    for given in variables().values():
        assert {name for name in given if not name.startswith("POWERTOOLS_")} <= known


def test_a_stack_without_parameters_has_the_engine_s_defaults() -> None:
    template = local.parse(ROOT / "template.yaml")
    assert load(local.environment(template)) == Settings()


def test_what_may_hold_a_password_is_never_shown() -> None:
    parameters = local.parse(ROOT / "template.yaml")["Parameters"]
    assert {name for name, parameter in parameters.items() if parameter.get("NoEcho")} == {"RedisUrl", "RedisPassword"}


def test_the_schedule_sends_warm_what_its_event_file_says() -> None:
    (schedule,) = of_type("AWS::Scheduler::Schedule").values()
    event = json.loads((ROOT / "events" / "warm-scheduled.json").read_text(encoding="utf-8"))
    assert schedule["Target"]["Arn"] == {"Fn::GetAtt": ["WarmFunction", "Arn"]}
    assert json.loads(schedule["Target"]["Input"]) == event


@pytest.mark.parametrize(("wanted", "state"), [("false", "DISABLED"), ("true", "ENABLED")])
def test_the_schedule_is_off_until_it_is_wanted(wanted: str, state: str) -> None:
    (schedule,) = of_type("AWS::Scheduler::Schedule", RedisWarmCache=wanted).values()
    assert schedule["State"] == state


def test_the_schedule_warms_from_every_source() -> None:
    (schedule,) = of_type("AWS::Scheduler::Schedule").values()
    wanted = msgspec.json.decode(schedule["Target"]["Input"], type=WarmRequest)
    assert all((wanted.patterns, wanted.listed, wanted.popular))


def test_the_schedule_comes_back_before_what_it_found_lasting_runs_out() -> None:
    # What has a tenth of its life left counts as lasting, and is only looked at again by the next run.
    (schedule,) = of_type("AWS::Scheduler::Schedule").values()
    (minutes,) = re.findall(r"rate\((\d+) minutes\)", schedule["ScheduleExpression"])
    assert int(minutes) * 60 <= Settings().redis_ttl / 10


def statements(function: str, **given: str) -> list[dict[str, Any]]:
    """What the role of a function allows beyond what every function may do."""
    role = of_type("AWS::IAM::Role", **given)[f"{function}Role"]
    return [each for policy in role.get("Policies", ()) for each in policy["PolicyDocument"]["Statement"]]


def test_only_warm_may_read_the_list_and_nothing_else() -> None:
    given = {"WarmPatterns": "s3://lists/shop/warm.jsonl"}
    found = {name: statements(name, **given) for name in of_type("AWS::Lambda::Function", **given)}
    (allowed,) = found.pop("WarmFunction")
    assert (allowed["Effect"], allowed["Action"]) == ("Allow", "s3:GetObject")
    text, values = allowed["Resource"]["Fn::Sub"]
    assert text.replace("${Object}", values["Object"]) == "arn:${AWS::Partition}:s3:::lists/shop/warm.jsonl"
    assert set(map(len, found.values())) == {0}


def test_only_the_functions_that_draw_may_read_assets_and_nothing_else() -> None:
    found = {name: statements(name, AssetsBucket="brand") for name in of_type("AWS::Lambda::Function")}
    for name in ("GenerateFunction", "WarmFunction"):
        (allowed,) = found.pop(name)
        assert (allowed["Effect"], allowed["Action"]) == ("Allow", "s3:GetObject")
        assert (
            allowed["Resource"]["Fn::Sub"].replace("${AssetsBucket}", "brand") == "arn:${AWS::Partition}:s3:::brand/*"
        )
    assert set(map(len, found.values())) == {0}


def test_without_a_list_and_a_bucket_no_function_may_read_anything() -> None:
    assert [statements(name) for name in of_type("AWS::Lambda::Function")] == [[]] * 4


@pytest.mark.parametrize("url", ["s3://lists/*", "s3://lists/a?", "s3://lists/${aws:username}", "s3://lists/", "lists"])
def test_the_place_of_the_list_is_exactly_one_object(url: str) -> None:
    pattern = local.parse(ROOT / "template.yaml")["Parameters"]["WarmPatterns"]["AllowedPattern"]
    assert re.fullmatch(pattern, "s3://lists/shop/warm.jsonl")
    assert not re.fullmatch(pattern, url)


def test_the_local_api_has_the_same_routes() -> None:
    declared = local.routes(local.parse(ROOT / "template.yaml"))
    assert {route.key: route.function.name for route in declared} == PUBLIC | OPERATORS_ONLY


def test_each_event_file_names_a_route_of_the_template() -> None:
    for path in (ROOT / "events").glob("*.json"):
        event = json.loads(path.read_text(encoding="utf-8"))
        if "patterns" not in event:
            assert event.get("routeKey", f"{event.get('httpMethod')} {event.get('resource')}") in routes(), path.name


def test_the_linter_finds_nothing() -> None:
    arguments = [command("cfn-lint", "make test installs it"), str(ROOT / "template.yaml")]
    found = subprocess.run(arguments, capture_output=True, text=True, timeout=120, check=False)
    assert (found.returncode, found.stdout) == (0, "")


def test_a_handler_is_where_the_template_says() -> None:
    for route in local.routes(local.parse(ROOT / "template.yaml")):
        module, _, _ = route.function.handler.rpartition(".")
        assert (ROOT / route.function.folder / f"{module}.py").is_file()
    assert {name for name, each in resources().items() if each["Type"] == "AWS::Lambda::Function"} == set(
        (PUBLIC | OPERATORS_ONLY).values()
    )
