"""AWS's runtime interface emulator, which the SAM CLI brings along, with a function inside; no container around it."""

from __future__ import annotations

import http.client
import os
import platform
import socket
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from time import monotonic, sleep

__all__ = ["Emulated", "emulator", "start_emulator"]

_PATH = "/2015-03-31/functions/function/invocations"


def emulator() -> Path | None:
    """Return the program, or None where the SAM CLI is not installed for this kind of machine."""
    spec = find_spec("samcli")
    if spec is None or not spec.submodule_search_locations:
        return None
    machine = "arm64" if platform.machine() in ("arm64", "aarch64") else "x86_64"
    program = Path(spec.submodule_search_locations[0]) / "local" / "rapid" / f"aws-lambda-rie-{machine}"
    return program if program.exists() and platform.system() == "Linux" else None


class Emulated:
    """A function that can be invoked; its process starts at the first invocation."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def invoke(self, event: str) -> bytes:
        """Return what the function answers to `event`, both JSON."""
        self._connection.request("POST", _PATH, event)
        return self._connection.getresponse().read()

    def close(self) -> None:
        """Give the connection back."""
        self._connection.close()


@contextmanager
def start_emulator(
    program: Path, python: str, module: str, folders: Sequence[Path], log: Path | None = None
) -> Iterator[Emulated]:
    """Start the emulator around the function in `module`, which is in one of `folders`.

    Parameters
    ----------
    log
        Where to keep what the function prints; nowhere if None.
    """
    port, inner = _free_port(), _free_port()
    listening = ["--runtime-interface-emulator-address", f"127.0.0.1:{port}"]
    listening += ["--runtime-api-address", f"127.0.0.1:{inner}"]
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join(map(str, folders)),
        "PYTHONDONTWRITEBYTECODE": "1",
        "LAMBDA_TASK_ROOT": str(folders[0]),
        "POWERTOOLS_METRICS_NAMESPACE": "QREngine",
        "POWERTOOLS_SERVICE_NAME": "qr-engine",
        "AWS_LAMBDA_FUNCTION_TIMEOUT": "60",
    }
    command = [str(program), *listening, python, "-S", "-m", "awslambdaric", f"{module}.lambda_handler"]
    with (log or Path(os.devnull)).open("wb") as printed:
        process = subprocess.Popen(command, env=environment, stdout=printed, stderr=subprocess.STDOUT)
    try:
        _wait_for(port)
        function = Emulated(port)
        try:
            yield function
        finally:
            function.close()
    finally:
        process.terminate()
        process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(port: int) -> None:
    deadline = monotonic() + 10
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if monotonic() > deadline:
                raise
            sleep(0.005)
        else:
            return
