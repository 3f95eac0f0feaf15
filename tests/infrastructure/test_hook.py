"""The hook before each deployment, with the real functions in the place of their new versions."""

from __future__ import annotations

import importlib.util
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import boto3
import pytest
from botocore.stub import Stubber
from scripts.local_api.application import Context
from tests.environment import forget, fresh
from tests.infrastructure.expanded import ROOT, of_type, variables
from tests.unit.logo.buckets import assets_folder

EVENT = {"DeploymentId": "d-A1B2C3D4E", "LifecycleEventHookExecutionId": "eyJhbGciOi"}
FUNCTIONS = ("GENERATE", "STATS", "CLEAR", "WARM")
Handler = Callable[[dict[str, Any], Any], Any]


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"functions.{name}.app", ROOT / "functions" / name / "app.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Lambda:
    """Lambda in this process: a version is a handler, and what a handler raises is an error of the function."""

    def __init__(self, **others: Handler) -> None:
        self.handlers: dict[str, Handler] = {name: load(name.lower()).lambda_handler for name in FUNCTIONS} | others
        self.asked: list[str] = []

    def invoke(self, *, FunctionName: str, Payload: bytes) -> dict[str, Any]:  # noqa: N803  # as boto3 calls them
        function, _, version = FunctionName.rpartition(":")
        assert version == "7"
        self.asked.append(function)
        context = Context("f", "1769", "arn", "id", deadline=float("inf"))
        try:
            answer = self.handlers[function](json.loads(Payload), _Unhurried(context))
        except Exception as error:  # as Lambda's own runtime does
            failed = {"errorMessage": str(error), "errorType": type(error).__name__}
            return {"FunctionError": "Unhandled", "Payload": io.BytesIO(json.dumps(failed).encode())}
        return {"Payload": io.BytesIO(json.dumps(answer).encode())}


class _Unhurried:
    def __init__(self, context: Context) -> None:
        self.aws_request_id = context.aws_request_id

    def get_remaining_time_in_millis(self) -> int:
        return 30_000


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    fresh(monkeypatch)
    yield
    forget()


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """What the hook tells CodeDeploy of such versions, in the words of its API."""

    def ask(versions: Lambda, **environment: str) -> str:
        for name, value in ({each: f"{each}:7" for each in FUNCTIONS} | environment).items():
            monkeypatch.setenv(name, value)
        deploy = boto3.session.Session("AKIDEXAMPLE", "nobody", region_name="eu-central-1").client("codedeploy")
        told: list[str] = []
        send = deploy.put_lifecycle_event_hook_execution_status

        def put(**parameters: str) -> Any:
            told.append(parameters["status"])
            return send(**parameters)

        monkeypatch.setattr(deploy, "put_lifecycle_event_hook_execution_status", put)
        with Stubber(deploy) as stub:
            stub.add_response("put_lifecycle_event_hook_execution_status", {})
            clients = {"lambda": versions, "codedeploy": deploy}
            monkeypatch.setattr(boto3, "client", lambda service, **options: clients[service])
            load("hook").lambda_handler(EVENT, None)
        (status,) = told
        return status

    return ask


def failing(event: dict[str, Any], context: Any) -> dict[str, Any]:
    return {"statusCode": 500, "body": "{}"}


def not_starting(event: dict[str, Any], context: Any) -> dict[str, Any]:
    raise ImportError("REDIS_TTL_MAX must be at least REDIS_TTL.")


def test_versions_that_work_get_traffic(asked: Callable[..., str]) -> None:
    versions = Lambda()
    assert asked(versions) == "Succeeded"
    assert {*versions.asked} == {*FUNCTIONS}


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize("handler", [failing, not_starting])
def test_a_version_that_fails_or_does_not_start_gets_none(
    asked: Callable[..., str], function: str, handler: Handler
) -> None:
    assert asked(Lambda(**{function: handler})) == "Failed"


def test_a_code_that_says_something_else_is_found_by_reading_it(asked: Callable[..., str]) -> None:
    draw = load("generate").lambda_handler

    def other(event: dict[str, Any], context: Any) -> Any:
        return draw(event | {"rawQueryString": "data=another&format=png&size=512"}, context)

    assert asked(Lambda(GENERATE=other)) == "Failed"


def test_a_picture_that_is_none_is_a_failure_and_no_silence(asked: Callable[..., str]) -> None:
    assert asked(Lambda(GENERATE=lambda event, context: {"statusCode": 200, "body": "bm90aGluZw=="})) == "Failed"


def test_a_forced_deployment_gets_out_although_the_cache_is_gone(asked: Callable[..., str]) -> None:
    gone = Lambda(STATS=failing)
    assert asked(gone, STOP_AT_ALARM="false") == "Succeeded"
    assert asked(Lambda(GENERATE=failing), STOP_AT_ALARM="false") == "Failed"


@pytest.mark.parametrize("signing", ["off", "required", "admin"])
def test_it_signs_what_it_asks_with_the_key_of_the_stack(asked: Callable[..., str], signing: str) -> None:
    key = {"SIGNING": signing, "SIGNING_KEY": "k" * 32, "SIGNING_KEY_ID": "2026-11"}
    assert asked(Lambda(), **key) == "Succeeded"
    # A version that takes no signature of this key would refuse everybody else as well.
    other = Lambda(GENERATE=lambda event, context: {"statusCode": 403, "body": "{}"})
    assert asked(other, **key) == "Failed"


def test_it_leaves_nothing_in_the_cache(asked: Callable[..., str]) -> None:
    kept: list[dict[str, Any]] = []
    clear = load("clear").lambda_handler

    def watched(event: dict[str, Any], context: Any) -> Any:
        kept.append(answer := clear(event, context))
        return answer

    assert asked(Lambda(CLEAR=watched)) == "Succeeded"
    (answer,) = kept
    assert json.loads(answer["body"])["count"] >= 1


def test_codedeploy_may_call_it_and_it_may_try_only_the_functions_of_the_stack() -> None:
    assert of_type("AWS::Lambda::Function")["HookFunction"]["FunctionName"]["Fn::Sub"].startswith("CodeDeployHook_")
    role = of_type("AWS::IAM::Role")["HookFunctionRole"]
    said = {each["Sid"]: each for policy in role["Policies"] for each in policy["PolicyDocument"]["Statement"]}
    tried = [each["Fn::Sub"] for each in said["TryNewVersions"]["Resource"]]
    assert tried == [f"${{{name.capitalize()}Function.Arn}}:*" for name in FUNCTIONS]


def test_it_stands_outside_of_the_vpc_and_has_no_alias_and_no_password() -> None:
    function = of_type("AWS::Lambda::Function", Cache="serverless")["HookFunction"]
    assert "VpcConfig" not in function
    assert "HookFunctionAliaslive" not in of_type("AWS::Lambda::Alias", Cache="serverless")
    given = variables(Cache="existing", RedisUrl="redis://h", RedisAuth="password", RedisPassword="pw")["HookFunction"]
    assert not {"redis://h", "pw"} & {*map(str, given.values())}


def test_it_is_told_the_newest_versions() -> None:
    given = variables()["HookFunction"]
    assert {name: given[name]["Ref"][: len(name) + 15] for name in FUNCTIONS} == {
        name: f"{name.capitalize()}FunctionVersion" for name in FUNCTIONS
    }


@pytest.fixture
def styles(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """The folder of styles of versions that draw nothing without one."""
    monkeypatch.setenv("REQUIRE_STYLE", "true")
    with assets_folder(monkeypatch, tmp_path / "assets") as folder:
        yield folder / "styles"


def test_where_a_style_is_required_the_code_has_one_that_can_be_used(asked: Callable[..., str], styles: Path) -> None:
    (styles / "a.json").write_text('{"size": 3}', encoding="utf-8")
    (styles / "b.json").write_text('{"data_pattern": "rounded", "size": 512, "lock": true}', encoding="utf-8")
    versions = Lambda()
    assert asked(versions) == "Succeeded"
    assert versions.asked.count("WARM") == 1


def test_a_style_may_lock_a_format_that_no_decoder_reads(asked: Callable[..., str], styles: Path) -> None:
    (styles / "a.json").write_text('{"format": "svg", "lock": ["format"]}', encoding="utf-8")
    assert asked(Lambda()) == "Succeeded"


def test_before_there_is_a_style_versions_get_traffic(asked: Callable[..., str], styles: Path) -> None:
    assert asked(Lambda()) == "Succeeded"


def test_versions_that_draw_no_style_at_all_get_none(asked: Callable[..., str], styles: Path) -> None:
    (styles / "a.json").write_text("{}", encoding="utf-8")
    generate = load("generate").lambda_handler

    def other(event: dict[str, Any], context: Any) -> Any:
        return failing(event, context) if "validate" in event["routeKey"] else generate(event, context)

    assert asked(Lambda(GENERATE=other)) == "Failed"
