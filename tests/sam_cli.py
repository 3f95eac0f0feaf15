"""The real SAM CLI: what `sam build` makes, and how the tests call it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from tests.machine import command, python313

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["ROOT", "build", "sam", "shell"]

ROOT = Path(__file__).resolve().parents[1]


def sam() -> str:
    """Find the SAM CLI, or end the test."""
    return command("sam", "make test installs it")


def shell() -> Mapping[str, str]:
    """The environment for `sam`: nothing of this machine's AWS account, nothing sent to anybody."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "REDIS_", "MEMORY_"))}
    return {
        **kept,
        "PYTHON": python313(),
        "SAM_CLI_TELEMETRY": "0",
        "AWS_DEFAULT_REGION": "eu-central-1",
        # With credentials, even false ones, `sam local` would ask AWS whose they are, and wait for the answer.
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
    }


def build(folder: Path, architecture: str, *only: str) -> Path:
    """Run `sam build` into `folder`, for everything or for the resource that `only` names."""
    folder.mkdir(parents=True, exist_ok=True)
    arguments = [sam(), "build", *only, "--build-dir", str(folder), "--cache-dir", str(folder.parent / "cache")]
    arguments += ["--template-file", str(ROOT / "template.yaml"), "--config-file", str(ROOT / "samconfig.toml")]
    arguments += ["--parameter-overrides", f"Architecture={architecture}"]
    done = subprocess.run(arguments, cwd=ROOT, env=shell(), capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    return folder
