"""Redis servers of a benchmark's own, that keep nothing on disk and end with the run."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from .harness import Run

__all__ = ["cluster_started", "delayed", "free_port", "started"]

_MASTERS = 3
_SLOTS = 16_384


def started(server: str, run: Run) -> str:
    """The address of a new Redis; `server` is the program."""
    return f"redis://127.0.0.1:{_launched(server, run, free_port())}/0"


def delayed(run: Run, address: str, seconds: float) -> str:
    """The address of the same Redis behind a network that takes so many seconds for a round trip."""
    behind, port = address.rpartition(":")[2].partition("/")[0], free_port()
    command = [sys.executable, str(Path(__file__).with_name("delayed.py")), str(port), behind, str(seconds)]
    _ended_with(run, subprocess.Popen(command))
    _until(lambda: _answers(port))
    return f"redis://127.0.0.1:{port}/0"


def cluster_started(server: str, run: Run, redis: Any) -> str:
    """Three new masters without replicas that share the slots, as ``host:port,host:port,host:port``.

    Parameters
    ----------
    redis
        The package of that name.
    """
    ports, buses = ([free_port() for _ in range(_MASTERS)] for _ in range(2))
    nodes = []
    for port, bus in zip(ports, buses, strict=True):
        options = [
            "--cluster-enabled",
            "yes",
            "--cluster-config-file",
            f"nodes-{port}.conf",
            "--cluster-port",
            str(bus),
        ]
        nodes.append(redis.Redis(port=_launched(server, run, port, *options)))
    for number, node in enumerate(nodes):
        first, end = _SLOTS * number // _MASTERS, _SLOTS * (number + 1) // _MASTERS
        node.execute_command("CLUSTER", "ADDSLOTSRANGE", first, end - 1)
        nodes[0].execute_command("CLUSTER", "MEET", "127.0.0.1", ports[number], buses[number])
    _until(lambda: all(_complete(node.execute_command("CLUSTER", "SLOTS")) for node in nodes))
    _until(lambda: all(b"cluster_state:ok" in _text(node.execute_command("CLUSTER", "INFO")) for node in nodes))
    for node in nodes:
        node.close()
    return ",".join(f"127.0.0.1:{port}" for port in ports)


def _complete(ranges: Any) -> bool:
    return len(ranges) == _MASTERS


def _text(answer: Any) -> bytes:
    return answer if isinstance(answer, bytes) else str(answer).replace("': '", ":").encode()


def free_port() -> int:
    """A TCP port of 127.0.0.1 that nobody has at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _launched(server: str, run: Run, port: int, *options: str) -> int:
    command = [server, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", *options]
    _ended_with(run, subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=run.workspace))
    _until(lambda: _answers(port))
    return port


def _ended_with(run: Run, process: subprocess.Popen[bytes]) -> None:
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
