"""One deployment from its checks to its protection, and what it ends with."""

from __future__ import annotations

import os
import subprocess
import sys

from scripts.release import ROOT, Environment, overrides, release_hash

from .account import Account, Stack, Unknown
from .checks import LEAST_UNRESERVED, check, reserved_concurrency, show

__all__ = ["DECLINED", "INTERRUPTED", "REFUSED", "deploy"]

REFUSED, DECLINED, INTERRUPTED = 1, 3, 130
BOUND = 100
"""Environments that generate may have at once, where nobody has said otherwise and the account has room for them."""
DONE = ("CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS")


def deploy(name: str, environment: Environment, account: Account, *, force: bool = False) -> int:
    """Check, build, deploy, and then protect the stack or not, as `environment` says.

    Returns
    -------
    int
        What the process is to end with; see above.
    """
    if not show(check(environment, account, force=force)):
        return REFUSED
    before = account.stack(environment.stack)
    first = before is None or not before.exists
    environment = _with_bound(environment, before, account)
    extra = _about_the_deployment(environment, before, force=force)
    for command in (["sam", "build", "--config-env", name], _deployment(name, environment, extra)):
        ended = _run(command)
        if ended:
            return ended
    if not _is_carried_out(account.stack(environment.stack), environment, extra):
        print("The change was declined: nothing was deployed, and the protection has not changed.", file=sys.stderr)
        return DECLINED
    if first and environment.protected:
        protected = extra | {"DeletionProtection": "true"}
        ended = _run([*_deployment(name, environment, protected), "--no-confirm-changeset"])
        if ended:
            return ended
    account.protect(environment.stack, protected=environment.protected)
    if force:
        print("This deployment ignored alarms; the next one without FORCE respects them again.")
    return 0


def _with_bound(environment: Environment, before: Stack | None, account: Account) -> Environment:
    """Return the environment with a bound for generate, unless it names one or the account has no room for it."""
    if "GenerateConcurrency" in environment.parameters:
        return environment
    had = before.parameters if before and before.exists else {}
    try:
        _, unreserved = account.concurrency()
    except Unknown:
        bound = had.get("GenerateConcurrency", "0")
    else:
        left = unreserved + reserved_concurrency(had) - reserved_concurrency(environment.parameters) - BOUND
        bound = str(BOUND) if left >= LEAST_UNRESERVED else "0"
    if bound == "0":
        print("GenerateConcurrency is 0: the quota has no room for a limit, so nothing limits the cost of abuse.")
    return environment._replace(parameters=environment.parameters | {"GenerateConcurrency": bound})


def _about_the_deployment(environment: Environment, before: Stack | None, *, force: bool) -> dict[str, str]:
    """Return the parameters that no function notices: what this one deployment is to do."""
    had = before.parameters if before and before.exists else {}
    leaves = had.get("LeavesVpc") == "true" or (_inside(had) and not _inside(environment.parameters))
    extra = {
        "StopAtAlarm": "false" if force else environment.parameters.get("StopAtAlarm", "true"),
        "LeavesVpc": environment.parameters.get("LeavesVpc", "true" if leaves else "false"),
    }
    if environment.protected:
        # What is protected cannot be rolled back.
        extra["DeletionProtection"] = "true" if had else "false"
    else:
        lifts = had.get("DeletionProtection") in ("true", "lifted")
        extra["DeletionProtection"] = "lifted" if lifts else "false"
    return extra


def _inside(parameters: dict[str, str]) -> bool:
    """Whether the functions of such a stack are in a VPC."""
    return parameters.get("Cache") in ("serverless", "nodes") or bool(parameters.get("VpcId"))


def _deployment(name: str, environment: Environment, extra: dict[str, str]) -> list[str]:
    parameters = overrides(environment._replace(parameters=environment.parameters | extra))
    return ["sam", "deploy", "--config-env", name, "--no-fail-on-empty-changeset", "--parameter-overrides", *parameters]


def _is_carried_out(after: Stack | None, environment: Environment, extra: dict[str, str]) -> bool:
    """Whether the stack is what was asked for: SAM also ends well where somebody declines the change."""
    expected = environment.parameters | extra | {"ReleaseHash": release_hash(environment.parameters)}
    return after is not None and after.status in DONE and expected.items() <= after.parameters.items()


def _run(command: list[str]) -> int:
    """Run a program of SAM's in the project's folder; what it ended with, as a shell would say it."""
    ended = subprocess.run(command, cwd=ROOT, env=os.environ, check=False).returncode
    return 128 - ended if ended < 0 else ended
