"""Deploy one environment of samconfig.toml: ``make deploy ENV=dev``, and with ``FORCE=1`` past red alarms.

To what the environment says, this adds ``ReleaseHash``: SHA-256 over the functions, the layer, the template and the
parameters. Lambda publishes a version, and moves traffic to it, where that hash is another; left to itself, SAM would
look at the functions' own code only, and a change in a parameter would never be served.

Protection is put on when a stack has been made: what is protected cannot be rolled back. It ends with 0 where the stack
is as the environment says, 1 where a check refused, 2 for a wrong call, 3 where the change was declined, 130 where
somebody interrupted it, and otherwise with what SAM ended with.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import tomllib
from pathlib import Path
from typing import NamedTuple

__all__ = ["ROOT", "Environment", "environments", "overrides", "release_hash"]

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ("functions", "layers")

ABOUT_THE_DEPLOYMENT = frozenset({"DeletionProtection", "StopAtAlarm", "LeavesVpc"})
"""Parameters that no function notices, so that another value is no other release."""


class Environment(NamedTuple):
    """One environment of samconfig.toml: its stack, the region that it is in, and the parameters of the template."""

    stack: str
    region: str
    parameters: dict[str, str]

    @property
    def protected(self) -> bool:
        """Whether the stack itself is to refuse to be deleted."""
        return self.parameters.get("DeletionProtection") == "true"


def environments(root: Path = ROOT) -> dict[str, Environment]:
    """Every environment that can be deployed, by its name."""
    with (root / "samconfig.toml").open("rb") as file:
        tables = {name: table for name, table in tomllib.load(file).items() if isinstance(table, dict)}
    common = {name: table["global"]["parameters"] for name, table in tables.items() if "deploy" in table}
    return {
        name: Environment(
            each["stack_name"], each["region"], dict(p.split("=", 1) for p in each["parameter_overrides"])
        )
        for name, each in common.items()
    }


def release_hash(parameters: dict[str, str], root: Path = ROOT) -> str:
    """Return what a release consists of, as 64 hex digits: the same wherever and whenever it is computed."""
    files = [root / "template.yaml"]
    for folder in SOURCES:
        sources = (path for path in (root / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts)
        files += sorted(sources, key=lambda path: path.relative_to(root).as_posix())
    digest = hashlib.sha256()
    for path in files:
        content = path.read_bytes()
        digest.update(f"{path.relative_to(root).as_posix()}\0{len(content)}\0".encode() + content)
    for name, value in sorted(parameters.items()):
        if name not in ABOUT_THE_DEPLOYMENT:
            digest.update(f"{name}={value}\0".encode())
    return digest.hexdigest()


def overrides(environment: Environment, root: Path = ROOT) -> list[str]:
    """Return the parameters of a deployment, as ``sam deploy --parameter-overrides`` takes them."""
    parameters = environment.parameters | {"ReleaseHash": release_hash(environment.parameters, root)}
    return [f'{name}="{value}"' for name, value in parameters.items()]


def main() -> int:
    """Deploy what the command line names."""
    by_name = environments()
    parser = argparse.ArgumentParser(description="Deploy one environment of samconfig.toml.")
    parser.add_argument("environment", nargs="?", default="")
    parser.add_argument("--force", action="store_true", help="deploy even if release alarms are red")
    arguments = parser.parse_args()
    if arguments.environment not in by_name:
        print(f"Name one of the environments in samconfig.toml: make deploy ENV={'|'.join(by_name)}", file=sys.stderr)
        return 2
    sys.path[:0] = [str(ROOT / "layers" / "qr_engine"), str(ROOT)]
    from scripts.deploying.account import Account, Unknown
    from scripts.deploying.deployment import INTERRUPTED, REFUSED, deploy

    environment = by_name[arguments.environment]
    try:
        return deploy(arguments.environment, environment, Account(environment.region), force=arguments.force)
    except KeyboardInterrupt:
        message = (
            "Interrupted. CloudFormation finishes what it has begun. Then deploy again, which also protects the stack."
        )
        print(message, file=sys.stderr)
        return INTERRUPTED
    except Unknown as unknown:
        print(f"AWS returned an error: {unknown}", file=sys.stderr)
        return REFUSED


if __name__ == "__main__":
    sys.exit(main())
