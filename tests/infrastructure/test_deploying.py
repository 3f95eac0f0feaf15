"""``make deploy`` and ``make doctor``: what is checked, what SAM is told, what is protected, and what it ends with.

The account is not real, and neither is SAM's part: nothing here may need one. What the calls to AWS look like,
tests/infrastructure/test_account.py holds to their service models.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest
from samcli.cli.types import CfnParameterOverridesType
from scripts.deploying import deployment
from scripts.deploying.account import Stack, Unknown
from scripts.deploying.checks import check
from scripts.deploying.deployment import DECLINED, REFUSED, deploy
from scripts.release import Environment, environments
from tests.infrastructure.expanded import ROOT

PROD = environments()["prod"]
DEV = environments()["dev"]


class Account:
    """An account in memory, with the methods of the real one.

    ``sam deploy`` is its method as well: it makes of the stack what the parameters say, unless `ends` says otherwise.
    """

    def __init__(self, stack: Stack | None = None, *, limit: int = 1000, unreserved: int | None = None) -> None:
        self.now = stack
        self.limit, self.unreserved = limit, limit if unreserved is None else unreserved
        self.caches: set[str] = set()
        self.red: list[str] = []
        self.left_logs: list[str] = []
        self.there = ["eu-central-1a", "eu-central-1b", "eu-central-1c"]
        self.protections: list[bool] = []
        self.commands: list[list[str]] = []
        self.ends: Callable[[dict[str, str]], int] = self.carried_out

    def identity(self) -> str:
        return "arn:aws:iam::123456789012:user/somebody"

    def stack(self, name: str) -> Stack | None:
        return self.now

    def protect(self, name: str, *, protected: bool) -> None:
        self.protections.append(protected)

    def concurrency(self) -> tuple[int, int]:
        return self.limit, self.unreserved

    def zones(self) -> list[str]:
        return self.there

    def has_cache(self, kind: str, name: str) -> bool:
        return name in self.caches

    def log_groups(self, prefix: str) -> list[str]:
        return [name for name in self.left_logs if name.startswith(prefix)]

    def red_alarms(self, prefix: str) -> list[str]:
        return [name for name in self.red if name.startswith(prefix)]

    # -- what SAM does

    def run(self, command: list[str]) -> int:
        self.commands.append(command)
        if command[1] == "build":
            return 0
        return self.ends(self.given())

    def given(self) -> dict[str, str]:
        """The parameters of the last deployment, as SAM reads them."""
        command = self.commands[-1]
        after = command[command.index("--parameter-overrides") + 1 :]
        found = CfnParameterOverridesType().convert(tuple(each for each in after if "=" in each), None, None)
        return {str(name): str(value) for name, value in found.items()}

    def carried_out(self, given: dict[str, str]) -> int:
        had = self.now is not None and self.now.exists
        self.now = Stack("UPDATE_COMPLETE" if had else "CREATE_COMPLETE", given)
        return 0

    def declined(self, given: dict[str, str]) -> int:
        self.now = self.now or Stack("REVIEW_IN_PROGRESS")
        return 0

    def failed(self, given: dict[str, str]) -> int:
        self.now = Stack("ROLLBACK_COMPLETE", given)
        return 1


@pytest.fixture
def deployed(monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    def run(name: str, account: Account, **how: bool) -> int:
        monkeypatch.setattr(deployment, "_run", account.run)
        return deploy(name, environments()[name], account, **how)  # type: ignore[arg-type]  # in the place of the real one

    return run


def refusals(environment: Environment, account: Account, **how: bool) -> dict[str, str]:
    found = check(environment, account, **how)  # type: ignore[arg-type]  # in the place of the real one
    return {each.subject: each.message for each in found if each.verdict == "refused"}


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


def test_a_quota_that_has_just_enough_is_enough() -> None:
    assert "concurrency" not in refusals(PROD, Account(limit=104))
    assert "concurrency" in refusals(PROD, Account(limit=103))
    # What the stack has reserved already is its own.
    had = Stack("UPDATE_COMPLETE", {**PROD.parameters})
    assert "concurrency" not in refusals(PROD, Account(had, limit=104, unreserved=100))


def test_a_cache_name_that_is_taken_is_refused_unless_it_is_the_stack_s_own() -> None:
    account = Account()
    account.caches = {"qr-engine-prod"}
    assert "qr-engine-prod" in refusals(PROD, account)["cache"]
    account.now = Stack("UPDATE_COMPLETE", dict(PROD.parameters))
    assert "cache" not in refusals(PROD, account)


def test_another_kind_of_cache_needs_another_name() -> None:
    account = Account(Stack("UPDATE_COMPLETE", {**PROD.parameters, "Cache": "nodes"}))
    assert "CacheName" in refusals(PROD, account)["cache"]


@pytest.mark.parametrize(
    ("zones", "wrong"), [("eu-central-1a,eu-central-1c", False), ("eu-central-1a,eu-central-1x", True)]
)
def test_zones_have_to_be_there(zones: str, wrong: bool) -> None:
    environment = PROD._replace(parameters=PROD.parameters | {"Zones": zones})
    assert ("zones" in refusals(environment, Account())) is wrong


@pytest.mark.parametrize(
    ("status", "refused"),
    [
        ("CREATE_COMPLETE", False),
        ("UPDATE_ROLLBACK_COMPLETE", False),
        ("REVIEW_IN_PROGRESS", False),
        ("UPDATE_IN_PROGRESS", True),
        ("UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", True),
        ("ROLLBACK_COMPLETE", True),
        ("ROLLBACK_FAILED", True),
        ("UPDATE_ROLLBACK_FAILED", True),
    ],
)
def test_a_stack_that_takes_no_update_is_not_tried(status: str, refused: bool) -> None:
    assert ("stack" in refusals(DEV, Account(Stack(status)))) is refused


def test_logs_that_an_earlier_stack_left_are_named() -> None:
    account = Account()
    account.left_logs = ["/qr-engine/qr-engine-prod/generate", "/qr-engine/other/generate"]
    assert "/qr-engine/qr-engine-prod/generate" in refusals(PROD, account)["logs"]
    assert "other" not in refusals(PROD, account)["logs"]


def test_what_the_engine_would_refuse_at_start_is_refused() -> None:
    environment = DEV._replace(parameters=DEV.parameters | {"RedisTtl": "7200", "RedisTtlMax": "3600"})
    assert "REDIS_TTL_MAX must be at least REDIS_TTL" in refusals(environment, Account())["parameters"]


def test_a_parameter_that_there_is_none_of_is_refused() -> None:
    environment = DEV._replace(parameters=DEV.parameters | {"CacheSize": "3"})
    assert "CacheSize" in refusals(environment, Account())["parameters"]


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


@pytest.mark.parametrize("environment", ["dev", "staging", "prod"])
def test_each_environment_can_be_deployed_to_an_ordinary_account(environment: str) -> None:
    assert refusals(environments()[environment], Account()) == {}


@pytest.mark.parametrize("script", ["release.py", "doctor.py"])
def test_an_environment_that_is_not_there_is_a_wrong_call(script: str) -> None:
    command = [sys.executable, str(ROOT / "scripts" / script), "nowhere"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "ENV=default|dev|staging|prod" in done.stderr
