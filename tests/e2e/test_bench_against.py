"""``make bench AGAINST=<commit>``: that every line is answered, and that what takes longer is found."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest
from scripts.benchmarks.against.command import compare
from scripts.benchmarks.against.lines import lines
from scripts.benchmarks.harness import Run

ROOT = Path(__file__).parents[2]
LINE = "plain SVG, version 40"

TEMPLATE = """
Resources:
  Layer:
    Type: AWS::Serverless::LayerVersion
    Properties: {{ContentUri: {layer}}}
  Function:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: {function}
      Handler: {module}.lambda_handler
      Events:
        Get: {{Type: HttpApi, Properties: {{Method: get, Path: /api/qr/generate}}}}
"""
HANDLER = """
from {package}.drawing import draw

def lambda_handler(event, context):
    assert context.get_remaining_time_in_millis() > 0
    print("a line of metrics")
    return {{"statusCode": {status}, "headers": {{}}, "body": draw()}}
"""


def test_every_line_is_answered_by_both_trees():
    command = [sys.executable, str(ROOT / "scripts" / "bench.py"), "--against", "HEAD"]
    done = subprocess.run(command, env={**os.environ, "QUICK": "1"}, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "cannot be compared" not in done.stdout
    assert not [line.what for line in lines() if f"\n{line.what} " not in done.stdout]
    # Two turns of each say nothing.
    assert "slower\n" not in done.stdout


def test_a_word_that_is_no_commit_is_an_error():
    command = [sys.executable, str(ROOT / "scripts" / "bench.py"), "--against", "nothing"]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (1, "AGAINST: nothing is no commit of this repository.\n")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """One commit of a service, laid out in its own way."""
    folder = tmp_path / "repository"
    folder.mkdir()
    git(folder, "init", "--quiet")
    write(folder, layer="old/layer", package="engine", function="handlers", module="main", work=20_000)
    git(folder, "add", ".")
    git(folder, "-c", "user.name=A", "-c", "user.email=a@example.com", "commit", "--quiet", "-m", "First")
    git(folder, "rm", "--quiet", "-r", ".")
    return folder


@pytest.mark.parametrize(("work", "status"), [(40_000, 1), (10_000, 0)])
def test_what_takes_longer_is_found_though_everything_has_another_name(
    repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], work: int, status: int
):
    write(repository, layer="layers/new", package="renamed", function="functions/generate", module="app", work=work)
    assert compared(repository, tmp_path) == status
    shown = capsys.readouterr().out
    assert f"Slower: {LINE}." in shown if status else "Nothing is slower." in shown
    assert ("faster\n" in shown) is (status == 0)


def test_a_request_that_this_tree_does_not_answer_fails(
    repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    write(repository, layer="a", package="b", function="c", module="d", work=1, status=500)
    assert compared(repository, tmp_path) == 1
    assert f"Not answered by this tree: {LINE}." in capsys.readouterr().out


def compared(repository: Path, folder: Path) -> int:
    with ExitStack() as closing:
        return compare(Run(False, folder, closing, {}), repository, "HEAD", [LINE])


def write(root: Path, *, layer: str, package: str, function: str, module: str, work: int, status: int = 200) -> None:
    drawing = root / layer / package / "drawing.py"
    drawing.parent.mkdir(parents=True)
    drawing.write_text(f"def draw():\n    return str(sum(range({work})))\n")
    (root / function).mkdir(parents=True)
    (root / function / f"{module}.py").write_text(HANDLER.format(package=package, status=status))
    (root / "template.yaml").write_text(TEMPLATE.format(layer=layer, function=function, module=module))


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", "-C", folder, *arguments], check=True, capture_output=True)
