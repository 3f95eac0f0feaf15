"""What publishes a new version, how traffic moves to it, and what `make deploy` hands to SAM."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from samcli.cli.types import CfnParameterOverridesType
from scripts.release import environments, overrides, release_hash
from tests.infrastructure.expanded import ROOT, of_type, refused, resources

if TYPE_CHECKING:
    from pathlib import Path

FUNCTIONS = ("GenerateFunction", "StatsFunction", "ClearFunction", "WarmFunction")
ONE, OTHER = "1" * 64, "2" * 64


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The project as far as a release consists of it."""
    for folder in ("functions", "layers"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("template.yaml", "samconfig.toml"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def versions(**given: str) -> set[str]:
    return {name for name, each in resources(**given).items() if each["Type"] == "AWS::Lambda::Version"}


def test_another_release_publishes_another_version_of_every_function() -> None:
    one, other = versions(ReleaseHash=ONE), versions(ReleaseHash=OTHER)
    assert len(one) == len(other) == len(FUNCTIONS)
    assert not one & other


def test_the_same_release_publishes_nothing() -> None:
    assert versions(ReleaseHash=ONE, LogLevel="DEBUG") == versions(ReleaseHash=ONE)


@pytest.mark.parametrize(
    "changed",
    [
        "layers/qr_engine/qr_engine/pipeline/engine.py",
        "layers/qr_engine/requirements.txt",
        "functions/warm/app.py",
        "template.yaml",
    ],
)
def test_a_change_in_the_layer_alone_or_anywhere_else_is_another_release(copy: Path, changed: str) -> None:
    before = release_hash({}, copy)
    with (copy / changed).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert release_hash({}, copy) != before


def test_a_change_of_a_parameter_is_another_release(copy: Path) -> None:
    assert release_hash({"LogLevel": "DEBUG"}, copy) != release_hash({"LogLevel": "INFO"}, copy)


def test_what_was_only_compiled_is_the_same_release(copy: Path) -> None:
    before = release_hash({}, copy)
    subprocess.run([sys.executable, "-m", "compileall", "-q", str(copy)], check=True)
    assert release_hash({}, copy) == before


def test_versions_that_traffic_has_left_stay_to_go_back_to() -> None:
    found = [each for each in resources().values() if each["Type"] == "AWS::Lambda::Version"]
    assert {each["DeletionPolicy"] for each in found} == {"Retain"}


@pytest.mark.parametrize("function", FUNCTIONS)
def test_traffic_moves_as_wanted_and_back_at_an_alarm(function: str) -> None:
    group = of_type("AWS::CodeDeploy::DeploymentGroup", DeploymentType="Canary10Percent5Minutes")[
        f"{function}DeploymentGroup"
    ]
    assert group["DeploymentConfigName"] == "CodeDeployDefault.LambdaCanary10Percent5Minutes"
    assert "DEPLOYMENT_STOP_ON_ALARM" in group["AutoRollbackConfiguration"]["Events"]
    alarms = {each["Name"]["Ref"] for each in group["AlarmConfiguration"]["Alarms"]}
    assert (
        alarms
        == {"ReleaseErrorsAlarm", "ReleaseFailuresAlarm", "ReleaseLatencyAlarm"}
        <= of_type("AWS::CloudWatch::Alarm").keys()
    )


@pytest.mark.parametrize("function", FUNCTIONS)
def test_the_hook_is_asked_before_traffic_moves(function: str) -> None:
    update = resources()[f"{function}Aliaslive"]["UpdatePolicy"]["CodeDeployLambdaAliasUpdate"]
    assert update["BeforeAllowTrafficHook"] == {"Ref": "HookFunction"}


@pytest.mark.parametrize(("wanted", "applied"), [("false", "None"), ("true", "PublishedVersions")])
def test_snapshots_are_taken_where_they_are_wanted(wanted: str, applied: str) -> None:
    found = (each for name, each in of_type("AWS::Lambda::Function", SnapStart=wanted).items() if name in FUNCTIONS)
    assert {each["SnapStart"]["ApplyOn"] for each in found} == {applied}


def test_concurrency_is_reserved_for_warm_and_clear_where_it_is_wanted() -> None:
    def reserved(**given: str) -> dict[str, str]:
        found = of_type("AWS::Lambda::Function", **given).items()
        return {name: str(each.get("ReservedConcurrentExecutions", "")) for name, each in found}

    assert set(reserved().values()) == {""}
    wanted = {
        "GenerateFunction": "",
        "StatsFunction": "",
        "ClearFunction": "2",
        "WarmFunction": "2",
        "HookFunction": "",
    }
    assert reserved(ReservedConcurrency="2") == wanted


def test_generate_has_a_bound_where_one_is_set() -> None:
    function = of_type("AWS::Lambda::Function", GenerateConcurrency="100")["GenerateFunction"]
    assert function["ReservedConcurrentExecutions"] == "100"


def test_a_red_alarm_stops_no_deployment_that_is_forced() -> None:
    groups = of_type("AWS::CodeDeploy::DeploymentGroup", StopAtAlarm="false").values()
    # An empty configuration takes the alarms off a group that has some; one that is left out would keep them.
    assert [each["AlarmConfiguration"] for each in groups] == [{}] * len(FUNCTIONS)


@pytest.mark.parametrize(("wanted", "sent"), [("false", None), ("true", True), ("lifted", False)])
def test_protection_is_only_spoken_of_where_it_is_put_on_or_taken_off(wanted: str, sent: bool | None) -> None:
    found = of_type("AWS::Logs::LogGroup", DeletionProtection=wanted).values()
    assert {each.get("DeletionProtectionEnabled") for each in found} == {sent}


def test_every_log_ends_and_refuses_to_be_deleted_where_that_is_wanted() -> None:
    found = of_type("AWS::Logs::LogGroup", LogRetentionDays="7", DeletionProtection="true")
    assert len(found) == len(FUNCTIONS) + 2  # of the API, and of the hook
    assert {(each["RetentionInDays"], each["DeletionProtectionEnabled"]) for each in found.values()} == {("7", True)}


def test_requests_are_traced() -> None:
    assert {each["TracingConfig"]["Mode"] for each in of_type("AWS::Lambda::Function").values()} == {"Active"}


def test_there_are_three_environments_beside_the_one_for_this_computer() -> None:
    assert environments().keys() == {"default", "dev", "staging", "prod"}


@pytest.mark.parametrize("name", environments())
def test_an_environment_has_parameters_that_the_template_takes(name: str) -> None:
    given = environments()[name].parameters
    assert refused(**given) == []
    assert resources(**given)


def test_dev_has_no_vpc_and_prod_is_protected() -> None:
    known = environments()
    assert not of_type("AWS::EC2::VPC", **known["dev"].parameters)
    assert of_type("AWS::EC2::VPC", **known["staging"].parameters)
    assert [name for name, each in known.items() if each.protected] == ["prod"]


def test_sam_gets_the_environment_s_parameters_and_the_hash() -> None:
    environment = environments()["prod"]
    given = CfnParameterOverridesType().convert(tuple(overrides(environment)), None, None)
    assert given.pop("ReleaseHash") == release_hash(environment.parameters)
    assert given == environment.parameters


def test_an_environment_that_is_not_there_is_refused_with_those_that_are() -> None:
    command = [sys.executable, str(ROOT / "scripts" / "release.py"), "nowhere"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (
        2,
        "Name one of the environments in samconfig.toml: make deploy ENV=default|dev|staging|prod\n",
    )
