"""Redis servers of a benchmark's own, that keep nothing on disk and end with the run."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep

from .harness import Run

__all__ = ["delay_redis", "free_port", "start_redis"]


def start_redis(server: str, run: Run) -> str:
    """Start a new Redis and return its address; `server` is the program."""
    return f"redis://127.0.0.1:{_launch(server, run, free_port())}/0"


def delay_redis(run: Run, address: str, seconds: float) -> str:
    """Return the address of the same Redis behind a network that takes so many seconds for a round trip."""
    behind, port = address.rpartition(":")[2].partition("/")[0], free_port()
    command = [sys.executable, str(Path(__file__).with_name("delayed.py")), str(port), behind, str(seconds)]
    _end_with(run, subprocess.Popen(command))
    _until(lambda: _answers(port))
    return f"redis://127.0.0.1:{port}/0"


def free_port() -> int:
    """Return a TCP port of 127.0.0.1 that nobody has at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _launch(server: str, run: Run, port: int, *options: str) -> int:
    command = [server, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", *options]
    _end_with(run, subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=run.workspace))
    _until(lambda: _answers(port))
    return port


def _end_with(run: Run, process: subprocess.Popen[bytes]) -> None:
    def end() -> None:
        process.terminate()
        process.wait()

    run.closing.callback(end)


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def _until(holds: Callable[[], bool]) -> None:
    deadline = monotonic() + 20
    while not holds():
        if monotonic() > deadline:
            raise TimeoutError("Redis did not come up")
        sleep(0.02)
