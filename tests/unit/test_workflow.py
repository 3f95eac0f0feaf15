"""The workflow for GitHub installs what `.ci/run` does, and runs what there is."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.documents import ROOT
from tests.machine import LAMBDA_IMAGE

CI = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TEXT = (ROOT / ".github" / "workflows" / "tests.yml").read_text(encoding="utf-8")
JOBS: dict[str, Any] = yaml.safe_load(TEXT)["jobs"]
COMMANDS = [step["run"] for job in JOBS.values() for step in job["steps"] if "run" in step]


def test_the_tests_find_the_debian_packages_that_ci_installs():
    wanted = set(re.findall(r"[\w+-]+:([\w+-]+)", CI.split("packages=()")[1].split("; do")[0]))
    wanted |= set(re.findall(r"packages\+=\(([\w-]+)\)", CI))
    (command,) = [step["run"] for step in JOBS["tests"]["steps"] if "apt-get install" in step.get("run", "")]
    named = set(command.split("--no-install-recommends")[1].split())
    assert {"redis-server", "libzbar0", "fonts-inter"} < wanted
    assert named == wanted


def test_the_tests_run_on_the_oldest_python_and_on_that_of_lambda():
    assert {each["python"] for each in JOBS["tests"]["strategy"]["matrix"]["include"]} == {"3.11", "3.13"}


def test_every_target_and_every_test_that_is_named_exists():
    targets = {target for command in COMMANDS for target in re.findall(r"\bmake (\w+)(?: |$)", command)}
    assert {"check", "policy", "test"} <= targets <= set(re.findall(r"^(\w+):", MAKEFILE, re.MULTILINE))
    paths = re.findall(r"tests/[\w./]+", "\n".join(COMMANDS)) + re.findall(r"tests/\w+", TEXT)
    assert all((ROOT / path).exists() for path in paths)


def test_the_tests_in_lambdas_image_are_those_that_the_others_leave_out():
    left_out = re.findall(r"--ignore-glob=\*/(\S+)", TEXT)
    (command,) = [step["run"] for step in JOBS["sam-local"]["steps"] if "make test" in step.get("run", "")]
    named = set(re.findall(r"tests/e2e/\S+\.py", command))
    assert named == {str(path.relative_to(ROOT)) for glob in left_out for path in (ROOT / "tests").rglob(f"{glob}.py")}
    assert f"docker pull {LAMBDA_IMAGE}" in COMMANDS


@pytest.mark.parametrize("target", ["deploy", "delete", "doctor", "prune", "smoke", "package"])
def test_what_a_target_has_to_be_told_is_asked_for_before_anything_is_installed(target: str, tmp_path: Path):
    arguments = ["make", "--no-print-directory", f"VENV={tmp_path / 'none'}", target]
    environment = {name: value for name, value in os.environ.items() if name not in {"ENV", "URL", "BUCKET"}}
    done = subprocess.run(arguments, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"make {target} " in done.stderr
    assert not (tmp_path / "none").exists()


def test_nothing_is_taken_from_beside_the_repository():
    assert "../" not in TEXT
