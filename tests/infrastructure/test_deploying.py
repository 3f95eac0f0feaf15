"""``make deploy``: what SAM is told, what is protected, and what it ends with."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from scripts.deploying import deployment
from scripts.deploying.account import Stack, Unknown
from scripts.deploying.deployment import DECLINED, REFUSED, deploy
from scripts.release import environments
from tests.infrastructure.account_in_memory import PROD, Account, refusals
from tests.infrastructure.expanded import ROOT


@pytest.fixture
def deployed(build_tools: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    def run(name: str, account: Account, **how: bool) -> int:
        monkeypatch.setattr(deployment, "_run", account.run)
        return deploy(name, environments()[name], account, **how)  # type: ignore[arg-type]  # in the place of the real one

    return run


def test_what_is_protected_is_so_only_after_it_has_been_made(deployed: Callable[..., int]) -> None:
    account = Account()
    assert deployed("prod", account) == 0
    builds, *deployments = account.commands
    assert builds[:2] == ["sam", "build"]
    assert ['DeletionProtection="false"' in each for each in deployments] == [True, False]
    assert ['DeletionProtection="true"' in each for each in deployments] == [False, True]
    assert "--no-confirm-changeset" in deployments[1]
    assert "--no-confirm-changeset" not in deployments[0]
    hashes = [[part for part in each if part.startswith("ReleaseHash")] for each in deployments]
    assert hashes[0] == hashes[1]
    assert account.protections == [True]


def test_a_first_deployment_that_fails_leaves_nothing_protected(deployed: Callable[..., int]) -> None:
    account = Account()
    account.ends = account.failed
    assert deployed("prod", account) == 1
    assert account.protections == []
    assert account.given()["DeletionProtection"] == "false"


def test_an_update_is_protected_throughout(deployed: Callable[..., int]) -> None:
    account = Account()
    deployed("prod", account)
    account.commands.clear()
    assert deployed("prod", account) == 0
    assert [each[1] for each in account.commands] == ["build", "deploy"]
    assert account.given()["DeletionProtection"] == "true"


def test_a_deployment_that_changes_nothing_ends_well_and_protects(deployed: Callable[..., int]) -> None:
    account = Account()
    deployed("prod", account)
    account.protections.clear()
    account.ends = lambda given: 0  # an empty change set: SAM says so, and ends
    assert deployed("prod", account) == 0
    assert "--no-fail-on-empty-changeset" in account.commands[-1]
    assert account.protections == [True]


def test_one_that_was_interrupted_before_it_protected_is_protected_by_the_next(deployed: Callable[..., int]) -> None:
    account = Account()
    deployed("prod", account)
    assert account.now is not None
    account.now = Stack("CREATE_COMPLETE", account.now.parameters | {"DeletionProtection": "false"})
    account.protections.clear()
    assert deployed("prod", account) == 0
    assert account.given()["DeletionProtection"] == "true"
    assert account.protections == [True]


def test_a_declined_first_deployment_is_no_success_and_protects_nothing(deployed: Callable[..., int]) -> None:
    account = Account()
    account.ends = account.declined
    assert deployed("prod", account) == DECLINED
    assert account.protections == []


def test_a_declined_update_leaves_protection_as_it_is(deployed: Callable[..., int]) -> None:
    account = Account()
    deployed("prod", account)
    assert account.now is not None
    account.now = Stack("UPDATE_COMPLETE", account.now.parameters | {"LogRetentionDays": "7"})
    account.protections.clear()
    account.ends = account.declined
    assert deployed("prod", account) == DECLINED
    assert account.protections == []


def test_an_environment_that_is_not_protected_any_more_is_released(
    deployed: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    account = Account(Stack("UPDATE_COMPLETE", {"DeletionProtection": "true"}))
    assert deployed("dev", account) == 0
    assert account.given()["DeletionProtection"] == "lifted"
    assert account.protections == [False]


def test_sam_s_own_end_is_handed_on(deployed: Callable[..., int]) -> None:
    account = Account()
    account.ends = lambda given: 17
    assert deployed("dev", account) == 17
    assert account.protections == []


def test_force_deploys_past_a_red_alarm_once(deployed: Callable[..., int]) -> None:
    account = Account()
    deployed("dev", account)
    account.red = ["qr-engine-dev-ReleaseErrorsAlarm-1A2B"]
    account.commands.clear()
    assert deployed("dev", account) == REFUSED
    assert account.commands == []
    assert deployed("dev", account, force=True) == 0
    assert account.given()["StopAtAlarm"] == "false"
    account.red = []
    assert deployed("dev", account) == 0
    assert account.given()["StopAtAlarm"] == "true"


def test_generate_gets_a_bound_where_the_quota_has_room(deployed: Callable[..., int]) -> None:
    for limit, bound in ((1000, "100"), (10, "0"), (150, "0"), (200, "100")):
        account = Account(limit=limit)
        assert deployed("dev", account) == 0
        assert account.given()["GenerateConcurrency"] == bound
        account.unreserved = limit - int(bound)
        assert deployed("dev", account) == 0
        assert account.given()["GenerateConcurrency"] == bound


def test_functions_that_leave_a_vpc_keep_their_right(deployed: Callable[..., int]) -> None:
    account = Account(Stack("UPDATE_COMPLETE", {"Cache": "serverless"}))
    assert deployed("dev", account) == 0
    assert account.given()["LeavesVpc"] == "true"
    fresh = Account()
    assert deployed("dev", fresh) == 0
    assert fresh.given()["LeavesVpc"] == "false"


def test_a_new_account_hears_of_its_quota_before_anything_is_made(deployed: Callable[..., int]) -> None:
    account = Account(limit=10)
    assert deployed("prod", account) == REFUSED
    assert account.commands == []
    said = refusals(PROD, account)["concurrency"]
    assert "may run 10 at once" in said
    assert "ReservedConcurrency=0" in said


def test_what_aws_does_not_tell_stops_nothing(deployed: Callable[..., int]) -> None:
    class Reticent(Account):
        def concurrency(self) -> tuple[int, int]:
            raise Unknown("AccessDenied")

        def red_alarms(self, prefix: str) -> list[str]:
            raise Unknown("AccessDenied")

    account = Reticent()
    assert refusals(PROD, account) == {}
    assert deployed("prod", account) == 0
    assert account.given()["GenerateConcurrency"] == "0"


def test_without_credentials_nothing_is_tried(deployed: Callable[..., int]) -> None:
    class Nobody(Account):
        def identity(self) -> str:
            raise Unknown("Unable to locate credentials")

    account = Nobody()
    assert deployed("dev", account) == REFUSED
    assert account.commands == []


@pytest.mark.parametrize("script", ["release.py", "doctor.py"])
def test_an_environment_that_is_not_there_is_a_wrong_call(script: str) -> None:
    command = [sys.executable, str(ROOT / "scripts" / script), "nowhere"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "ENV=default|dev|staging|prod" in done.stderr
