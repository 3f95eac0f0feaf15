"""``make doctor``, and what ``make deploy`` looks at before anything is made."""

from __future__ import annotations

from pathlib import Path

import pytest
from scripts.deploying.account import Stack
from scripts.release import environments
from tests.infrastructure.account_in_memory import DEV, PROD, Account, refusals


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


def test_a_program_that_the_build_lacks_is_named(build_tools: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (build_tools / "python3.13").unlink()
    monkeypatch.setenv("PATH", str(build_tools))
    monkeypatch.setattr("sys.executable", str(build_tools / "python"))
    assert refusals(DEV, Account())["build"].startswith("python3.13 not on PATH.")


@pytest.mark.usefixtures("build_tools")
@pytest.mark.parametrize("environment", ["dev", "staging", "prod"])
def test_each_environment_can_be_deployed_to_an_ordinary_account(environment: str) -> None:
    assert refusals(environments()[environment], Account()) == {}
