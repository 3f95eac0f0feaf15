"""A Redis of a benchmark's own, that keeps nothing on disk and ends with the run."""

from __future__ import annotations

import socket
import subprocess

from .harness import Run

__all__ = ["started"]


def started(server: str, run: Run) -> str:
    """The address of a new Redis, which may still be starting; `server` is the program."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [server, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=run.workspace)

    def end() -> None:
        process.terminate()
        process.wait()

    run.closing.callback(end)
    return f"redis://127.0.0.1:{port}/0"
