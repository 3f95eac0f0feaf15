"""An account that is not real, and neither is SAM's part: no test of a deployment may need one.

What the calls to AWS look like, tests/infrastructure/test_account.py holds to their service models.
"""

from __future__ import annotations

from collections.abc import Callable

from samcli.cli.types import CfnParameterOverridesType
from scripts.deploying.account import Stack
from scripts.deploying.checks import check
from scripts.release import Environment, environments

__all__ = ["DEV", "PROD", "Account", "refusals"]

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


def refusals(environment: Environment, account: Account, **how: bool) -> dict[str, str]:
    found = check(environment, account, **how)  # type: ignore[arg-type]  # in the place of the real one
    return {each.subject: each.message for each in found if each.verdict == "refused"}
