"""Packages of npm, installed for the run and timed inside a process of theirs, turn and turn about with the rest."""

from __future__ import annotations

import json
import shutil
import subprocess
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from .harness import Contender, Run
from .results import LeftOut

__all__ = ["NPM", "NPM_STYLED", "NodePeer", "node_peer"]

_HOW_TO_GET_IT = "needs node and npm, and a registry that npm can reach"

_INSTALL_SECONDS = 60

NPM = "npm qrcode"
NPM_STYLED = "npm qr-code-styling"
_PACKAGES = {NPM: "qrcode", NPM_STYLED: "qr-code-styling", "jsdom": "jsdom"}


class NodePeer:
    """A Node process that waits for work; an idle one takes no processor time from the others."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def version_of(self, text: str, level: str) -> int:
        """Return the version of the symbol that it makes."""
        return int(self._asked("symbol", text, level, calls=1)["version"])

    def contender(self, make: Literal["symbol", "svg"], text: str, level: str) -> Contender:
        """One that makes the symbol, or the finished SVG, of `text`."""
        return Contender(NPM, lambda calls: float(self._asked(make, text, level, calls)["nanoseconds"]) / 1e9)

    def styled(self, text: str, level: str, *, size: int, margin: int) -> Contender:
        """One that draws a styled SVG: rounded modules and eyes, a linear gradient; lengths in pixels."""

        def batch(calls: int) -> float:
            return float(self._asked("styled", text, level, calls, size=size, margin=margin)["nanoseconds"]) / 1e9

        return Contender(NPM_STYLED, batch)

    def _asked(self, make: str, text: str, level: str, calls: int, **options: int) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        job = {"make": make, "text": text, "level": level, "calls": calls, **options}
        self._process.stdin.write(json.dumps(job) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer

    def close(self) -> None:
        """End the process."""
        self._process.terminate()
        self._process.communicate()


@lru_cache(maxsize=1)
def node_peer(run: Run) -> NodePeer | LeftOut:
    """Return the one process of this run, started when first asked for, or the reason why there is none."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return LeftOut(NPM, _HOW_TO_GET_IT)
    home = run.workspace / "npm"
    home.mkdir()
    command = [
        npm,
        "install",
        "--prefix",
        str(home),
        "--no-audit",
        "--no-fund",
        "--ignore-scripts",
        "--fetch-retries=0",
        *_PACKAGES.values(),
    ]
    try:
        subprocess.run(command, capture_output=True, check=True, timeout=_INSTALL_SECONDS)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        return LeftOut(NPM, _HOW_TO_GET_IT)
    # Node looks for packages beside the script, not where it was started.
    script = shutil.copy(Path(__file__).with_suffix(".js"), home)
    process = subprocess.Popen([node, script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    peer = NodePeer(process)
    run.closing.callback(peer.close)
    for name, package in _PACKAGES.items():
        run.versions[name] = json.loads((home / "node_modules" / package / "package.json").read_text())["version"]
    runtime = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout
    run.versions["Node"] = runtime.strip().removeprefix("v")
    return peer
