"""The local API of a tree as a process of its own, and the processor time that it takes."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from time import clock_gettime, monotonic, sleep

from .local_redis import free_port

__all__ = ["Served"]

_DEADLINE = 30.0


class Served:
    """A server that has one worker and listens where the variable ``PORT`` says; ends with the ``with`` block.

    Its processor time can only be read on Linux.

    Parameters
    ----------
    program
        The script that serves, such as ``scripts/serve.py``.
    environment
        Variables that it gets besides.
    """

    def __init__(self, program: Path, environment: Mapping[str, str] | None = None) -> None:
        port = free_port()
        variables = {"PATH": os.environ["PATH"], "PORT": str(port), "WORKERS": "1", **(environment or {})}
        command = [sys.executable, str(program)]
        # Granian puts the working directory before all others: from another tree it would import half of that.
        root = program.parents[1]
        self._process = subprocess.Popen(command, env=variables, cwd=root, stdout=subprocess.DEVNULL)
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_DEADLINE)
        self._family: list[int] = []

    def wait(self) -> None:
        """Return once it answers.

        Raises
        ------
        OSError
            It does not within half a minute.
        """
        deadline = monotonic() + _DEADLINE
        while True:
            try:
                self.get("/", {})
            except (OSError, http.client.HTTPException):
                self._connection.close()
                if monotonic() > deadline or self._process.poll() is not None:
                    raise
                sleep(0.02)
            else:
                break
        self._family = _descendants(self._process.pid)

    def get(self, path: str, headers: Mapping[str, str]) -> tuple[int, str]:
        """Return the status and the validator of an answer that was read to its end."""
        status, received, _ = self.read(path, headers)
        return status, received.get("etag", "")

    def read(self, path: str, headers: Mapping[str, str]) -> tuple[int, http.client.HTTPMessage, bytes]:
        """Return the status, the headers and the body of an answer."""
        self._connection.request("GET", path, headers=dict(headers))
        answer = self._connection.getresponse()
        body = answer.read()
        return answer.status, answer.headers, body

    def answer(self, path: str, headers: Mapping[str, str], calls: int) -> float:
        """Seconds of processor time that the server and its workers took for one of so many answers."""
        began = self._seconds()
        for _ in range(calls):
            self.get(path, headers)
        return (self._seconds() - began) / calls

    def _seconds(self) -> float:
        return sum(clock_gettime(_clock(process)) for process in self._family)

    def __enter__(self) -> Served:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()
        self._process.terminate()
        self._process.wait()


def _clock(process: int) -> int:
    """Return the clock of another process, as clock_getcpuclockid(3) makes it on Linux: in nanoseconds, all threads."""
    return (~process << 3) | 2


def _descendants(process: int) -> list[int]:
    """`process`, what it started, and what those started."""
    found = [process]
    for listed in Path(f"/proc/{process}/task").glob("*/children"):
        for child in listed.read_text().split():
            found += _descendants(int(child))
    return found
