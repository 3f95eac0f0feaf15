"""What can be known before a deployment would fail of it halfway: ``make doctor ENV=dev``."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import msgspec
from scripts.release import ROOT, Environment

from .account import Account, Stack, Unknown

__all__ = ["Finding", "check", "reserved_concurrency", "show"]

Verdict = Literal["ok", "note", "refused"]

LEAST_UNRESERVED = 100
"""Executions that Lambda keeps for functions without a reservation; in a smaller account, all there are."""

LONGEST_NAME = 64 - len("CodeDeployHook_")
"""Characters of a stack's name: the hook's function is called after it, and Lambda takes 64."""

STARTABLE = ("CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE", "IMPORT_COMPLETE", "REVIEW_IN_PROGRESS")


class Finding(msgspec.Struct, frozen=True):
    """What one check found.

    Attributes
    ----------
    subject
        What was looked at.
    verdict
        "refused" where a deployment would fail.
    said
        What is so and, where it is refused, what to do.
    """

    subject: str
    verdict: Verdict
    message: str


def check(environment: Environment, account: Account, *, force: bool = False) -> list[Finding]:
    """Look at everything that a deployment of `environment` needs; what AWS does not tell is a note."""
    findings = [_build(), _settings(environment)]
    try:
        findings.append(Finding("credentials", "ok", account.identity()))
    except Unknown as unknown:
        message = f"There are no valid AWS credentials ({unknown}). Log in, or set AWS_PROFILE."
        return [*findings, Finding("credentials", "refused", message)]
    try:
        stack = account.stack(environment.stack)
    except Unknown as unknown:
        return [*findings, Finding("stack", "refused", f"AWS does not show the stack: {unknown}")]
    findings.append(_state(environment, stack))
    checks: tuple[tuple[str, Callable[[], Iterator[Finding]]], ...] = (
        ("concurrency", lambda: _concurrency(environment, stack, account)),
        ("cache", lambda: _cache(environment, stack, account)),
        ("zones", lambda: _zones(environment, account)),
        ("logs", lambda: _logs(environment, stack, account)),
        ("alarms", lambda: _alarms(environment, account, force=force)),
    )
    for subject, look in checks:
        try:
            findings += look()
        except Unknown as unknown:
            findings.append(Finding(subject, "note", f"AWS did not answer: {unknown}"))
    return findings


def show(findings: list[Finding]) -> bool:
    """Print a table; whether nothing is refused."""
    width = max(len(finding.subject) for finding in findings)
    for finding in findings:
        print(f"{finding.verdict:<8} {finding.subject:<{width}}  {finding.message}", flush=True)
    return all(finding.verdict != "refused" for finding in findings)


def reserved_concurrency(parameters: dict[str, str]) -> int:
    """How many executions a stack with these parameters reserves: for generate, and for each of warm and clear."""
    return int(parameters.get("GenerateConcurrency", "0")) + 2 * int(parameters.get("ReservedConcurrency", "0"))


def _build() -> Finding:
    missing = [name for name in ("sam", "python3.13", "make") if shutil.which(name, path=_path()) is None]
    if missing:
        message = (
            f"{' and '.join(missing)} not on PATH. Without Python 3.13 and make, build with sam build --use-container."
        )
        return Finding("build", "refused", message)
    return Finding("build", "ok", "sam, python3.13 and make are installed")


def _path() -> str:
    return os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))


def _settings(environment: Environment) -> Finding:
    from scripts.local_api.routes import parse

    from qr_engine.config import load
    from qr_engine.errors import ConfigurationError

    template = parse(ROOT / "template.yaml")
    parameters = {name: str(each["Default"]) for name, each in template["Parameters"].items()} | environment.parameters
    unknown = environment.parameters.keys() - template["Parameters"].keys()
    if unknown:
        return Finding("parameters", "refused", f"The template has no {', '.join(sorted(unknown))}.")
    variables = template["Globals"]["Function"]["Environment"]["Variables"]
    plain = {
        name: parameters[each["Ref"]]
        for name, each in variables.items()
        if isinstance(each, dict) and each.get("Ref") in parameters
    }
    try:
        load(plain)
    except ConfigurationError as error:
        return Finding("parameters", "refused", f"The functions would not start: {error}")
    return Finding("parameters", "ok", f"{len(environment.parameters)} given; CloudFormation checks their rules itself")


def _state(environment: Environment, stack: Stack | None) -> Finding:
    if len(environment.stack) > LONGEST_NAME:
        message = f"The name {environment.stack} is too long for the hook; it can have {LONGEST_NAME} characters."
        return Finding("stack", "refused", message)
    if stack is None or not stack.exists:
        return Finding("stack", "ok", f"{environment.stack} is new; protection is put on after it has been made")
    if stack.status in STARTABLE:
        return Finding("stack", "ok", f"{environment.stack} is in {stack.status}")
    if stack.status.endswith("_IN_PROGRESS"):
        return Finding("stack", "refused", f"{environment.stack} is in {stack.status}: wait until that is over.")
    if stack.status == "UPDATE_ROLLBACK_FAILED":
        message = (
            f"in UPDATE_ROLLBACK_FAILED: aws cloudformation continue-update-rollback --stack-name {environment.stack}"
        )
        return Finding("stack", "refused", message)
    message = (
        f"{environment.stack} is in {stack.status}, which takes no update: delete it (docs/operations.md, Delete)."
    )
    return Finding("stack", "refused", message)


def _concurrency(environment: Environment, stack: Stack | None, account: Account) -> Iterator[Finding]:
    limit, unreserved = account.concurrency()
    needed, has = (
        reserved_concurrency(environment.parameters),
        reserved_concurrency(stack.parameters if stack and stack.exists else {}),
    )
    least = min(LEAST_UNRESERVED, limit)
    left = unreserved + has - needed
    if needed and left < least:
        message = (
            f"The account may run {limit} at once, {unreserved} unreserved, and must keep {least}; this environment "
            f"reserves {needed}. Request a quota of {limit - left + LEAST_UNRESERVED} (Service Quotas, Lambda), or set "
            "ReservedConcurrency=0 and GenerateConcurrency=0."
        )
        yield Finding("concurrency", "refused", message)
        return
    yield Finding("concurrency", "ok", f"{limit} at once, {left} of them unreserved afterwards")
    if limit < LEAST_UNRESERVED:
        yield Finding("concurrency", "note", "That is little for a service; a larger quota is free, so request one.")


def _cache(environment: Environment, stack: Stack | None, account: Account) -> Iterator[Finding]:
    kind, name = environment.parameters.get("Cache", "none"), environment.parameters.get("CacheName", "qr-engine")
    if kind not in ("serverless", "nodes"):
        return
    had = stack.parameters if stack and stack.exists else {}
    if had.get("CacheName") == name and had.get("Cache") in ("serverless", "nodes"):
        if had["Cache"] != kind:
            message = f"Its users belong to {had['Cache']}: give {kind} another CacheName (docs/operations.md, Change)."
            yield Finding("cache", "refused", message)
        else:
            yield Finding("cache", "ok", f"{name} is this stack's")
    elif account.has_cache(kind, name):
        yield Finding(
            "cache", "refused", f"An ElastiCache or a user group {name} already exists: set another CacheName."
        )
    else:
        yield Finding("cache", "ok", f"{name} is free")


def _zones(environment: Environment, account: Account) -> Iterator[Finding]:
    if environment.parameters.get("Cache", "none") not in ("serverless", "nodes") or "VpcId" in environment.parameters:
        return
    there = account.zones()
    zones = environment.parameters.get("Zones", "").split(",") if environment.parameters.get("Zones") else there[:2]
    missing = [zone for zone in zones if zone not in there]
    if missing or len(zones) < 2:
        yield Finding("zones", "refused", f"Zones must be two of {', '.join(there)}.")
    else:
        message = f"{' and '.join(zones)}; should ElastiCache refuse one, set Zones to two of {', '.join(there)}"
        yield Finding("zones", "ok", message)


def _logs(environment: Environment, stack: Stack | None, account: Account) -> Iterator[Finding]:
    if stack is not None and stack.exists:
        return
    prefixes = (f"/qr-engine/{environment.stack}/", f"/aws/vendedlogs/qr-engine/{environment.stack}/")
    left = [name for prefix in prefixes for name in account.log_groups(prefix)]
    if left:
        message = f"An earlier stack left {', '.join(left)}: delete them (docs/operations.md, Delete)."
        yield Finding("logs", "refused", message)


def _alarms(environment: Environment, account: Account, *, force: bool) -> Iterator[Finding]:
    red = account.red_alarms(f"{environment.stack}-Release")
    if red:
        message = f"{', '.join(red)} red: CodeDeploy would stop the deployment. To deploy a fix: make deploy FORCE=1."
        yield Finding("alarms", "note" if force else "refused", message)
