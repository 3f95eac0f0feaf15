"""Deploy one environment of samconfig.toml: ``make deploy ENV=dev``.

To what the environment says, this adds ``ReleaseHash``: SHA-256 over the functions, the layer, the template and the
parameters. Lambda publishes a version, and moves traffic to it, where that hash is another; left to itself, SAM would
look at the functions' own code only, and a change in a parameter would never be served.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import NamedTuple

__all__ = ["Environment", "environments", "overrides", "release_hash"]

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ("functions", "layers")


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
    """What a release consists of, as 64 hex digits: the same wherever and whenever it is computed."""
    files = [root / "template.yaml"]
    for folder in SOURCES:
        found = (path for path in (root / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts)
        files += sorted(found, key=lambda path: path.relative_to(root).as_posix())
    digest = hashlib.sha256()
    for path in files:
        content = path.read_bytes()
        digest.update(f"{path.relative_to(root).as_posix()}\0{len(content)}\0".encode() + content)
    for name, value in sorted(parameters.items()):
        digest.update(f"{name}={value}\0".encode())
    return digest.hexdigest()


def overrides(environment: Environment, root: Path = ROOT) -> list[str]:
    """The parameters of a deployment, as ``sam deploy --parameter-overrides`` takes them."""
    given = environment.parameters | {"ReleaseHash": release_hash(environment.parameters, root)}
    return [f'{name}="{value}"' for name, value in given.items()]


def main() -> int:
    """Build and deploy the environment that the command line names, and protect the stack where that is wanted."""
    known = environments()
    name = sys.argv[1] if len(sys.argv) == 2 else ""
    if name not in known:
        print(f"Name one of the environments in samconfig.toml: make deploy ENV={'|'.join(known)}", file=sys.stderr)
        return 2
    environment = known[name]
    for command in (
        ["sam", "build", "--config-env", name],
        ["sam", "deploy", "--config-env", name, "--parameter-overrides", *overrides(environment)],
    ):
        done = subprocess.run(command, cwd=ROOT, check=False)
        if done.returncode:
            return done.returncode
    _protect(environment)
    return 0


def _protect(environment: Environment) -> None:
    """CloudFormation keeps this beside the template, so that nothing in the template can say it."""
    import boto3

    client = boto3.client("cloudformation", region_name=environment.region)
    client.update_termination_protection(StackName=environment.stack, EnableTerminationProtection=environment.protected)


if __name__ == "__main__":
    sys.exit(main())
