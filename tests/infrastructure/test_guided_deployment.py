"""``sam deploy --guided`` in a terminal, with keys of nobody: Enter alone leads to the first call to AWS."""

from __future__ import annotations

import os
import pty
import re
import select
import shutil
import subprocess
from pathlib import Path
from time import monotonic

import pytest
from scripts.local_api.routes import parse
from tests.infrastructure.expanded import ROOT
from tests.machine import command

NOBODY = "http://127.0.0.1:9/"
"""Where AWS would answer: the port for what is thrown away, which nobody listens on."""


def enter(folder: Path, *arguments: str) -> str:
    """What `sam deploy` says to somebody who presses Enter at each question."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environment = {
        **kept,
        "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
        "AWS_SECRET_ACCESS_KEY": "nobody",
        "AWS_ENDPOINT_URL": NOBODY,
        "AWS_MAX_ATTEMPTS": "1",
        "SAM_CLI_TELEMETRY": "0",
        "TERM": "dumb",
    }
    terminal, other = pty.openpty()
    arguments = (command("sam", "make test installs it"), "deploy", *arguments)
    process = subprocess.Popen(arguments, cwd=folder, env=environment, stdin=other, stdout=other, stderr=other)
    os.close(other)
    said, answered, questions, until = b"", 0, 0, monotonic() + 120
    try:
        while monotonic() < until and questions < 250:
            if select.select([terminal], [], [], 1)[0]:
                try:
                    part = os.read(terminal, 65_536)
                except OSError:  # Linux ends a terminal that nobody writes to any more with this
                    break
                said += part
                if not part:
                    break
            question = said[answered:].rstrip(b" ")
            # Every question ends with a colon, and nothing else that is said does without a line's end.
            if question.strip() and question.endswith(b":"):
                os.write(terminal, b"\n")
                answered, questions = len(said), questions + 1
    finally:
        process.kill()
        process.wait()
        os.close(terminal)
    return re.sub(r"\x1b\[[0-9;]*m", "", said.decode())


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("guided")
    for name in ("template.yaml", "samconfig.toml"):
        shutil.copy(ROOT / name, folder / name)
    for name in ("functions", "layers"):
        (folder / name).symlink_to(ROOT / name)
    return enter(folder, "--guided", "--template-file", "template.yaml")


def test_enter_alone_leads_to_the_first_call_to_aws(said: str) -> None:
    assert f'Could not connect to the endpoint URL: "{NOBODY}"' in said


def test_each_parameter_is_asked_for_once_and_has_its_default(said: str) -> None:
    asked = re.findall(r"Parameter (\w+) \[(.*)\]:", said)
    defaults = {name: str(each["Default"]) for name, each in parse(ROOT / "template.yaml")["Parameters"].items()}
    # The environment for this computer says it.
    assert asked == list((defaults | {"Architecture": "x86_64"}).items())
