"""The template, expanded: what AWS would be told to make."""

from __future__ import annotations

import json

import msgspec
import pytest
from scripts.local_api import routes as local
from tests.infrastructure.expanded import ROOT, Route, of_type, resources, routes, variables

from qr_engine.config import Settings, load

PUBLIC = {
    "GET /api/qr/generate": "GenerateFunction",
    "HEAD /api/qr/generate": "GenerateFunction",
    "GET /api/qr/{picture}": "GenerateFunction",
    "HEAD /api/qr/{picture}": "GenerateFunction",
    "POST /api/qr/generate": "GenerateFunction",
    "GET /api/qr/styles": "GenerateFunction",
    "POST /api/qr/batch": "GenerateFunction",
    "POST /api/qr/validate": "GenerateFunction",
    "POST /api/qr/read": "GenerateFunction",
    **{
        f"{method} {path}{end}": "GenerateFunction"
        for path, methods in {
            "/qr": ("GET", "HEAD"),
            "/v1/create-qr-code": ("GET", "HEAD", "POST"),
            "/chart": ("GET", "HEAD", "POST"),
            "/gchart": ("GET", "HEAD", "POST"),
            "/v1/read-qr-code": ("GET", "POST"),
        }.items()
        for method in methods
        for end in ("", "/")
    },
}
ALWAYS_PUBLIC = {
    "GET /healthz": "GenerateFunction",
    "HEAD /healthz": "GenerateFunction",
    "GET /openapi.json": "GenerateFunction",
    "GET /llms.txt": "GenerateFunction",
    "GET /": "GenerateFunction",
    "HEAD /": "GenerateFunction",
    "GET /studio/{version}/{file}": "GenerateFunction",
    "HEAD /studio/{version}/{file}": "GenerateFunction",
}
OPERATORS_ONLY = {
    "GET /api/qr/cache/stats": "StatsFunction",
    "POST /api/qr/cache/clear": "ClearFunction",
    "POST /api/qr/cache/warm": "WarmFunction",
}


def test_there_are_no_other_routes() -> None:
    assert routes().keys() == PUBLIC.keys() | ALWAYS_PUBLIC.keys() | OPERATORS_ONLY.keys()


@pytest.mark.parametrize("route", PUBLIC)
def test_a_picture_route_reaches_its_function_without_credentials(route: str) -> None:
    assert routes()[route] == Route(PUBLIC[route], needs=None, payload="2.0")


@pytest.mark.parametrize("route", OPERATORS_ONLY)
def test_a_cache_route_reaches_its_function_with_iam_only(route: str) -> None:
    assert routes()[route] == Route(OPERATORS_ONLY[route], needs="AWS_IAM", payload="2.0")


@pytest.mark.parametrize("route", OPERATORS_ONLY)
def test_where_operators_sign_addresses_iam_is_not_asked_as_well(route: str) -> None:
    given = {"SigningKeySecret": "qr/operators"}
    assert routes(Signing="admin", **given)[route] == Route(OPERATORS_ONLY[route], needs=None, payload="2.0")
    # A key for pictures opens nothing here.
    assert routes(Signing="required", **given)[route].needs == "AWS_IAM"


def test_iam_means_signature_version_4() -> None:
    (api,) = of_type("AWS::ApiGatewayV2::Api").values()
    assert api["Body"]["components"]["securitySchemes"]["AWS_IAM"]["x-amazon-apigateway-authtype"] == "awsSigv4"


@pytest.mark.parametrize("route", ["POST /api/qr/batch", *OPERATORS_ONLY])
def test_what_costs_more_is_throttled_more(route: str) -> None:
    (stage,) = of_type("AWS::ApiGatewayV2::Stage").values()
    everywhere, own = stage["DefaultRouteSettings"], stage["RouteSettings"][route]
    assert 0 < own["ThrottlingRateLimit"] < everywhere["ThrottlingRateLimit"]
    assert 0 < own["ThrottlingBurstLimit"] < everywhere["ThrottlingBurstLimit"]


@pytest.mark.parametrize("route", PUBLIC)
def test_with_an_issuer_a_picture_route_asks_for_its_token(route: str) -> None:
    given = {"JwtIssuer": "https://login.example.com/", "JwtAudience": "qr,print"}
    (api,) = of_type("AWS::ApiGatewayV2::Api", **given).values()
    scheme = api["Body"]["components"]["securitySchemes"]["Token"]["x-amazon-apigateway-authorizer"]
    assert routes(**given)[route].needs == "Token"
    assert scheme["jwtConfiguration"] == {"issuer": "https://login.example.com/", "audience": ["qr", "print"]}


@pytest.mark.parametrize("route", ALWAYS_PUBLIC)
def test_a_probe_needs_no_token(route: str) -> None:
    given = {"JwtIssuer": "https://login.example.com/", "JwtAudience": "qr,print"}
    assert routes(**given)[route].needs is None


def test_without_an_issuer_there_is_no_authoriser_that_could_fail() -> None:
    (api,) = of_type("AWS::ApiGatewayV2::Api").values()
    assert api["Body"]["components"]["securitySchemes"].keys() == {"AWS_IAM"}


@pytest.mark.parametrize(("wanted", "more"), [("false", set()), ("true", {"identity.sourceIp"})])
def test_the_access_log_is_json_and_has_of_the_user_only_the_address_and_only_if_wanted(
    wanted: str, more: set[str]
) -> None:
    (stage,) = of_type("AWS::ApiGatewayV2::Stage", LogCallers=wanted).values()
    logged = json.loads(stage["AccessLogSettings"]["Format"])
    allowed = {"requestId", "requestTime", "routeKey", "status", "responseLength", "responseLatency"}
    allowed |= {"integrationLatency", "integrationStatus", "integrationErrorMessage", "error.responseType"}
    assert {value.removeprefix("$context.") for value in logged.values()} == allowed | more


@pytest.mark.parametrize("origins", ["*", "https://shop.example.com,https://example.com"])
def test_pages_on_other_sites_may_get_and_post(origins: str) -> None:
    (api,) = of_type("AWS::ApiGatewayV2::Api", AllowedOrigins=origins).values()
    cors = api["Body"]["x-amazon-apigateway-cors"]
    assert (cors["allowOrigins"], sorted(cors["allowMethods"])) == (origins.split(","), ["GET", "POST"])


def test_pages_on_other_sites_may_send_every_header_of_a_signature() -> None:
    (api,) = of_type("AWS::ApiGatewayV2::Api").values()
    signature = {"authorization", "x-amz-content-sha256", "x-amz-date", "x-amz-security-token"}
    assert signature <= set(api["Body"]["x-amazon-apigateway-cors"]["allowHeaders"])


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
    # Lambda has no folder of its owner's.
    assert settings - {"ASSETS_DIR"} <= variables()[function].keys()


def test_no_function_gets_a_setting_that_nobody_reads() -> None:
    known = {field.name.upper() for field in msgspec.structs.fields(Settings)}
    for given in (each for name, each in variables().items() if name != "HookFunction"):
        assert {name for name in given if not name.startswith("POWERTOOLS_")} <= known


def test_a_stack_without_parameters_has_the_engine_s_defaults() -> None:
    template = local.parse(ROOT / "template.yaml")
    assert load(local.environment(template)) == Settings()


def test_the_local_api_has_the_same_routes() -> None:
    declared = local.routes(local.parse(ROOT / "template.yaml"))
    assert {route.key: route.function.name for route in declared} == PUBLIC | ALWAYS_PUBLIC | OPERATORS_ONLY


def test_each_event_file_names_a_route_of_the_template() -> None:
    for path in (ROOT / "events").glob("*.json"):
        event = json.loads(path.read_text(encoding="utf-8"))
        if "patterns" not in event:
            assert event.get("routeKey", f"{event.get('httpMethod')} {event.get('resource')}") in routes(), path.name


def test_a_handler_is_where_the_template_says() -> None:
    for route in local.routes(local.parse(ROOT / "template.yaml")):
        module, _, _ = route.function.handler.rpartition(".")
        assert (ROOT / route.function.folder / f"{module}.py").is_file()
    assert {name for name, each in resources().items() if each["Type"] == "AWS::Lambda::Function"} == set(
        (PUBLIC | OPERATORS_ONLY).values()
    ) | {"HookFunction"}
