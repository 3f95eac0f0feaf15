"""Serve the whole API on this computer, without AWS, Docker or Redis: ``make run``.

Each worker process stands for one Lambda execution environment: it answers one request at a time and has a memory
tier of its own. ``PORT`` (3000), ``WORKERS`` (1) and the variables of the engine apply; with ``REDIS_WARM_CACHE=true``
the cache is warmed before the API answers.
"""

from __future__ import annotations

import http.client
import multiprocessing
import os
import socket
import sys
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HOST = "127.0.0.1"

# As on Lambda, where the layer is at /opt/python; the worker processes inherit it.
sys.path[:0] = [str(ROOT / "layers" / "qr_engine"), str(ROOT)]


def _read_setting(name: str, default: int, highest: int) -> int:
    value = os.environ.get(name) or str(default)
    if not (value.isascii() and value.isdigit() and 1 <= int(value) <= highest):
        sys.exit(f"{name} must be a whole number from 1 to {highest}, not {value!r}.")
    return int(value)


def _require_free(port: int) -> None:
    # Granian would share a busy port with whoever has it (SO_REUSEPORT), and each would get some of the requests.
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            sys.exit(f"Port {port} cannot be used ({error.strerror}): try PORT={port + 1} make run.")


def _announce(port: int, stopped: threading.Event) -> None:
    """Print where the API is as soon as it answers."""
    from scripts.local_api.index import EXAMPLE

    while not stopped.wait(0.02):
        connection = http.client.HTTPConnection(HOST, port, timeout=5)
        try:
            connection.request("GET", "/")
            connection.getresponse().read()
        except OSError:
            continue
        finally:
            connection.close()
        address = f"http://{HOST}:{port}"
        print(f"QR Engine answers at {address}\n\n  curl -s '{address}{EXAMPLE}' -o qr.svg\n", flush=True)
        return


def main() -> None:
    """Start the server and stay until it is interrupted."""
    port, workers = _read_setting("PORT", 3000, 65_535), _read_setting("WORKERS", 1, 64)
    _require_free(port)

    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from scripts.local_api.routes import environment, parse

    from qr_engine.config import settings
    from qr_engine.errors import ConfigurationError

    for name, value in environment(parse(ROOT / "template.yaml")).items():
        os.environ.setdefault(name, value)
    os.environ.setdefault("POWERTOOLS_METRICS_DISABLED", "true")
    try:
        settings()
    except ConfigurationError as error:
        sys.exit(str(error))

    # A forked worker would inherit a process that already has threads.
    multiprocessing.set_start_method("spawn")
    server = Granian(
        "scripts.local_api.application:application",
        factory=True,
        interface=Interfaces.WSGI,
        address=HOST,
        port=port,
        workers=workers,
        blocking_threads=1,
        # A worker that is interrupted while it starts may miss the signal.
        workers_kill_timeout=2,
        log_level=LogLevels.error,
    )
    stopped = threading.Event()
    server.on_startup(threading.Thread(target=_announce, args=(port, stopped), daemon=True).start)
    server.on_shutdown(stopped.set)
    server.serve()


if __name__ == "__main__":
    main()
