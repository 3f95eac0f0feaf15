"""A worker process of one tree, as the other side sees it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from ..handler import Event
from .tree import Tree

__all__ = ["Prepared", "Worker"]

_SCRIPT = Path(__file__).with_name("worker.py")


class Prepared(msgspec.Struct, frozen=True):
    """What a tree answered before anything was measured.

    Attributes
    ----------
    seconds
        Processor time of the first answer of the process.
    source
        ``X-Cache``; empty for an answer without it.
    problem
        How an error begins.
    """

    seconds: float
    status: int
    source: str
    problem: str


class Worker:
    """A process that has imported the function of `route` and answers events; ends with the ``with`` block.

    Attributes
    ----------
    imported
        Processor time of the import, in seconds.
    """

    def __init__(self, tree: Tree, route: str, environment: Mapping[str, str]) -> None:
        command = [sys.executable, "-I", str(_SCRIPT), str(tree.layer), str(tree.functions[route])]
        self._process = subprocess.Popen(
            command, env=_environment(environment), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.imported = float(self._read()["seconds"])

    def prepare(self, events: list[Event], *, prime: int, revalidates: bool) -> Prepared:
        """Hand over what is to be answered from now on; of that, the first event and the first `prime` at once."""
        job = {"events": events, "prime": prime, "revalidates": revalidates}
        return msgspec.convert(self._asked(job), Prepared)

    def answer(self, calls: int) -> float:
        """Seconds of processor time that one of so many answers took."""
        return float(self._asked({"calls": calls})["seconds"])

    def _asked(self, job: dict[str, Any]) -> dict[str, Any]:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(job) + "\n")
        self._process.stdin.flush()
        return self._read()

    def _read(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise ChildProcessError(f"a worker ended with {self._process.wait()}")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()


def _environment(more: Mapping[str, str]) -> dict[str, str]:
    """As the template has it, and nothing of what this process was started with but where programs are."""
    fixed = {"POWERTOOLS_SERVICE_NAME": "qr-engine", "POWERTOOLS_METRICS_NAMESPACE": "QREngine"}
    return {"PATH": os.environ["PATH"], **fixed, **more}
